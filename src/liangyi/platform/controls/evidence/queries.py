"""Reading the tallies of a period: what is prepared, and live what is not counted yet.

A read costs two statements, four with measures, however many controls, sites, days and records there are.
Who may look is for the caller to say with the sites; `records` asks itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.db import connection
from django.db.models import Q

from liangyi.platform import clock
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.controls.catalogue import controls
from liangyi.platform.controls.evidence.records import Item, items
from liangyi.platform.controls.evidence.rules import (
    FLOWS,
    PROVING,
    Health,
    Tally,
    health,
    month_end,
    tally_of,
)
from liangyi.platform.controls.evidence.sources import Span, of_kind, statement
from liangyi.platform.controls.proofs import Counted
from liangyi.platform.measures.catalogue import measures
from liangyi.platform.measures.models import MeasureTarget

__all__ = ["Health", "Item", "Tally", "health", "items", "tallies", "tallies_by_month", "tallies_by_site"]

By = Literal["total", "month"]
Key = tuple[UUID, str, str]
_PERIODS: Mapping[By, str] = {"total": "''::text", "month": "to_char(day, 'YYYY-MM')"}
_LAST_DAYS: Mapping[By, str] = {
    "total": "%s::date",
    "month": "least((date_trunc('month', day) + interval '1 month' - interval '1 day')::date, %s::date)",
}
_MARKS = """
SELECT s.id, s.time_zone, m.control, m.through FROM access_site s
LEFT JOIN controls_tallymark m ON m.site_id = s.id AND m.control = ANY(%s) WHERE s.id = ANY(%s)
UNION ALL
SELECT NULL, %s, control, through FROM controls_tallymark WHERE site_id IS NULL AND control = ANY(%s)"""

_PREPARED_SUMS = ", ".join(
    [f"sum({name})::bigint" for name in (*FLOWS, "failing")]
    + ["coalesce(sum(standing) FILTER (WHERE day = {last}), 0)::bigint"]
)
_LIVE_SUMS = ", ".join(
    [f"coalesce(sum(n) FILTER (WHERE figure = '{name}'), 0)::bigint" for name in (*FLOWS, "failing")]
    + ["coalesce(sum(n) FILTER (WHERE figure = 'standing' AND day = {last}), 0)::bigint"]
)
_PROOFS = sorted({name for names in PROVING.values() for name in names} - {"denominator"})
_PREPARED = f"""
SELECT control::text, site_id, {{period}} AS period, {_PREPARED_SUMS},
       max(day) FILTER (WHERE {" + ".join(_PROOFS)} > 0)
FROM controls_daytally
WHERE control = ANY(%s) AND (site_id = ANY(%s) OR site_id IS NULL) AND day >= %s AND day <= %s
GROUP BY 1, 2, 3"""  # noqa: S608 put together from constants
_LIVE = f"""
UNION ALL
SELECT control::text, site_id, {{period}} AS period, {_LIVE_SUMS},
       max(day) FILTER (WHERE figure IN ({", ".join(f"'{name}'" for name in _PROOFS)}))
