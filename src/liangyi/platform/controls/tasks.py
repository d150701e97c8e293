"""Jobs of the controls."""

from __future__ import annotations

from liangyi.platform import clock, jobs
from liangyi.platform.controls import services


@jobs.periodic("15 1 * * *")
def run_watches() -> None:
    """Every night: open and close breaches."""
    services.run_watches(clock.now())
