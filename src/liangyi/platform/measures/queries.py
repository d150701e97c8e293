"""Numbers from points: by day, week, month or site, and in all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.db import connection
from django.db.models import Max, Min, Q

from liangyi.platform.measures.catalogue import Measure, measures
from liangyi.platform.measures.models import MeasurePoint, MeasureTarget
from liangyi.platform.measures.rules import MEDIAN, P90, percentile

By = Literal["total", "day", "week", "month", "site"]

_KEYS: Mapping[By, str] = {
    "total": "''",
    "day": "to_char(day, 'YYYY-MM-DD')",
    "week": "to_char(date_trunc('week', day), 'YYYY-MM-DD')",
    "month": "to_char(day, 'YYYY-MM')",
    "site": "site_id::text",
}
_SUMS = """
SELECT code, source, {key} AS key, sum(numerator)::bigint, sum(denominator)::bigint, NULL, min(day), max(day)
FROM measures_measurepoint {where} GROUP BY code, source, key ORDER BY code, source, key
"""
_SUMS_WITH_HISTOGRAMS = """
WITH bucket AS (
    SELECT code, source, {key} AS key, i, sum(n)::bigint AS n
    FROM measures_measurepoint, unnest(histogram) WITH ORDINALITY AS cell(n, i)
    {where} GROUP BY code, source, key, i
), histogram AS (
    SELECT code, source, key, array_agg(n ORDER BY i) AS counts FROM bucket GROUP BY code, source, key
), number AS (
    SELECT code, source, {key} AS key, min(day) AS first, max(day) AS last,
           sum(numerator)::bigint AS numerator, sum(denominator)::bigint AS denominator
    FROM measures_measurepoint {where} GROUP BY code, source, key
)
SELECT code, source, key, numerator, denominator, counts, first, last
FROM number LEFT JOIN histogram USING (code, source, key) ORDER BY code, source, key
"""
_WHERE = """
WHERE code = ANY(%(codes)s) AND site_id = ANY(%(sites)s) AND day >= %(first)s AND day <= %(last)s AND {source}
"""
_OWN_OR_NAMED, _IMPORTED = "source = %(source)s", "source <> ''"
_EVER = (date(1, 1, 1), date(9999, 12, 31))


@dataclass(frozen=True)
class Number:
    """One measure over some days. `period` is a day, the Monday of a week, or a month; else empty.

    `value` is numerator / denominator: a fraction from 0 to 1, or a mean in the measure's unit; None when
    there was nothing to count. Median and P90 are there for durations.
    """

    numerator: int | float
    denominator: int
    value: float | None
    median: int | None = None
    p90: int | None = None
    period: str = ""
    site: UUID | None = None


@dataclass(frozen=True)
class Imported:
    """A measure over everything an import brought, and from when to when that is."""

    source: str
    code: str
    number: Number
    first: date
    last: date


def series(
    code: str, sites: Collection[UUID], source: str, first: date, last: date, by: By = "month"
) -> list[Number]:
    """The measure from `first` to `last` at `sites` together, in order; one statement. Gaps are left out.

    What the reader may see is for the caller to say with `sites`.
    """
    return series_of([code], sites, source, first, last, by)[code]


def series_of(
    codes: Collection[str],
    sites: Collection[UUID],
    source: str,
    first: date,
    last: date,
    by: By,
    *,
    percentiles: bool = True,
) -> dict[str, list[Number]]:
    """`series` for several measures, in one statement together; much cheaper without `percentiles`."""
    found: dict[str, list[Number]] = {code: [] for code in codes}
    given = {"codes": list(codes), "sites": list(sites), "first": first, "last": last, "source": source}
    for code, _source, key, numerator, denominator, histogram, *_days in _rows(
        by, _OWN_OR_NAMED, given, percentiles
    ):
        found[code].append(_number(measures()[code], by, key, numerator, denominator, histogram))
    return found


def total(code: str, sites: Collection[UUID], source: str, first: date, last: date) -> Number:
    """The measure over all these days and sites together."""
    found = series(code, sites, source, first, last, by="total")
    return found[0] if found else Number(0, 0, None)


def imported(codes: Collection[str], sites: Collection[UUID]) -> list[Imported]:
    """Every measure of every import, by source and code; one statement, without percentiles."""
    given = {"codes": list(codes), "sites": list(sites), "first": _EVER[0], "last": _EVER[1]}
    return [
        Imported(source, code, _number(measures()[code], "total", *counts), first, last)
        for code, source, *counts, first, last in _rows("total", _IMPORTED, given, False)
    ]


def days_of(code: str, sites: Collection[UUID], source: str) -> tuple[date, date] | None:
    """The first and the last day with a point."""
    points = MeasurePoint.objects.filter(code=code, site__in=sites, source=source)
    found = points.aggregate(first=Min("day"), last=Max("day"))
    return (found["first"], found["last"]) if found["first"] else None


def targets_for(codes: Collection[str], site: UUID | None, on: date) -> dict[str, Decimal | None]:
    """What is aimed at on a day: the site's own target, else the group's, else the measure's default."""
    set_here = MeasureTarget.objects.filter(
        Q(site=site) | Q(site=None), code__in=codes, effective_from__lte=on
    ).order_by("effective_from")
    ranked = sorted(set_here, key=lambda target: target.site_id is not None)
    chosen = {target.code: target.value for target in ranked}
    return {code: chosen.get(code, measures()[code].target) for code in codes}


def _rows(by: By, sources: str, given: dict[str, Any], percentiles: bool) -> list[Any]:
    sql = _SUMS_WITH_HISTOGRAMS if percentiles else _SUMS
    with connection.cursor() as cursor:
        cursor.execute(sql.format(key=_KEYS[by], where=_WHERE.format(source=sources)), given)
        found: list[Any] = cursor.fetchall()
    return found


def _number(
    measure: Measure, by: By, key: str, numerator: int, denominator: int, histogram: Sequence[int] | None
) -> Number:
    shown: int | float = numerator if measure.parts == 1 else numerator / measure.parts
    place: dict[str, Any] = {"site": UUID(key)} if by == "site" else {"period": key}
    if measure.buckets is not None and histogram:
        place["median"] = percentile(histogram, MEDIAN, measure.buckets)
        place["p90"] = percentile(histogram, P90, measure.buckets)
    return Number(shown, denominator, shown / denominator if denominator else None, **place)
