"""The measures: what is counted, in which unit, and which way is better."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal
from uuid import UUID

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Kind = Literal["ratio", "duration"]
Direction = Literal["up", "down"]
Unit = Literal["ratio", "minutes", "days"]


@dataclass(frozen=True)
class Buckets:
    """The bounds of a histogram: values from 0 to `top` in steps of `width`, and one bucket above.

    With width 1 and whole values each bucket holds one value, and percentiles are exact.
    """

    top: int
    width: int = 1

    @property
    def count(self) -> int:
        """How many buckets, the one for all values above `top` included."""
        return self.top // self.width + 2

    def index(self, value: float | Decimal) -> int:
        """The bucket of a value; what is below 0 falls into the first."""
        return min(max(int(value // self.width), 0), self.count - 1)

    def lower_bound(self, index: int) -> int:
        """The least value of a bucket: what a percentile that falls into it is given as."""
        return index * self.width


@dataclass(frozen=True)
class Point:
    """One day's count. Ratio: cases / all. Duration: sum / how many, and how many in which bucket."""

    day: date
    numerator: int
    denominator: int
    histogram: Mapping[int, int] = field(default_factory=dict)
    unit: UUID | None = None


CountFn = Callable[[UUID, str, date, date], Iterable[Point]]
RecordsUrl = Callable[[UUID | None, str, date, date], str]


@dataclass(frozen=True)
class Measure:
    """A number the clinic watches.

    `count(site, source, first, last)` counts all days from `first` to `last` in a fixed number of queries;
    a day without anything to count needs no point. `source` is "" for the clinic's own records. A day is
    counted once `matures_after` days have passed since it (0: on the day itself), never before it comes.
    A duration's numerator may be kept finer than shown: `parts` of it make one `unit` (60 seconds).
    `target` is the default aim in the shown unit (a ratio as a fraction); `records_url` leads to what was
    counted between two days.
    """

    code: str
    title: StrPromise
    kind: Kind
    unit: Unit
    direction: Direction
    count: CountFn
    description: StrPromise | str = ""
    buckets: Buckets | None = None
    parts: int = 1
    matures_after: int = 0
    target: Decimal | None = None
    records_url: RecordsUrl | None = None


_measures: dict[str, Measure] = {}


def register(measure: Measure) -> Measure:
    """Declare a measure; its code is taken once. A duration says its buckets, a ratio has none."""
    if measure.code in _measures:
        raise ValueError(f"measure {measure.code} is already registered")
    if (measure.kind == "duration") != (measure.buckets is not None):
        raise ValueError(f"measure {measure.code}: buckets belong to durations, and to every one")
    _measures[measure.code] = measure
    return measure


def measures() -> Mapping[str, Measure]:
    """Every measure by code."""
    return _measures


def duration_points(
    rows: Iterable[tuple[date, UUID | None, int]], buckets: Buckets, parts: int = 1
) -> list[Point]:
    """Points from single durations `(day, unit, value in parts)`, for count functions of durations."""
    sums: dict[tuple[date, UUID | None], int] = defaultdict(int)
    histograms: dict[tuple[date, UUID | None], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for day, unit, value in rows:
        sums[day, unit] += value
        histograms[day, unit][buckets.index(value // parts)] += 1
    return [
        Point(day, sums[day, unit], sum(histogram.values()), dict(histogram), unit)
        for (day, unit), histogram in histograms.items()
    ]