FROM ({{facts}}) AS fact(control, site_id, day, figure, n)
WHERE day >= %s AND day <= %s GROUP BY 1, 2, 3"""  # noqa: S608 put together from constants
_POINTS = """
SELECT code, site_id, {period}, sum(numerator)::bigint, sum(denominator)::bigint, max(day)
FROM measures_measurepoint
WHERE code = ANY(%s) AND site_id = ANY(%s) AND source = '' AND day >= %s AND day <= %s GROUP BY 1, 2, 3"""


@dataclass
class _Sum:
    """What has been found for one control, site and period."""

    figures: dict[str, int] = field(default_factory=dict)
    last_day: date | None = None

    def add(self, counts: Iterable[int], last_day: date | None) -> None:
        """Counts in the order of FLOWS, failing, standing."""
        for name, count in zip((*FLOWS, "failing", "standing"), counts, strict=True):
            if count:
                self.figures[name] = self.figures.get(name, 0) + count
        self.last_day = max(filter(None, (self.last_day, last_day)), default=None)


@dataclass(frozen=True)
class _Period:
    """What is asked for."""

    sites: tuple[UUID, ...]
    first: date
    last: date
    at: datetime
    by: By

    def last_day_of(self, period: str) -> date:
        """The last day of one of the periods."""
        return min(month_end(date.fromisoformat(f"{period}-01")), self.last) if period else self.last


def tallies(
    codes: Collection[str], site: UUID, first_day: date, last_day: date, *, at: datetime | None = None
) -> dict[str, Tally]:
    """What each control did at a site from `first_day` to `last_day`, as known at `at` (now).

    Every code comes back, an unknown one with an empty tally.
    """
    return tallies_by_site(codes, [site], first_day, last_day, at=at)[site]


def tallies_by_site(
    codes: Collection[str],
    sites: Collection[UUID],
    first_day: date,
    last_day: date,
    *,
    at: datetime | None = None,
) -> dict[UUID, dict[str, Tally]]:
    """`tallies` of several sites."""
    period = _Period(tuple(sites), first_day, last_day, at or clock.now(), "total")
    found = _tallies(set(codes), period)
    return {site: {code: found.get((site, "", code), Tally()) for code in codes} for site in sites}


def tallies_by_month(
    codes: Collection[str], site: UUID, first_day: date, last_day: date, *, at: datetime | None = None
) -> dict[str, dict[str, Tally]]:
    """`tallies` by month ("2026-11"); months and controls without anything are left out."""
    period = _Period((site,), first_day, last_day, at or clock.now(), "month")
    months: dict[str, dict[str, Tally]] = defaultdict(dict)
    for (_site, month, code), tally in _tallies(set(codes), period).items():
        months[month][code] = tally
    return dict(months)


def _tallies(codes: set[str], period: _Period) -> dict[Key, Tally]:
    built = sorted(code for code in codes if code in controls() and not controls()[code].planned)
    measured = {
        code: proof.measure for code, proof in of_kind(built, Counted).items() if isinstance(proof, Counted)
    }
    counted = [code for code in built if code not in measured]
    found = {
        key: tally_of(controls()[key[2]], one.figures, one.last_day)
        for key, one in (_sums(counted, period) if counted else {}).items()
    }
    return found | (_measured(measured, period) if measured else {})


def _sums(codes: list[str], period: _Period) -> dict[Key, _Sum]:
    """Prepared and live figures; what belongs to the group counts at each site."""
    found: dict[Key, _Sum] = defaultdict(_Sum)
    for control, site, of_period, *counts, last_day in _rows(codes, period):
        for each in (site,) if site is not None else period.sites:
            found[each, of_period, control].add(counts, last_day)
    return found


def _rows(codes: list[str], period: _Period) -> list[Any]:
    names = {"period": _PERIODS[period.by], "last": _LAST_DAYS[period.by]}
    values: list[Any] = [period.last, codes, list(period.sites), period.first, period.last]
    sql = _PREPARED.format(**names)
    live = statement(_uncounted(codes, period), period.at)
    if live is not None:
        sql += _LIVE.format(**names, facts=live.sql)
        values += [period.last, *live.values, period.first, period.last]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[Any] = cursor.fetchall()
    return found


def _uncounted(codes: list[str], period: _Period) -> list[tuple[Span, list[str]]]:
    """What is to be read live: the days after the last that was counted, for most controls only today."""
    zones, marks = _marks(codes, period)
    spans: dict[tuple[bool, str, date, frozenset[str]], set[UUID]] = defaultdict(set)
    for site, zone in zones.items():
        groups: dict[date, set[str]] = defaultdict(set)
        for code in codes:
            through = marks.get((site, code))
            groups[max(period.first, through + timedelta(days=1)) if through else period.first].add(code)
        for first, chosen in groups.items():
            spans[site is None, zone, first, frozenset(chosen)] |= {site} if site is not None else set()
    return [
        (Span(None if of_group else tuple(sorted(sites)), zone, first, last), sorted(chosen))
        for (of_group, zone, first, chosen), sites in spans.items()
        if first <= (last := min(period.last, local_day(period.at, zone)))
    ]


def _marks(
    codes: list[str], period: _Period
) -> tuple[dict[UUID | None, str], dict[tuple[UUID | None, str], date]]:
    zones: dict[UUID | None, str] = {None: HOME_ZONE}
    marks: dict[tuple[UUID | None, str], date] = {}
    with connection.cursor() as cursor:
        cursor.execute(_MARKS, [codes, list(period.sites), HOME_ZONE, codes])
        for site, zone, control, through in cursor.fetchall():
            zones[site] = zone
            if control is not None:
                marks[site, control] = through
    return zones, marks


def _measured(measured: Mapping[str, str], period: _Period) -> dict[Key, Tally]:
    """Measures held against their aims on the last day of each period."""
    known = {code: name for code, name in measured.items() if name in measures()}
    aims = _aims(set(known.values()), period)
    of_measure: dict[str, list[str]] = defaultdict(list)
    for code, name in known.items():
        of_measure[name].append(code)
    found: dict[Key, Tally] = {}
    with connection.cursor() as cursor:
        sql = _POINTS.format(period=_PERIODS[period.by])
        cursor.execute(sql, [list(of_measure), list(period.sites), period.first, period.last])
        for name, site, of_period, numerator, denominator, last_day in cursor.fetchall():
            aim = _aim_of(name, site, period.last_day_of(of_period), aims)
            for code in of_measure[name]:
                found[site, of_period, code] = _measure_tally(
                    code, name, numerator, denominator, last_day, aim
                )
    return found


def _measure_tally(
    code: str, name: str, numerator: int, denominator: int, last_day: date, aim: Decimal | None
) -> Tally:
    measure = measures()[name]
    value = numerator / measure.parts / denominator if denominator else None
    is_met = None
    if value is not None and aim is not None:
        is_met = value >= float(aim) if measure.direction == "up" else value <= float(aim)
    figures = {"numerator": numerator // measure.parts, "denominator": denominator}
    return tally_of(controls()[code], figures, last_day, target=aim, is_met=is_met, value=value)


def _aims(names: set[str], period: _Period) -> list[MeasureTarget]:
    """The aims that hold in the period, the weakest first: the group's, then the sites', by day."""
    rows = MeasureTarget.objects.filter(
        Q(site__in=period.sites) | Q(site=None), code__in=names, effective_from__lte=period.last
    )
    return sorted(rows, key=lambda row: (row.site_id is not None, row.effective_from))


def _aim_of(name: str, site: UUID, day: date, aims: list[MeasureTarget]) -> Decimal | None:
    aim = measures()[name].target
    for row in aims:
        if row.code == name and row.site_id in (None, site) and row.effective_from <= day:
            aim = row.value
    return aim
