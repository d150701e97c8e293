"""The only place that asks what time it is. Services take the moment as an argument `at`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HOME_ZONE = "Asia/Shanghai"


def now() -> datetime:
    """The present moment, in UTC and zone-aware."""
    return datetime.now(UTC)


def local_day(at: datetime, zone: str) -> date:
    """The calendar day that `at` falls on in the IANA `zone`."""
    return at.astimezone(ZoneInfo(zone)).date()
