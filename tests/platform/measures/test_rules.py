from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liangyi.platform.measures.catalogue import Buckets
from liangyi.platform.measures.rules import LONGEST, MEDIAN, P90, percentile, spans

TO_TEN = Buckets(top=10)
DAY = date(2026, 1, 1)


def histogram(values: list[int], buckets: Buckets = TO_TEN) -> list[int]:
    counts = [0] * buckets.count
    for value in values:
        counts[buckets.index(value)] += 1
    return counts


@pytest.mark.parametrize(
    ("values", "median", "p90"),
    [
        ([], None, None),
        ([7], 7, 7),
        ([1, 2], 1, 2),
        ([1, 2, 3], 2, 3),
        ([0, 0, 0, 0, 0, 0, 0, 0, 0, 9], 0, 0),
        (list(range(1, 11)), 5, 9),
        ([3, 99], 3, 11),
    ],
)
def test_percentile_is_the_nearest_rank(values: list[int], median: int | None, p90: int | None) -> None:
    counts = histogram(values)
    assert (percentile(counts, MEDIAN, TO_TEN), percentile(counts, P90, TO_TEN)) == (median, p90)


@given(st.lists(st.integers(0, 10), min_size=1), st.sampled_from([MEDIAN, P90, Fraction(1, 4)]))
def test_percentile_is_exact_for_whole_values(values: list[int], share: Fraction) -> None:
    expected = sorted(values)[ceil(share * len(values)) - 1]
    assert percentile(histogram(values), share, TO_TEN) == expected


def test_buckets_have_one_above_the_top() -> None:
    wide = Buckets(top=20, width=5)
    assert wide.count == 6
    assert [wide.index(v) for v in (-3, 0, 4.9, 5, 20, 24, 25, 1000)] == [0, 0, 0, 1, 4, 4, 5, 5]
    assert wide.lower_bound(5) == 25


@given(st.lists(st.integers(0, 3000)))
def test_spans_cover_all_days_in_order_without_overlap(offsets: list[int]) -> None:
    days = [DAY + timedelta(days=n) for n in offsets]
    found = spans(days)
    assert all(any(first <= day <= last for first, last in found) for day in days)
    assert all(a[1] < b[0] for a, b in pairwise(found))
    assert all(last - first <= LONGEST for first, last in found)
