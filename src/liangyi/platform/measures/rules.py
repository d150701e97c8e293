"""Percentiles of histograms and the grouping of days. No database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from liangyi.platform.measures.catalogue import Buckets

MEDIAN = Fraction(1, 2)
P90 = Fraction(9, 10)
NEAR = timedelta(days=7)
LONGEST = timedelta(days=366)


def percentile(histogram: Sequence[int], share: Fraction, buckets: Buckets) -> int | None:
    """The nearest-rank percentile: the least value with at least `share` of all values at or below it.

    Given as the lower bound of its bucket, so exact for whole values with buckets of width 1. None
    without values; the lower bound of the last bucket means "this or more".
    """
    rank = ceil(share * sum(histogram))
    if rank == 0:
        return None
    seen = 0
    for index, count in enumerate(histogram):
        seen += count
        if seen >= rank:
            return buckets.lower_bound(index)
    return None


def spans(days: Iterable[date]) -> list[tuple[date, date]]:
    """Few spans (first, last) that cover all `days`: near ones are joined, none is over LONGEST."""
    joined: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if joined and day - joined[-1][1] <= NEAR and day - joined[-1][0] <= LONGEST:
            joined[-1] = (joined[-1][0], day)
        else:
            joined.append((day, day))
    return joined
