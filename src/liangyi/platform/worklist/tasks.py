"""Jobs of the worklist."""

from __future__ import annotations

from liangyi.platform import actors, clock, jobs
from liangyi.platform.worklist import schedule


@jobs.periodic("30 1 * * *")
def remind_of_calendar() -> None:
    """Ask for next year's holidays in time."""
    schedule.remind_of_calendar(actor=actors.system("job:calendar"), at=clock.now())
