"""What is watched about equipment: calibration that is overdue or soon will be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liangyi.domains.facilities.models import Equipment
from liangyi.domains.facilities.subjects import EQUIPMENT
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.controls.catalogue import Control, Finding, Kind, Parameter, register, watch
from liangyi.platform.controls.queries import parameter

MOST_DAYS = 365

CALIBRATION_DUE = register(
    Control(
        code="facilities.calibration_due",
        kind=Kind.WATCH,
        title=_("设备校准到期"),
        description=_("须校准的设备从未校准、已经过期，或在规定天数内到期。"),
        source=_("《医疗器械监督管理条例》第五十条，强制检定要求"),
        parameters=(
            Parameter(
                name="days_before",
                kind="integer",
                default=30,
                unit=_("天"),
                title=_("提前提醒天数"),
                source=_("行业惯例，可由制度调整"),
                stricter="higher",
                lowest=1,
                highest=MOST_DAYS,
            ),
        ),
        owner_role="director",
        words="校准到期 检定周期 规定的周期 定期校准 计量到期 逾期未检 校验 定期检定 送检 "
        "年检 计量检测 按周期",
    )
)


@watch(CALIBRATION_DUE)
def calibrations_due(at: datetime) -> Iterator[Finding]:
    """Pieces in use that are due within `days_before` days, overdue, or in need of a first calibration."""
    today = local_day(at, HOME_ZONE)
    soon = Q(calibration_due__lte=today + timedelta(days=MOST_DAYS))
    never = Q(calibration_due=None, model__calibration_months__isnull=False)
    days: dict[UUID, int] = {}
    for piece in Equipment.objects.filter(soon | never, is_active=True).order_by("calibration_due", "id"):
        if piece.site_id not in days:
            days[piece.site_id] = int(parameter(CALIBRATION_DUE.code, "days_before", piece.site_id, today))
        left = (piece.calibration_due - today).days if piece.calibration_due else None
        if left is None or left <= days[piece.site_id]:
            yield Finding(EQUIPMENT, piece.id, piece.site_id, _facts(piece, left))


def _facts(piece: Equipment, left: int | None) -> dict[str, object]:
    due = piece.calibration_due.isoformat() if piece.calibration_due else None
    return {"serial": piece.serial, "calibration_due": due, "days_left": left}
