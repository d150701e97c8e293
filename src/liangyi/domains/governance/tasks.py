"""Jobs of the living policy."""

from __future__ import annotations

from uuid import UUID

from liangyi.domains.governance import queries, services
from liangyi.platform import actors, clock, jobs

JOB = "job:finish_import"


@jobs.task
def finish_import(id: str) -> None:
    """Read one policy that waits."""
    services.finish_import(actor=actors.system(JOB), at=clock.now(), waiting=UUID(id))


@jobs.periodic("*/5 * * * *")
def sweep_imports() -> None:
    """Read what a lost job left waiting."""
    for waiting in queries.imports_left_waiting(clock.now()):
        services.finish_import(actor=actors.system(JOB), at=clock.now(), waiting=waiting)
