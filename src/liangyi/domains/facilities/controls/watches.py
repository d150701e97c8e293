"""What is watched about equipment: calibration that is overdue or soon will be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liangyi.domains.facilities.models import Equipment
from liangyi.domains.facilities.subjects import EQUIPMENT
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.controls.catalogue import Control, Finding, Kind, register, watch
from liangyi.platform.controls.warning import running_out, warning_days

MOST_DAYS = 365

CALIBRATION_DUE = register(
    Control(
        code="facilities.calibration_due",
        kind=Kind.WATCH,
        title=_("设备校准到期"),
        description=_("须校准的设备从未校准、已经过期，或在规定天数内到期。"),
        source=_("《医疗器械监督管理条例》第五十条，强制检定要求"),
        parameters=(warning_days(30, MOST_DAYS),),
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
    pieces = Equipment.objects.filter(soon | never, is_active=True).order_by("calibration_due", "id")
    for piece, site, left in running_out(
        CALIBRATION_DUE,
        pieces,
        today=today,
        site_of=lambda piece: piece.site_id,
        end_of=lambda piece: piece.calibration_due,
    ):
        yield Finding(EQUIPMENT, piece.id, site, _facts(piece, left))


def _facts(piece: Equipment, left: int | None) -> dict[str, object]:
    due = piece.calibration_due.isoformat() if piece.calibration_due else None
    return {"serial": piece.serial, "calibration_due": due, "days_left": left}
