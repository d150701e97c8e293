"""Jobs of the controls."""

from __future__ import annotations

from liangyi.platform import clock, jobs
from liangyi.platform.controls import services
from liangyi.platform.controls.evidence import counting


@jobs.periodic("15 1 * * *")
def run_watches() -> None:
    """Every night: open and close breaches."""
    services.run_watches(clock.now())


@jobs.periodic("20 * * * *")
def count_evidence() -> None:
    """Every hour, because sites may end their day at different hours: tally what has ended since."""
    counting.count_finished_days(clock.now())
