"""When a patient is reminded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from liangyi.domains.scheduling.decisions import Notice
from liangyi.platform.controls.parameters import Step

FIRST_DAY = date(2000, 1, 1)
"""A course that begins here tells of every day the product has seen."""


def notices(course: Sequence[Step], zone: ZoneInfo) -> tuple[Notice, ...]:
    """A parameter's course in a site's own time: a new number holds from midnight there."""
    return tuple(Notice(datetime.combine(step.first, time(), zone), int(step.value)) for step in course)


def remind_at(starts_at: datetime, course: Sequence[Notice], at: datetime) -> datetime:
    """The first moment, as seen from `at`, at which the number then in force says that it is time.

    A longer notice that comes into force when its time has passed already is due at once, on that day;
    a shorter one waits, unless it was time before by the longer one.
    """
    ends = [notice.since for notice in course[1:]]
    due = starts_at
    for place, notice in enumerate(course):
        end = ends[place] if place < len(ends) else None
        if end is not None and end <= at:
            continue
        due = starts_at - timedelta(hours=notice.hours)
        due = max(due, notice.since) if notice.since > at else due
        if end is None or due < end:
            break
    return due
