"""What the equipment screens show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

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


def equipment_list(actor: Actor, site: Site, at: datetime) -> dict[str, Any]:
    """The pieces of the active site, and the models they can be of."""
    today = today_at(site, at)
    soon = _warning_days(site, today)
    pieces = queries.equipment_for_site(actor, site.id)
    rows = [EquipmentRow(piece, state_of(piece, today, soon)) for piece in pieces]
    return {"rows": rows, "models": catalogue.device_models()}


def equipment_context(piece: Equipment, at: datetime) -> dict[str, Any]:
    """One piece with its calibrations."""
    today = today_at(piece.site, at)
    state = state_of(piece, today, _warning_days(piece.site, today))
    return {"piece": piece, "state": state, "calibrations": queries.calibrations_of(piece)}


def _warning_days(site: Site, day: date) -> int:
    return int(parameter(*WARNING_DAYS, site.id, day))
