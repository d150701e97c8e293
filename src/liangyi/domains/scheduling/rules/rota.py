"""Who works when: weekly hours, single days that replace them, days on which something holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

Span = tuple[int, int]
"""From a minute up to (not including) another; or from a day to a day, both included, as ISO texts."""

FOREVER = "9999-12-31"


class Hours(NamedTuple):
    """One line of a rota, wall-clock minutes after midnight; `weekday` or `day`, days as ISO text."""

    weekday: int | None
    day: str | None
    starts: int
    ends: int
    valid_from: str
    valid_to: str | None


class Period(NamedTuple):
    """Days from `first` to `last`, both included, as ISO text; no end is None."""

    first: str
    last: str | None

    def covers(self, day: str) -> bool:
        """Whether the day is within."""
        return self.first <= day <= (self.last or FOREVER)


def hours_on(rota: Iterable[Hours], day: str, weekday: int) -> list[Span]:
    """The wall-clock hours of one person at one site on one day: single-day entries replace weekly ones."""
    single: list[Span] = []
    weekly: list[Span] = []
    for line in rota:
        if line.day == day:
            single.append((line.starts, line.ends))
        elif line.weekday == weekday and line.valid_from <= day <= (line.valid_to or FOREVER):
            weekly.append((line.starts, line.ends))
    return sorted(single or weekly)


def covered(periods: Sequence[Period], day: str) -> bool:
    """Whether one of the periods covers the day."""
    return any(period.covers(day) for period in periods)


def is_within(starts: int, ends: int, spans: Iterable[Span]) -> bool:
    """Whether [starts, ends) lies in the union of the spans (touching spans are one)."""
    for first, last in sorted(spans):
        if first <= starts < last:
            starts = last
        if starts >= ends:
            return True
    return False


def overlaps(starts: int, ends: int, spans: Iterable[Span]) -> bool:
    """Whether [starts, ends) has a minute in common with one of the spans."""
    return any(first < ends and starts < last for first, last in spans)
