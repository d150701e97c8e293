"""Jobs of the event bus."""

from __future__ import annotations

from uuid import UUID

from liangyi.platform import actors, clock, jobs
from liangyi.platform.events import services


@jobs.task
def handle_event(pending: str) -> None:
    """Run one after-commit handler."""
    services.handle_pending(actor=actors.system("job:events"), at=clock.now(), pending=UUID(pending))


@jobs.periodic("* * * * *")
def sweep_events() -> None:
    """Find what a dead process published and nobody handled."""
    services.sweep_pending(at=clock.now())
