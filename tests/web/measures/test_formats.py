from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from liangyi.platform.measures.catalogue import Buckets, Measure
from liangyi.web.measures.course import span_of, start_of
from liangyi.web.measures.formats import shown, spark
from liangyi.web.measures.pages import add_months, month_from

RATIO = Measure("R", "r", "ratio", "ratio", "up", lambda *_a: [])
DAYS = Measure("D", "d", "duration", "days", "up", lambda *_a: [], buckets=Buckets(9))


@pytest.mark.parametrize(
    ("measure", "value", "text"),
    [
        (RATIO, 0.1234, "12.3%"),
        (RATIO, 0.5, "50.0%"),
        (RATIO, Decimal("0.1200"), "12%"),
        (RATIO, None, "–"),
        (DAYS, 1234.0, "1,234.0 天"),
        (DAYS, 3, "3 天"),
    ],
)
def test_shown(measure: Measure, value: float | Decimal | None, text: str) -> None:
    assert shown(measure, value) == text


def test_spark_breaks_at_gaps_and_stays_inside() -> None:
    assert spark([]) == spark([None, None]) == []
    assert len(spark([1, 2, None, 3, 1])) == 2
    for run in spark([5, 5, 5]):
        assert all(0 <= float(y) <= 32 for _x, y in (point.split(",") for point in run.split()))


def test_months() -> None:
    assert add_months(date(2026, 1, 1), -1) == date(2025, 12, 1)
    assert add_months(date(2026, 11, 1), 2) == date(2027, 1, 1)
    today = date(2026, 11, 23)
    assert month_from("2026-02", today) == date(2026, 2, 1)
    for odd in ("", "2027-01", "x", "1999-01", "2026-13"):
        assert month_from(odd, today) == date(2026, 11, 1)


def test_periods_have_their_days() -> None:
    assert span_of("month", "2026-02") == (date(2026, 2, 1), date(2026, 2, 28))
    assert span_of("week", "2026-11-16") == (date(2026, 11, 16), date(2026, 11, 22))
    assert span_of("day", "2026-11-16") == (date(2026, 11, 16), date(2026, 11, 16))
    assert start_of("week", date(2026, 11, 22)).weekday() == 0
