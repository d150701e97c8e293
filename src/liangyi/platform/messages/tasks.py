"""Sends what is due every minute, and at once after a commit that queued a mail."""

from __future__ import annotations

from liangyi.platform import clock, jobs
from liangyi.platform.messages import outbox
from liangyi.platform.messages.services import SEND


@jobs.periodic("* * * * *")
@jobs.task(name=SEND)
def send_due() -> None:
    """Deliver the outbox."""
    outbox.send_due(clock.now())
