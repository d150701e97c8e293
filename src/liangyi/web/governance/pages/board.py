"""What the board of the policies shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from liangyi.domains.governance.queries.evidence import Part, board, has_released
from liangyi.platform.access.models import Site
from liangyi.platform.controls.evidence.rules import Health
from liangyi.web.controls.figures import HEALTHS
from liangyi.web.governance.pages.periods import address, period_of
from liangyi.web.governance.pages.register import line_of, period_context
from liangyi.web.shell.page import Request

ORDER = (Health.CARRIED_OUT, Health.IN_BREACH, Health.UNPROVEN, Health.NOTHING)
COLOURS = {
    Health.CARRIED_OUT: "text-success",
    Health.IN_BREACH: "text-danger",
    Health.UNPROVEN: "text-warning",
    Health.NOTHING: "text-secondary",
}


@dataclass(frozen=True)
class Piece:
    """A stretch of a bar with its number and the clauses behind it. What is nothing yet is drawn faintly."""

    label: Any
    tone: str
    colour: str
    count: int
    share: str
    start: float
    width: float
    url: str
    opacity: str


@dataclass(frozen=True)
class Bar:
    """How some clauses fare; `label` says it all in words."""

    pieces: Sequence[Piece]
    total: int
    label: str


@dataclass(frozen=True)
class Branch:
    """A policy, chapter or section with its bar."""

    title: str
    url: str
    bar: Bar
    parts: Sequence[Branch]


@dataclass(frozen=True)
class SiteRow:
    """A site with its bar."""

    site: Site
    is_here: bool
    url: str
    bar: Bar


@dataclass(frozen=True)
class Month:
    """A month of the trend: a column, and its numbers."""

    name: str
    short: str
    bar: Bar


def board_context(request: Request) -> dict[str, Any]:
    """The board of a site in a period."""
    period = period_of(request)
    drafts = request.GET.get("drafts") == "1"
    found = board(
        request.actor,
        period.site.id,
        period.first,
        period.last,
        at=period.at,
        drafts=drafts,
        sites=[site.id for site in period.sites],
    )
    asked = period.query | ({"drafts": "1"} if drafts else {})
    return {
        **period_context(request, period),
        "drafts": drafts,
        "drafts_url": address(request, drafts="" if drafts else "1"),
        "total": found.total,
        "has_released": bool(found.total) or has_released(),
        "here": bar_of(found.sites[period.site.id], asked),
        "sites": [
            SiteRow(
                site,
                site == period.site,
                address(request, site=str(site.id)),
                bar_of(found.sites[site.id], asked | {"site": str(site.id)}),
            )
            for site in period.sites
        ],
        "branches": [_branch(part, asked, ()) for part in found.policies],
        "months": [Month(name, name[5:].lstrip("0"), bar_of(counts, asked)) for name, counts in found.months],
        "worst": [line_of(row, found.tallies) for row in found.worst],
        "breach_url": _register(asked, health=Health.IN_BREACH),
        "register_url": _register(asked),
    }


def bar_of(counts: Counter[Health], asked: dict[str, str]) -> Bar:
    """A bar whose stretches lead to the register."""
    total = counts.total()
    pieces: list[Piece] = []
    start = 0.0
    for one in ORDER:
        width = round(100 * counts[one] / total, 3) if total else 0.0
        label, tone = HEALTHS[one]
        url = _register(asked, health=one)
        share = _share(counts, one)
        faint = "0.3" if one is Health.NOTHING else "1"
        pieces.append(
            Piece(label, tone, COLOURS[one], counts[one], share, round(start, 3), width, url, faint)
        )
        start += width
    words = "，".join(f"{piece.label} {piece.count}" for piece in pieces)
    return Bar(pieces, total, words)


def _branch(part: Part, asked: dict[str, str], above: tuple[str, ...]) -> Branch:
    names = dict(zip(("chapter", "section"), above, strict=False))
    here = asked | {"policy": str(part.policy)} | names
    return Branch(
        part.title.strip().rstrip("：:"),
        _register(here),
        bar_of(part.counts, here),
        [_branch(child, asked, (*above, title)) for title, child in part.parts.items()],
    )


def _register(asked: dict[str, str], **more: str) -> str:
    query = {name: str(value) for name, value in (asked | more).items()}
    return reverse("governance:register") + (f"?{urlencode(query)}" if query else "")


def _share(counts: Counter[Health], one: Health) -> str:
    total = counts.total()
    return f"{100 * counts[one] / total:.0f}%" if total else "–"
