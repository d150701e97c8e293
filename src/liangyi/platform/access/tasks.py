"""What access does by itself."""

from __future__ import annotations

from liangyi.platform import actors, clock, jobs
from liangyi.platform.access import services


@jobs.periodic("50 3 * * *")
def remove_expired() -> None:
    """Sessions that have run out, and drafts that nobody came back to."""
    actor, at = actors.system("job:access.remove_expired"), clock.now()
    services.remove_expired_sessions(actor=actor, at=at)
    services.remove_old_drafts(actor=actor, at=at)
