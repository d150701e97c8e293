"""What the reviewer decides becomes the version's state."""

from __future__ import annotations

from liangyi.domains.governance.services.life import VERSION_KIND, note_decision
from liangyi.platform import events
from liangyi.platform.approvals.events import Decided


def take_decision(event: Decided) -> None:
    """Only decisions on versions concern us."""
    if event.kind == VERSION_KIND:
        note_decision(event)


events.subscribe(Decided, take_decision)
