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
WITH point AS (
    SELECT {key} AS key, numerator, denominator, histogram FROM measures_measurepoint
    WHERE code = %(code)s AND source = %(source)s AND site_id = ANY(%(sites)s)
      AND day >= %(first)s AND day <= %(last)s
), bucket AS (
    SELECT key, i, sum(n)::bigint AS n
    FROM point, unnest(histogram) WITH ORDINALITY AS cell(n, i) GROUP BY key, i
), histogram AS (
    SELECT key, array_agg(n ORDER BY i) AS counts FROM bucket GROUP BY key
)
SELECT key, sum(numerator)::bigint, sum(denominator)::bigint,
       (SELECT counts FROM histogram WHERE histogram.key = point.key)
FROM point GROUP BY key ORDER BY key
"""


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


def series(
    code: str, sites: Collection[UUID], source: str, first: date, last: date, by: By = "month"
) -> list[Number]:
    """The measure from `first` to `last` at `sites` together, in order; one statement. Gaps are left out.

    What the reader may see is for the caller to say with `sites`.
    """
    measure = measures()[code]
    given: dict[str, Any] = {
        "code": code,
        "source": source,
        "sites": list(sites),
        "first": first,
        "last": last,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SUMS.format(key=_KEYS[by]), given)
        rows = cursor.fetchall()
    return [_number(measure, by, *row) for row in rows]


def total(code: str, sites: Collection[UUID], source: str, first: date, last: date) -> Number:
    """The measure over all these days and sites together."""
    found = series(code, sites, source, first, last, by="total")
    return found[0] if found else Number(0, 0, None)


def sources_of(codes: Collection[str], sites: Collection[UUID]) -> list[str]:
    """Where points came from: "" (the clinic's own) first, then the imports by name."""
    points = MeasurePoint.objects.filter(code__in=codes, site__in=sites)
    return sorted(points.values_list("source", flat=True).distinct())


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


def _number(
    measure: Measure, by: By, key: str, numerator: int, denominator: int, histogram: Sequence[int] | None
) -> Number:
    shown: int | float = numerator if measure.parts == 1 else numerator / measure.parts
    place: dict[str, Any] = {"site": UUID(key)} if by == "site" else {"period": key}
    if measure.buckets is not None and histogram:
        place["median"] = percentile(histogram, MEDIAN, measure.buckets)
        place["p90"] = percentile(histogram, P90, measure.buckets)
    return Number(shown, denominator, shown / denominator if denominator else None, **place)
