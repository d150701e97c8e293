"""What the overview of the numbers shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.platform import clock
from liangyi.platform.access.models import Site
from liangyi.platform.measures import queries
from liangyi.platform.measures.catalogue import Measure, measures
from liangyi.platform.measures.permissions import VIEW
from liangyi.platform.measures.queries import Imported, Number
from liangyi.web.measures import formats
from liangyi.web.shell.page import Request
from liangyi.web.shell.templatetags.shell import site_name

SPARK_MONTHS = 12


@dataclass(frozen=True)
class Scope:
    """Whose numbers are shown: one site, or all the reader may see."""

    sites: Sequence[Site]
    chosen: Site | None

    @property
    def ids(self) -> list[UUID]:
        return [self.chosen.id] if self.chosen else [site.id for site in self.sites]

    @property
    def site_id(self) -> UUID | None:
        return self.chosen.id if self.chosen else None

    @property
    def choices(self) -> list[tuple[str, Any]]:
        """For the chips; none where there is nothing to choose."""
        if len(self.sites) < 2:
            return []
        return [("", _("全部院区")), *((str(site.id), site_name(site)) for site in self.sites)]


@dataclass(frozen=True)
class Tile:
    """One measure in one month: value, direction, aim, whether it is met, and its course."""

    measure: Measure
    value: str
    ends: str
    counted: int
    target: str
    is_met: bool | None
    spark: list[str]
    change: str


@dataclass(frozen=True)
class Cell:
    """One measure at one place in a table; `is_known` where there was something to count."""

    code: str
    value: str
    is_known: bool


@dataclass(frozen=True)
class Brought:
    """An imported source with its numbers over all its time."""

    source: str
    first: date
    last: date
    cells: list[Cell]


def scope_of(request: Request) -> Scope:
    """The sites at which the reader may see numbers, and the one asked for. An unknown one is all."""
    sites = list(Site.objects.filter(id__in=request.actor.sites_with(VIEW)).order_by("name"))
    asked = request.GET.get("site", "")
    return Scope(sites, next((site for site in sites if str(site.id) == asked), None))


def month_from(text: str, today: date) -> date:
    """The first day of the month asked for (`2026-11`); the present one for anything else or later."""
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return min(month, today.replace(day=1)) if month.year >= 2000 else today.replace(day=1)


def overview_context(request: Request, scope: Scope) -> dict[str, Any]:
    """The overview in seven statements, however many measures and sites there are."""
    today = clock.local_day(clock.now(), request.site.time_zone)
    month = month_from(request.GET.get("month", ""), today)
    codes = list(measures())
    here = queries.targets_for(codes, scope.site_id, last_day(month))
    brought = queries.imported(codes, scope.ids)
    tiles = _tiles(codes, scope, month, here)
    return {
        "scope": scope,
        "month": month,
        "before": add_months(month, -1),
        "after": add_months(month, 1) if month < today.replace(day=1) else None,
        "tiles": tiles,
        "measures": list(measures().values()),
        "by_site": [] if scope.chosen else _by_site(codes, scope, month),
        "brought": _brought(codes, brought),
        "is_empty": not brought and not any(tile.counted or tile.spark for tile in tiles),
    }


def is_met(measure: Measure, value: float | None, target: Decimal | None) -> bool | None:
    """Whether the aim is reached; None without a number or an aim."""
    if value is None or target is None:
        return None
    return value >= float(target) if measure.direction == "up" else value <= float(target)


def last_day(month: date) -> date:
    """The last day of the month that begins on `month`."""
    return add_months(month, 1) - timedelta(days=1)


def add_months(month: date, count: int) -> date:
    """The first day of the month `count` months on."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def ends_of(measure: Measure, found: Number) -> str:
    """Median and P90 of a duration in words."""
    if found.median is None or found.p90 is None:
        return ""
    values = {"median": formats.number(measure, found.median), "p90": formats.number(measure, found.p90)}
    return str(_("中位数 %(median)s，P90 %(p90)s")) % values


def _tiles(codes: list[str], scope: Scope, month: date, aims: dict[str, Decimal | None]) -> list[Tile]:
    first = add_months(month, 1 - SPARK_MONTHS)
    months = [add_months(first, n).strftime("%Y-%m") for n in range(SPARK_MONTHS)]
    course = queries.series_of(codes, scope.ids, "", first, last_day(month), "month", percentiles=False)
    present = queries.series_of(codes, scope.ids, "", month, last_day(month), "month")
    return [
        _tile(
            measures()[code], {one.period: one for one in [*course[code], *present[code]]}, months, aims[code]
        )
        for code in codes
    ]


def _tile(measure: Measure, course: dict[str, Number], months: list[str], aim: Decimal | None) -> Tile:
    nothing = Number(0, 0, None)
    found, before = course.get(months[-1], nothing), course.get(months[-2], nothing)
    return Tile(
        measure,
        formats.shown(measure, found.value),
        ends_of(measure, found),
        found.denominator,
        formats.shown(measure, aim) if aim is not None else "",
        is_met(measure, found.value, aim),
        formats.spark([course.get(month, nothing).value for month in months]),
        formats.shown(measure, before.value) if before.value is not None else "",
    )


def _by_site(codes: list[str], scope: Scope, month: date) -> list[tuple[Site, list[Cell]]]:
    if len(scope.sites) < 2:
        return []
    found = queries.series_of(codes, scope.ids, "", month, last_day(month), "site", percentiles=False)
    values = {(code, number.site): number.value for code in codes for number in found[code]}
    return [(site, [_cell(code, values.get((code, site.id))) for code in codes]) for site in scope.sites]


def _cell(code: str, value: float | None) -> Cell:
    return Cell(code, formats.shown(measures()[code], value), value is not None)


def _brought(codes: list[str], found: list[Imported]) -> list[Brought]:
    rows = []
    for source, group in groupby(sorted(found, key=lambda one: one.source), key=lambda one: one.source):
        kept = {one.code: one for one in group}
        cells = [_cell(code, kept[code].number.value if code in kept else None) for code in codes]
        first, last = min(one.first for one in kept.values()), max(one.last for one in kept.values())
        rows.append(Brought(source, first, last, cells))
    return rows
