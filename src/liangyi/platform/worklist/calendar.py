"""Chinese working days: the State Council's calendar, with what the clinic has loaded over it.

The library knows the years whose notice is out; later years have only weekends until a table is loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar

from liangyi.platform.worklist.models import CalendarDay

Overrides = Mapping[date, bool]
SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether people work on `day` by the official calendar and the clinic's table. One statement."""
    return works_on(day, overrides_between(day, day))


def add_working_days(at: datetime, days: int, zone: str) -> datetime:
    """`at` moved on by that many working days of `zone`, at the same time of day there. One statement.

    The day of `at` does not count, whether it is a working day or not: one working day after a
    Saturday is Monday.
    """
    local = at.astimezone(ZoneInfo(zone))
    first = local.date()
    overrides = overrides_between(first, first + timedelta(days=days * 3 + 30))
    day, left = first, days
    while left > 0:
        day += timedelta(days=1)
        left -= works_on(day, overrides)
    return datetime.combine(day, local.timetz())


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after `first` up to and including `last`; 0 if `last` is not later."""
    overrides = overrides_between(first, last)
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(works_on(day, overrides) for day in days)


def overrides_between(first: date, last: date) -> dict[date, bool]:
    """What the clinic's own table says between two days, both included."""
    return dict(CalendarDay.objects.filter(day__range=(first, last)).values_list("day", "is_working"))


def works_on(day: date, overrides: Overrides) -> bool:
    """The rule itself, without a database: table over official calendar over weekends."""
    if day in overrides:
        return overrides[day]
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < SATURDAY


def is_official(year: int) -> bool:
    """Whether the shipped calendar knows the holidays of `year`."""
    try:
        chinese_calendar.is_workday(date(year, 12, 31))
    except NotImplementedError:
        return False
    return True


def is_known(year: int) -> bool:
    """Whether the holidays of `year` are known from the shipped calendar or the clinic's table."""
    return is_official(year) or CalendarDay.objects.filter(day__year=year).exists()
