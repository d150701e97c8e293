"""What the demo is asked for, and the days that follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from liangyi.demo.chance import Chance
from liangyi.platform.clock import HOME_ZONE

ZONE = ZoneInfo(HOME_ZONE)
BOARD_TIME = time(14, 50)
LAST_TIME = time(18, 30)
WEEKS_AHEAD = 3
BEFORE_HISTORY = timedelta(days=60)


@dataclass(frozen=True)
class Options:
    """How large a clinic, how long a past, up to which moment. The day board stands at `moment`."""

    patients: int
    years: float
    seed: int
    moment: datetime

    @property
    def today(self) -> date:
        """The last day of history, whose board is half done."""
        return self.moment.astimezone(ZONE).date()

    @property
    def first_day(self) -> date:
        """The first day on which patients came."""
        return self.today - timedelta(days=round(365 * self.years))

    @property
    def founded_at(self) -> datetime:
        """When everything was set up."""
        return local(self.first_day - BEFORE_HISTORY, 9 * 60)

    @property
    def visits(self) -> int:
        """Appointments of the whole past."""
        yearly = max(6 * self.patients, min(10 * self.patients, 12_000))
        return round(yearly * self.years)

    @property
    def size(self) -> int:
        """How many times over doctors, rooms and devices are there."""
        return 1 + self.patients // 3000

    def chance(self, part: str) -> Chance:
        """The random numbers of one part."""
        return Chance(self.seed, part)


def local(day: date, minute: int) -> datetime:
    """A minute after midnight of a day, in the clinic's zone."""
    return datetime.combine(day, time(minute // 60, minute % 60), ZONE)


def moment_for(until: date | None, now: datetime) -> datetime:
    """Where the day board stands: at a fixed time of a day that is named, else now.

    After hours it stays at the evening's last visits.
    """
    if until is not None:
        return datetime.combine(until, BOARD_TIME, ZONE)
    here = now.astimezone(ZONE).replace(second=0, microsecond=0)
    return min(here, datetime.combine(here.date(), LAST_TIME, ZONE))
