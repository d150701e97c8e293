"""Chinese working days: the State Council's calendar, with what the clinic has loaded over it.

The library knows the years whose notice is out; later years have only weekends until a table is loaded
(`liangyi load_calendar FILE`).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from liangyi.platform.worklist.models import CalendarDay
from liangyi.platform.worklist.rules import is_official, moved_on, worked_days, works_on


def is_working_day(day: date) -> bool:
    """Whether people work on `day` by the official calendar and the clinic's table. One statement."""
    return works_on(day, overrides_between(day, day))


def add_working_days(at: datetime, days: int, zone: str) -> datetime:
    """`at` moved on by that many working days of `zone`, at the same time of day there. One statement.

    The day of `at` does not count, whether it is a working day or not: one working day after a
    Saturday is Monday.
    """
    first = at.date()
    return moved_on(at, days, zone, overrides_between(first, first + timedelta(days=days * 3 + 30)))


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after `first` up to and including `last`; 0 if `last` is not later."""
    return worked_days(first, last, overrides_between(first, last))


def overrides_between(first: date, last: date) -> dict[date, bool]:
    """What the clinic's own table says between two days, both included."""
    return dict(CalendarDay.objects.filter(day__range=(first, last)).values_list("day", "is_working"))


def is_known(year: int) -> bool:
    """Whether the holidays of `year` are known from the shipped calendar or the clinic's table."""
    return is_official(year) or CalendarDay.objects.filter(day__year=year).exists()
