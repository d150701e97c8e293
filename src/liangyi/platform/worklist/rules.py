"""How pressing an item is, which days are worked, and when time has moved on. No database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import chinese_calendar

from liangyi.platform.clock import local_day

Overrides = Mapping[date, bool]
SATURDAY = 5


class Urgency(StrEnum):
    """Overdue, due before the local day ends, or later."""

    LATE = "late"
    TODAY = "today"
    NEXT = "next"


def urgency(due_at: datetime, at: datetime, zone: str) -> Urgency:
    """How pressing something due at `due_at` is at the moment `at`."""
    if due_at < at:
        return Urgency.LATE
    return Urgency.TODAY if local_day(due_at, zone) == local_day(at, zone) else Urgency.NEXT


def works_on(day: date, overrides: Overrides) -> bool:
    """Whether `day` is worked: the clinic's table over the official calendar over weekends."""
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


def moved_on(at: datetime, days: int, zone: str, overrides: Overrides) -> datetime:
    """`at` plus that many working days of `zone`, at the same time of day there."""
    local = at.astimezone(ZoneInfo(zone))
    day, left = local.date(), days
    while left > 0:
        day += timedelta(days=1)
        left -= works_on(day, overrides)
    return datetime.combine(day, local.timetz())


def worked_days(first: date, last: date, overrides: Overrides) -> int:
    """Working days after `first` up to and including `last`; 0 if `last` is not later."""
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(works_on(day, overrides) for day in days)
