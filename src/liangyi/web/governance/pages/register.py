"""What the register of clauses shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liangyi.domains.governance.enums import NORMATIVE, ClauseKind
from liangyi.domains.governance.queries.evidence import (
    Filters,
    Register,
    RegisterRow,
    has_released,
    register_rows,
)
from liangyi.platform import clock
from liangyi.platform.controls.catalogue import controls
from liangyi.platform.controls.evidence.rules import Tally
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
from liangyi.web.governance.pages.periods import (
    OWN,
    Choice,
    Period,
    address,
    day_choices,
    period_of,
    site_choices,
)
from liangyi.web.shell.page import Request

WHY_NOTHING: Mapping[str, Any] = {
    "unreviewed": gettext_lazy("还没有审阅对应的控制点"),
    "none_fits": gettext_lazy("审阅过：没有合适的控制点"),
    "planned": gettext_lazy("对应的控制点还在计划中"),
}
LONGEST = 200
NARROWING = frozenset(("policy", "kind", "health", "by", "text", "chapter", "section"))
FIGURES = 4


@dataclass(frozen=True)
class Line:
    """A clause as a line of the register."""

    row: RegisterRow
    kind: Any
    ways: Sequence[Way]
    health: HealthShown
    why_nothing: Any
    figures: Sequence[Figure]
    last_day: date | None


def filters_of(request: Request) -> Filters:
    """What the address narrows the register to; what cannot be is left out."""
    asked = request.GET
    return Filters(
        policy=_uuid(asked.get("policy", "")),
        kind=asked.get("kind", "") if asked.get("kind", "") in NORMATIVE else "",
        health=asked.get("health", "") if asked.get("health", "") in HEALTHS else "",
        by=asked.get("by", "") if asked.get("by", "") in WAYS else "",
        text=asked.get("text", "").strip()[:LONGEST],
        chapter=asked.get("chapter", ""),
        section=asked.get("section", ""),
    )


def register_context(request: Request) -> dict[str, Any]:
    """The register at a site in a period."""
    period, filters = period_of(request), filters_of(request)
    drafts = request.GET.get("drafts") == "1"
    found = register_rows(
        request.actor,
        period.site.id,
        period.first,
        period.last,
        filters,
        at=period.at,
        drafts=drafts,
        after=request.GET.get("after", ""),
    )
    return {
        **period_context(request, period),
        "drafts": drafts,
        "drafts_url": address(request, drafts="" if drafts else "1", after="", policy=""),
        "lines": [line_of(row, found.tallies) for row in found.rows],
        "next": found.next_key,
        "total": found.total,
        "has_clauses": bool(found.policies),
        "has_released": drafts or bool(found.policies) or has_released(),
        "filters": filters,
        "chips": _chips(request, found, filters),
        "is_narrowed": any((filters.policy, filters.kind, filters.by, filters.text, filters.chapter)),
        "pack_url": _pack_url(request, period) if found.rows and not drafts else "",
        "all_url": f"{request.path}?{urlencode(period.query | ({'drafts': '1'} if drafts else {}))}",
    }


def _pack_url(request: Request, period: Period) -> str:
    """Where these very clauses are chosen for a pack; a pack is made at the active site only."""
    if period.site.id != request.site.id:
        return ""
    asked = {name: value for name, value in request.GET.items() if value and name not in ("after", "site")}
    if not asked.keys() & NARROWING:
        asked["policy"] = "all"
    return f"{reverse('governance:new_pack')}?{urlencode(asked)}"


def period_context(request: Request, period: Period) -> dict[str, Any]:
    """The chips of site and period, and what the form of an own period keeps."""
    return {
        "period": period,
        "period_query": urlencode(period.query),
        "today": clock.local_day(period.at, period.site.time_zone),
        "site_choices": site_choices(request, period),
        "day_choices": day_choices(request, period),
        "kept": [
            (name, value)
            for name, value in request.GET.items()
            if (name not in OWN or name == "site") and name != "from"
        ],
    }


def line_of(row: RegisterRow, tallies: Mapping[str, Tally]) -> Line:
    """A clause with its ways, health, figures and last evidence."""
    ways = [way_of(code) for code in row.codes]
    found = [(way, tallies.get(way.code, Tally())) for way in ways]
    figures = [figure for way, tally in found for figure in _figures(way, tally)]
    return Line(
        row,
        ClauseKind(row.kind).label,
        ways,
        health_shown(row.health),
        WHY_NOTHING.get(row.why_nothing, ""),
        sorted(figures, key=lambda figure: figure.tone != "danger")[:FIGURES],
        max((tally.last_day for _way, tally in found if tally.last_day), default=None),
    )


def _figures(way: Way, tally: Tally) -> list[Figure]:
    return figures_of(controls().get(way.code), tally)


def _chips(request: Request, found: Register, filters: Filters) -> list[tuple[str, str, list[Choice]]]:
    """(name, label, choices) of every filter, each with what it would show."""
    policies: list[tuple[str, Any, int]] = [(str(row), title, count) for row, title, count in found.policies]
    rows: list[tuple[str, str, str, list[tuple[str, Any, int]]]] = [
        ("health", _("落实情况"), filters.health, _counted(HEALTHS, found.healths)),
        ("by", _("落实方式"), filters.by, _counted(WAYS, found.ways)),
        (
            "kind",
            _("类型"),
            filters.kind,
            [(kind, kind.label, found.kinds.get(kind, 0)) for kind in NORMATIVE],
        ),
        ("policy", _("制度"), str(filters.policy or ""), policies if len(policies) > 1 else []),
    ]
    return [(name, label, _choices(request, name, is_on, choices)) for name, label, is_on, choices in rows]


def _counted(words: Mapping[str, Any], counts: Mapping[str, int]) -> list[tuple[str, Any, int]]:
    return [
        (str(code), word[0] if isinstance(word, tuple) else word, counts.get(code, 0))
        for code, word in words.items()
    ]


def _choices(request: Request, name: str, is_on: str, choices: list[tuple[str, Any, int]]) -> list[Choice]:
    return [
        Choice(
            text,
            address(request, **{name: "" if value == is_on else value, "after": ""}),
            value == is_on,
            count,
        )
        for value, text, count in choices
        if count or value == is_on
    ]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
