"""What scheduling does by itself."""

from __future__ import annotations

from liangyi.domains.scheduling import services
from liangyi.platform import clock, jobs
from liangyi.platform.actors import system


@jobs.periodic("20 0 * * *")
@jobs.task
def close_days_past() -> None:
    """Every night: yesterday's no-shows."""
    services.close_days_past(actor=system("job:close_days"), at=clock.now())


@jobs.periodic("50 0 * * *")
@jobs.task
def review_coming() -> None:
    """Every night: what was booked and can no longer take place, because something has run out meanwhile."""
    services.review_all(actor=system("job:review_coming"), at=clock.now())
