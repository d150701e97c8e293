"""Site-local days on a line of whole minutes since 1970 (UTC), so that arithmetic is on plain numbers.

A day of a summer-time change has 23 or 25 hours; its wall-clock times are looked up, others added.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
DAY_MINUTES = 1440


def minute_of(at: datetime) -> int:
    """The minute that `at` (aware) falls in."""
    return int(at.timestamp()) // 60


def moment_of(minute: int, zone: ZoneInfo) -> datetime:
    """The start of a minute as a time with the zone's offset."""
    return datetime.fromtimestamp(minute * 60, zone)


@dataclass(frozen=True, slots=True)
class LocalDay:
    """A calendar day of a zone: it lasts from minute `start` up to minute `end`."""

    day: date
    zone: ZoneInfo
    start: int
    end: int

    @property
    def weekday(self) -> int:
        """1 is Monday."""
        return self.day.isoweekday()

    def at(self, wall: int) -> int:
        """The minute at which the wall clock shows `wall` minutes after midnight.

        A time that a change to summer time leaves out counts as the time after the gap; of a time that
        occurs twice the first is meant.
        """
        if self.end - self.start == DAY_MINUTES:
            return self.start + wall
        midnight = datetime(self.day.year, self.day.month, self.day.day, tzinfo=self.zone)
        return minute_of(midnight + timedelta(minutes=wall))


def local_day(day: date, zone: ZoneInfo) -> LocalDay:
    """The day in the zone."""
    return LocalDay(day, zone, _midnight(day, zone), _midnight(day + ONE_DAY, zone))


def local_days(first: date, last: date, zone: ZoneInfo) -> Iterator[LocalDay]:
    """The days from `first` to `last`, both included."""
    start = _midnight(first, zone)
    while first <= last:
        following = first + ONE_DAY
        end = _midnight(following, zone)
        yield LocalDay(first, zone, start, end)
        first, start = following, end


def day_of(at: datetime, zone: ZoneInfo) -> date:
    """The calendar day of a moment in the zone."""
    return at.astimezone(zone).date()


def _midnight(day: date, zone: ZoneInfo) -> int:
    return minute_of(datetime(day.year, day.month, day.day, tzinfo=zone))


def utc(at: datetime) -> datetime:
    """The same moment in UTC."""
    return at.astimezone(UTC)
