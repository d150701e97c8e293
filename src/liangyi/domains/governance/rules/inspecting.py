"""How long an inspector may look."""

from __future__ import annotations

from datetime import datetime, timedelta

USUAL = timedelta(days=3)
LONGEST = timedelta(days=30)
# Whoever types the present minute is not told off for the seconds it took.
_LATE = timedelta(minutes=10)


def trouble_with_times(at: datetime, valid_from: datetime, valid_until: datetime) -> str:
    """What is wrong: "past", "order", "long" or nothing."""
    if valid_until <= at or valid_from < at - _LATE:
        return "past"
    if valid_until <= valid_from:
        return "order"
    return "long" if valid_until - valid_from > LONGEST else ""


def state_of(at: datetime, valid_from: datetime, valid_until: datetime, ended_at: datetime | None) -> str:
    """How it stands: ended (before its time), over, coming or open."""
    if ended_at is not None:
        return "ended"
    if at >= valid_until:
        return "over"
    return "coming" if at < valid_from else "open"
