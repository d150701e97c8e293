"""Two measures that count from a list, so that a test says what there is to count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from liangyi.platform.measures.catalogue import Buckets, Measure, Point, duration_points, measures, register

RATIO, WAIT = "T_RATIO", "T_WAIT"
MINUTES = Buckets(top=240)


class Facts:
    """What happened: cases of a ratio, and waits in seconds, by site, source and day."""

    def __init__(self) -> None:
        self.cases: dict[tuple[UUID, str, date], tuple[int, int]] = {}
        self.waits: dict[tuple[UUID, str, date], list[int]] = defaultdict(list)
        self.asked: list[tuple[date, date]] = []
        self.pause: Callable[[], None] = lambda: None

    def count_cases(self, site: UUID, source: str, first: date, last: date) -> list[Point]:
        self.asked.append((first, last))
        found = [
            Point(key[2], *value)
            for key, value in self.cases.items()
            if key[:2] == (site, source) and first <= key[2] <= last
        ]
        self.pause()
        return found

    def count_waits(self, site: UUID, source: str, first: date, last: date) -> list[Point]:
        rows = [
            (key[2], None, wait)
            for key, waits in self.waits.items()
            if key[:2] == (site, source) and first <= key[2] <= last
            for wait in waits
        ]
        return duration_points(rows, MINUTES, parts=60)


@pytest.fixture
def facts() -> Iterator[Facts]:
    found = Facts()
    target = Decimal("0.1")
    register(Measure(RATIO, "爽约率", "ratio", "ratio", "down", found.count_cases, target=target))
    register(
        Measure(WAIT, "候诊", "duration", "minutes", "down", found.count_waits, buckets=MINUTES, parts=60)
    )
    yield found
    for code in (RATIO, WAIT):
        measures().pop(code)  # type: ignore[attr-defined]
