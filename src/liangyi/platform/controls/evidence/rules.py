"""What tallies mean. No database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from liangyi.platform.controls.catalogue import Control, Kind

FLOWS = ("passed", "refused", "overridden", "opened", "closed", "runs", "done", "late", "missed", "kept")
FIGURES = (*FLOWS, "failing", "standing")
# Which figures of a kind show that it was carried out. What a measure counted is its denominator.
PROVING = {
    Kind.GATE: ("passed", "refused", "overridden"),
    Kind.WATCH: ("runs",),
    Kind.DUTY: ("done", "late", "missed", "kept"),
    Kind.MEASURE: ("denominator",),
    Kind.CHECK: ("kept", "failing"),
    Kind.RECORD: ("kept", "failing"),
}


class Health(StrEnum):
    """How a control, or a clause, fares in a period; `NOTHING`: there is nothing yet that carries it out."""

    CARRIED_OUT = "carried_out"
    IN_BREACH = "in_breach"
    UNPROVEN = "unproven"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Tally:
    """What one control did in a period.

    `proofs` counts what shows that it was carried out, `failures` what stands against it when the period
    ends (open breaches, overdue work, an aim that is missed) and records that fail. `figures` has each
    count by name. `last_day` is the last day with a proof. Only a measure has `value` and `target`.
    """

    proofs: int = 0
    failures: int = 0
    figures: Mapping[str, int] = field(default_factory=dict)
    last_day: date | None = None
    value: float | None = None
    target: Decimal | None = None


def tally_of(
    control: Control,
    figures: Mapping[str, int],
    last_day: date | None = None,
    *,
    target: Decimal | None = None,
    is_met: bool | None = None,
    value: float | None = None,
) -> Tally:
    """The tally of a control from its figures; for a measure also whether it met its aim."""
    proofs = sum(figures.get(name, 0) for name in PROVING[Kind(control.kind)])
    failures = figures.get("standing", 0) + figures.get("failing", 0) + (is_met is False)
    return Tally(proofs, failures, figures, last_day, value, target)


def health(control: Control | None, tally: Tally) -> Health:
    """How a control fares. A planned one and an unknown code are nothing, whatever was counted.

    What stands against it weighs more than what speaks for it; without either it is unproven. A gate that
    refuses does its work, and so does one that was set aside in the open: neither is a breach.
    """
    if control is None or control.planned:
        return Health.NOTHING
    if tally.failures:
        return Health.IN_BREACH
    return Health.CARRIED_OUT if tally.proofs else Health.UNPROVEN


def worst(of: Iterable[Health]) -> Health:
    """The health of a clause from that of its confirmed controls.

    In breach if any is; unproven if any is that; carried out only if all that are built are. Planned ones
    neither help nor spoil; where nothing is built there is nothing.
    """
    found = set(of)
    for one in (Health.IN_BREACH, Health.UNPROVEN, Health.CARRIED_OUT):
        if one in found:
            return one
    return Health.NOTHING


def month_end(day: date) -> date:
    """The last day of a day's month."""
    following = day.replace(day=28) + timedelta(days=4)
    return following - timedelta(days=following.day)
