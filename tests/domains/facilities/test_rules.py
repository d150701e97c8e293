from __future__ import annotations

from datetime import date

import pytest

from liangyi.domains.facilities.rules import add_months, is_calibrated

DUE = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("needed", "due", "on", "good"),
    [
        (True, DUE, DUE, True),
        (True, DUE, date(2026, 11, 24), False),
        (True, None, DUE, False),
        (False, None, DUE, True),
        (False, DUE, date(2026, 11, 24), False),
    ],
)
def test_calibration_holds_to_its_due_day(needed: bool, due: date | None, on: date, good: bool) -> None:
    assert is_calibrated(needs_calibration=needed, calibration_due=due, on=on) is good


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 23), 12, date(2027, 11, 23)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
    ],
)
def test_months_end_on_a_real_day(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later
