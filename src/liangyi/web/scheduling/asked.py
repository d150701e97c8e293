"""What an address or a form asks for; what cannot be read counts as not asked."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from liangyi.domains.scheduling.rules.inputs import FIRST_DAY, LAST_DAY
from liangyi.platform import clock
from liangyi.web.shell.page import Request


def uuid_from(text: str | None) -> UUID | None:
    """An id, or None."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def day_from(text: str | None, otherwise: date) -> date:
    """A day within reach, or another one."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return otherwise
    return day if FIRST_DAY <= day <= LAST_DAY else otherwise


def moment_from(text: str | None, zone: str) -> datetime | None:
    """A time within reach; one without an offset is meant in `zone`."""
    try:
        at = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))
    return at if FIRST_DAY < at.date() < LAST_DAY else None


def today_of(request: Request) -> date:
    """The site's own calendar day."""
    return clock.local_day(clock.now(), request.site.time_zone)
