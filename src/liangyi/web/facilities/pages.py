"""What the equipment screens show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from liangyi.domains.catalogue import queries as catalogue
from liangyi.domains.facilities import queries
from liangyi.domains.facilities.models import Equipment
from liangyi.domains.facilities.rules import is_calibrated
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.controls.queries import parameter
from liangyi.web.organisation.fields import today_at
from liangyi.web.organisation.pages import State
from liangyi.web.shell.paging import page_of

STATES = [("", _("在用")), ("retired", _("已停用"))]
WARNING_DAYS = ("facilities.calibration_due", "days_before")


@dataclass(frozen=True)
class EquipmentRow:
    """A piece and how its calibration stands."""

    piece: Equipment
    state: State


def state_of(piece: Equipment, today: date, soon: int) -> State:
    """Out of use, never calibrated, overdue, soon due, good."""
    if not piece.is_active:
        return State(_("已停用"), "quiet")
    needed, due = piece.model.calibration_months is not None, piece.calibration_due
    if not is_calibrated(needs_calibration=needed, calibration_due=due, on=today):
        return State(_("校准已过期") if due else _("未校准"), "danger")
    if due is None:
        return State(_("不须校准"), "quiet")
    if (due - today).days <= soon:
        return State(_("%(days)d 天后校准") % {"days": (due - today).days}, "waiting")
    return State(_("校准有效"), "good")


def equipment_list(actor: Actor, site: Site, asked: QueryDict, at: datetime) -> dict[str, Any]:
    """A page of the active site's pieces of one state and name, and the models they can be of."""
    today, text = today_at(site, at), asked.get("q", "")[:60].replace("\x00", "")
    soon = _warning_days(site, today)
    retired = asked.get("state") == "retired"
    pieces = queries.equipment_for_site(actor, site.id, text=text, retired=retired)
    found = page_of(pieces, ("due", "name"), asked.get("after", ""))
    return {
        "rows": [EquipmentRow(piece, state_of(piece, today, soon)) for piece in found.rows],
        "next": found.next,
        "states": STATES,
        "q": text,
        "is_narrowed": bool(text) or retired,
        "models": catalogue.device_models(),
    }


def equipment_context(piece: Equipment, at: datetime) -> dict[str, Any]:
    """One piece with its calibrations."""
    today = today_at(piece.site, at)
    state = state_of(piece, today, _warning_days(piece.site, today))
    return {"piece": piece, "state": state, "calibrations": queries.calibrations_of(piece)}


def _warning_days(site: Site, day: date) -> int:
    return int(parameter(*WARNING_DAYS, site.id, day))
