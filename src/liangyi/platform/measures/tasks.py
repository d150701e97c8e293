"""Counts dirty days again every minute."""

from __future__ import annotations

from liangyi.platform import clock, jobs
from liangyi.platform.measures.services import recount_dirty


@jobs.periodic("* * * * *")
def recount() -> None:
    """Bring the points up to date."""
    recount_dirty(clock.now())
