"""Jobs of escalation."""

from __future__ import annotations

from liangyi.platform import actors, clock, jobs
from liangyi.platform.escalation import services


@jobs.periodic("*/15 * * * *")
def escalate_late_work() -> None:
    """Show the director what stays undone."""
    services.escalate(actor=actors.system("job:escalation"), at=clock.now())
