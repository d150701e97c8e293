"""When a patient will be reminded."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from liangyi.domains.scheduling.queries.facts import REMINDER_HOURS
from liangyi.domains.scheduling.rules.reminders import next_reminder, notices
from liangyi.platform.access.models import Site
from liangyi.platform.clock import local_day
from liangyi.platform.controls.values import course_for


def reminder_due(site: Site, starts_at: datetime, at: datetime) -> datetime | None:
    """When the reminder of an appointment made now goes; None when it is too near for one. One statement."""
    course = course_for(*REMINDER_HOURS, site.id, local_day(at, site.time_zone))
    return next_reminder(starts_at, notices(course, ZoneInfo(site.time_zone)), at)
