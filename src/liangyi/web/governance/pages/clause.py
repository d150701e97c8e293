"""What the page of one clause shows: its words, what carries it out, and the records behind that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liangyi.domains.governance import queries
from liangyi.domains.governance.enums import MatchState, ReviewState, VersionState
from liangyi.domains.governance.models import Clause, Match
from liangyi.domains.governance.permissions import MATCH
from liangyi.domains.governance.queries.evidence import (
    ClauseHealth,
    ControlHealth,
    clause_health,
    laws_behind,
)
from liangyi.platform.controls import catalogue
from liangyi.platform.controls.catalogue import Control
from liangyi.platform.controls.evidence.records import LIMIT, items
from liangyi.platform.controls.evidence.rules import Tally
from liangyi.platform.controls.permissions import VIEW as VIEW_CONTROLS
from liangyi.platform.controls.proofs import is_register
from liangyi.platform.controls.queries import settings_for
from liangyi.web.controls.figures import Figure, HealthShown, Way, figures_of, health_shown, way_of
from liangyi.web.controls.records import lines_of
from liangyi.web.governance.pages import reading
from liangyi.web.governance.pages.kinds import kind_choices, kind_words
from liangyi.web.governance.pages.periods import Choice, Period, address, period_of
from liangyi.web.governance.pages.register import WHY_NOTHING, period_context
from liangyi.web.shell.page import Request
from liangyi.web.shell.requests import DRAWER

IN_DRAWER = 10
SAID = {
    MatchState.CONFIRMED: MatchState.CONFIRMED.label,
    MatchState.REJECTED: MatchState.REJECTED.label,
    "": gettext_lazy("已撤回"),
}


@dataclass(frozen=True)
class ControlShown:
    """A confirmed control with its health and figures."""

    way: Way
    control: Control | None
    health: HealthShown
    figures: Sequence[Figure]
    tally: Tally
    is_chosen: bool
    is_register: bool
    url: str


@dataclass(frozen=True)
class Told:
    """Something once said about the clause."""

    at: datetime
    who: str
    text: str


@dataclass(frozen=True)
class Value:
    """A parameter of one of the clause's controls, as it is in force."""

    title: Any
    value: Any
    unit: Any
    control: Any


def clause_context(request: Request, clause: Clause) -> dict[str, Any]:
    """One clause. Health and records only for whoever may look at the controls of the site."""
    matches = queries.matches_of([clause]).get(clause.identity, [])
    context: dict[str, Any] = {
        "row": reading.clause_row(clause),
        "policy": clause.version.policy,
        **kind_choices(clause),
        "clause": clause,
        "is_in_force": clause.version.state == VersionState.RELEASED,
        "state": VersionState(clause.version.state).label,
        "neighbours": [reading.clause_row(one) for one in queries.neighbours_of(clause)],
        "ways": [way_of(match.control) for match in _confirmed(matches) if match.control],
        "is_again": queries.review_state(clause, matches) == ReviewState.AGAIN,
        "laws": laws_behind(clause.identity),
        "told": _all_told(request, clause, matches),
        "can_say_kind": request.actor.may(MATCH),
        "review_url": f"{reverse('governance:review', args=[clause.version.policy_id])}?clause={clause.id}",
        "is_in_drawer": request.layout == DRAWER,
        "page_url": request.get_full_path(),
    }
    if not request.actor.may(VIEW_CONTROLS, request.site.id):
        return context
    return context | _evidence(request, clause)


def _all_told(request: Request, clause: Clause, matches: Sequence[Match]) -> list[Told]:
    """All that was said of the clause, its kind included, the latest first."""
    told = [_told(word) for word in queries.words_about(request.actor, clause, matches)]
    told += [Told(word.at, word.who, kind_words(word)) for word in queries.kinds_said(clause)]
    return sorted(told, key=attrgetter("at"), reverse=True)


def _confirmed(matches: Sequence[Any]) -> list[Any]:
    return [match for match in matches if match.state == MatchState.CONFIRMED]


def _evidence(request: Request, clause: Clause) -> dict[str, Any]:
    period = period_of(request)
    found = clause_health(
        request.actor, [clause.identity], period.site.id, period.first, period.last, at=period.at
    )[clause.identity]
    chosen = _chosen(request, found)
    return {
        **period_context(request, period),
        "health": health_shown(found.health),
        "why_nothing": WHY_NOTHING.get(found.why_nothing, ""),
        "controls": [_shown(request, one, chosen) for one in found.controls],
        "values": _values(found, period),
        "chosen": way_of(chosen) if chosen else None,
        **(_records(request, chosen, period) if chosen else {}),
    }


def _shown(request: Request, one: ControlHealth, chosen: str) -> ControlShown:
    return ControlShown(
        way_of(one.code),
        one.control,
        health_shown(one.health),
        figures_of(one.control, one.tally),
        one.tally,
        one.code == chosen,
        is_register(one.code),
        address(request, control=one.code, after="", only=""),
    )


def _chosen(request: Request, found: ClauseHealth) -> str:
    """The control whose records are shown: the one asked for, else the one that fares worst."""
    built = [one.code for one in found.controls if one.control and not one.control.planned]
    asked = request.GET.get("control", "")
    return asked if asked in built else next(iter(built), "")


def _values(found: ClauseHealth, period: Period) -> list[Value]:
    """The parameters in force at the end of the period."""
    known = [one.control for one in found.controls if one.control and not one.control.planned]
    settings = settings_for(known, period.site.id, period.last)
    return [
        Value(
            parameter.title or parameter.name,
            settings[control.code][parameter.name],
            parameter.unit,
            control.title,
        )
        for control in known
        for parameter in control.parameters
    ]


def _records(request: Request, code: str, period: Period) -> dict[str, Any]:
    only = request.GET.get("only") == "failing"
    limit = IN_DRAWER if request.layout == DRAWER else LIMIT
    found = items(
        request.actor,
        code,
        period.site.id,
        period.first,
        period.last,
        after=request.GET.get("after"),
        limit=limit + 1,
        only_failing=only,
        at=period.at,
    )
    return {
        "records": lines_of(found[:limit]),
        "next": found[limit - 1].key if len(found) > limit else "",
        "only_choices": [
            Choice(_("全部"), address(request, only="", after=""), not only),
            Choice(_("只看不合要求的"), address(request, only="failing", after=""), only),
        ],
    }


def _told(word: queries.Word) -> Told:
    said = SAID.get(word.state, word.state)
    title = catalogue.controls()[word.control].title if word.control in catalogue.controls() else word.control
    return Told(word.at, word.who, f"{said}：{title or _('没有合适的控制点')}")
