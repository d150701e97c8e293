from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from liangyi.platform.actors import Actor
from liangyi.platform.errors import Invalid
from liangyi.platform.worklist.calendar import (
    add_working_days,
    is_known,
    is_working_day,
    working_days_between,
)
from liangyi.platform.worklist.calendar_files import DayRow, read_days
from liangyi.platform.worklist.schedule import load_calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 13), True),
        (date(2026, 2, 14), True),  # Saturday, made up for the Spring Festival
        (date(2026, 2, 15), False),
        (date(2026, 2, 23), False),  # Monday, last day of the Spring Festival
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),  # Saturday, made up
        (date(2026, 9, 20), True),  # Sunday, made up for National Day
        (date(2026, 10, 1), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),  # Saturday, made up
        (date(2031, 10, 1), True),  # a year nobody knows yet has only weekends
        (date(2031, 10, 4), False),
    ],
)
def test_working_day(day: date, works: bool) -> None:
    assert is_working_day(day) is works


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ((2026, 11, 23, 9, 30), 0, (2026, 11, 23, 9, 30)),
        ((2026, 11, 23, 9, 30), 1, (2026, 11, 24, 9, 30)),
        ((2026, 11, 20, 17, 0), 1, (2026, 11, 23, 17, 0)),  # over a weekend
        ((2026, 11, 21, 17, 0), 1, (2026, 11, 23, 17, 0)),  # from a Saturday
        ((2026, 2, 13, 8, 0), 2, (2026, 2, 24, 8, 0)),  # the made-up Saturday, then the festival
        ((2026, 9, 30, 16, 0), 3, (2026, 10, 10, 16, 0)),  # National Day and its made-up Saturday
        ((2026, 11, 23, 0, 30), 1, (2026, 11, 24, 0, 30)),  # still Sunday in UTC
    ],
)
def test_add_working_days(start: tuple[int, ...], days: int, end: tuple[int, ...]) -> None:
    at = datetime(*start, tzinfo=SHANGHAI).astimezone(ZoneInfo("UTC"))  # type: ignore[misc]
    assert add_working_days(at, days, "Asia/Shanghai") == datetime(*end, tzinfo=SHANGHAI)  # type: ignore[misc]


@pytest.mark.django_db
def test_working_days_between_leaves_the_first_day_out() -> None:
    assert working_days_between(date(2026, 9, 30), date(2026, 10, 8)) == 1
    assert working_days_between(date(2026, 10, 8), date(2026, 9, 30)) == 0


@pytest.mark.django_db
def test_loaded_days_go_over_the_official_ones(setup_actor: Actor) -> None:
    rows = [DayRow(date(2026, 11, 24), False, "院庆"), DayRow(date(2031, 10, 1), False, "国庆")]
    assert load_calendar(actor=setup_actor, rows=rows) == 2
    load_calendar(actor=setup_actor, rows=[DayRow(date(2031, 10, 1), False, "国庆节")])
    assert not is_working_day(date(2026, 11, 24))
    assert is_known(2031)
    assert not is_known(2032)


def test_calendar_file_is_read() -> None:
    assert read_days("\ufeffday,is_working,name\n2027-02-06,休,春节\n2027-02-14,1,\n") == [
        DayRow(date(2027, 2, 6), False, "春节"),
        DayRow(date(2027, 2, 14), True, ""),
    ]


@pytest.mark.parametrize(
    "text", ["", "tag,frei\n", "day,is_working\n2027-13-01,1\n", "day,is_working\n2027-01-01,x\n"]
)
def test_calendar_file_that_cannot_be_read_says_where(text: str) -> None:
    with pytest.raises(Invalid):
        read_days(text)
