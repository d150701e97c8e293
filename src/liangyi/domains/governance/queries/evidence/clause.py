"""One clause, or a few: each confirmed control with its health, and what follows for the clause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from liangyi.domains.governance.enums import MatchState
from liangyi.domains.governance.models import Match, RegulationLink
from liangyi.domains.governance.queries.evidence.shapes import (
    NONE_FITS,
    UNREVIEWED,
    require_evidence,
    why_nothing,
)
from liangyi.platform.actors import Actor
from liangyi.platform.controls.catalogue import Control, controls
from liangyi.platform.controls.evidence.queries import tallies
from liangyi.platform.controls.evidence.rules import Health, Tally, health, worst


@dataclass(frozen=True)
class ControlHealth:
    """A confirmed control of a clause; `control` is None once its code has left the catalogue."""

    code: str
    control: Control | None
    health: Health
    tally: Tally


@dataclass(frozen=True)
class ClauseHealth:
    """How a clause fares, and its controls, the worst first."""

    health: Health
    controls: Sequence[ControlHealth]
    why_nothing: str


_ORDER = (Health.IN_BREACH, Health.UNPROVEN, Health.CARRIED_OUT, Health.NOTHING)


def clause_health(
    actor: Actor, identities: Collection[UUID], site: UUID, first_day: date, last_day: date, *, at: datetime
) -> dict[UUID, ClauseHealth]:
    """The health of clauses, by identity, at a site in a period. Three statements, five with measures."""
    require_evidence(actor, site)
    codes: dict[UUID, list[str]] = defaultdict(list)
    said = Match.objects.filter(identity__in=identities, state=MatchState.CONFIRMED).order_by("control")
    for identity, control in said.values_list("identity", "control"):
        codes[identity].append(control)
    wanted = {code for found in codes.values() for code in found if code}
    counted = tallies(wanted, site, first_day, last_day, at=at)
    found = {code: _control(code, counted[code]) for code in wanted}
    return {identity: _clause(codes.get(identity, []), found) for identity in identities}


def laws_behind(identity: UUID) -> list[RegulationLink]:
    """The articles of law that a clause carries into the house. One statement."""
    rows = RegulationLink.objects.filter(identity=identity).select_related("regulation")
    return list(rows.order_by("regulation__title", "article"))


def _control(code: str, tally: Tally) -> ControlHealth:
    control = controls().get(code)
    return ControlHealth(code, control, health(control, tally), tally)


def _clause(codes: Sequence[str], found: dict[str, ControlHealth]) -> ClauseHealth:
    named = [found[code] for code in codes if code]
    key = " ".join(one.code for one in named) or (NONE_FITS if codes else UNREVIEWED)
    return ClauseHealth(
        worst(one.health for one in named),
        sorted(named, key=lambda one: (_ORDER.index(one.health), one.code)),
        why_nothing(key),
    )
