"""What the catalogue of controls and the page of one control show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance.queries.evidence import clauses_behind
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.clock import local_day
from liangyi.platform.controls import catalogue, queries
from liangyi.platform.controls.catalogue import Control, Kind
from liangyi.platform.controls.evidence.queries import items, tallies
from liangyi.platform.controls.evidence.rules import Health, Tally, health
from liangyi.platform.controls.proofs import is_register
from liangyi.web.controls.figures import (
    HEALTHS,
    WAYS,
    Figure,
    HealthShown,
    Way,
    figures_of,
    health_shown,
    way_of,
)
from liangyi.web.controls.pages import role_name
from liangyi.web.controls.records import lines_of

USUAL_DAYS = 30
PERIODS = [("", _("近 30 天")), ("7", _("近 7 天")), ("90", _("近 90 天"))]
PLANNED = "planned"
RECORDS = 20
_ORDER = (Health.IN_BREACH, Health.UNPROVEN, Health.CARRIED_OUT, Health.NOTHING)


@dataclass(frozen=True)
class ControlRow:
    """A control with its health and figures."""

    control: Control
    way: Way
    is_watched: bool
    health: HealthShown
    figures: Sequence[Figure]
    tally: Tally


@dataclass(frozen=True)
class Asked:
    """What the address of the catalogue asks for: days, kind, state."""

    days: int
    kind: str
    state: str


def asked_of(parameters: Any) -> Asked:
    """The filters of the catalogue; what cannot be is left out."""
    days, kind, state = (parameters.get(name, "") for name in ("days", "kind", "state"))
    return Asked(
        int(days) if days in ("7", "90") else USUAL_DAYS,
        kind if kind in WAYS else "",
        state if state in HEALTHS or state == PLANNED else "",
    )


def catalogue_context(site: Site, at: datetime, asked: Asked) -> dict[str, Any]:
    """Every control, the worst first; planned ones last. Two statements, four with measures.

    The page has asked whether the reader may look at the site's controls.
    """
    known = list(catalogue.controls().values())
    found = tallies([one.code for one in known], site.id, *_span(site, at, asked.days), at=at)
    rows = [_row(one, found[one.code]) for one in known]
    of_kind = [row for row in rows if asked.kind in ("", str(row.control.kind))]
    of_state = [row for row in rows if asked.state in ("", _state(row))]
    kinds, states = Counter(str(row.control.kind) for row in of_state), Counter(map(_state, of_kind))
    return {
        "rows": sorted((row for row in of_kind if asked.state in ("", _state(row))), key=_place),
        "days": asked.days,
        "periods": PERIODS,
        "kinds": [(str(kind), WAYS[kind], kinds[str(kind)]) for kind in Kind],
        "states": [
            *((str(code), HEALTHS[code][0], states[str(code)]) for code in _ORDER[:3]),
            (PLANNED, _("计划中"), states[PLANNED]),
        ],
    }


def control_context(actor: Actor, site: Site, control: Control, at: datetime) -> dict[str, Any]:
    """One control: values in force, decisions it is asked at, roles, clauses it serves, its records."""
    values = queries.settings_for([control], site.id, at)[control.code]
    span = _span(site, at, USUAL_DAYS)
    found = tallies([control.code], site.id, *span, at=at)[control.code]
    return {
        "control": control,
        "row": _row(control, found),
        "parameters": [(parameter, values[parameter.name]) for parameter in control.parameters],
        "decisions": [catalogue.decision_title(name) for name in catalogue.decisions_of(control.code)],
        "overridable_by": [role_name(code) for code in control.overridable_by],
        "owner": role_name(control.owner_role),
        "days": USUAL_DAYS,
        "is_register": is_register(control.code),
        "clauses": clauses_behind([control.code])[control.code],
        "records": lines_of(items(actor, control.code, site.id, *span, limit=RECORDS, at=at)),
    }


def _span(site: Site, at: datetime, days: int) -> tuple[date, date]:
    today = local_day(at, site.time_zone)
    return today - timedelta(days=days - 1), today


def _row(control: Control, tally: Tally) -> ControlRow:
    return ControlRow(
        control,
        way_of(control.code),
        control.code in catalogue.watches(),
        health_shown(health(control, tally)),
        figures_of(control, tally),
        tally,
    )


def _state(row: ControlRow) -> str:
    return PLANNED if row.control.planned else row.health.code


def _place(row: ControlRow) -> tuple[int, int, int, str]:
    health = Health(row.health.code)
    refused = row.tally.figures.get("refused", 0)
    return _ORDER.index(health), -row.tally.failures, -refused, row.control.code
