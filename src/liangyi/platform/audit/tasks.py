"""What audit does by itself."""

from __future__ import annotations

from liangyi.platform import clock, jobs
from liangyi.platform.audit import partitions, sealing


@jobs.periodic("* * * * *")
def seal_history() -> None:
    """Seal what was finished in the last minute."""
    sealing.seal_finished(clock.now())


@jobs.periodic("20 2 * * *")
def make_partitions() -> None:
    """Have the coming months' partitions ready."""
    partitions.make_ahead(clock.now())
