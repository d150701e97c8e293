"""When a patient is reminded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    """The first moment, as seen from `at`, at which the number then in force says that it is time; it may
    lie before `at`.

    A longer notice that comes into force when its time has passed already is due at once, on that day;
    a shorter one waits, unless it was time before by the longer one.
    """
    return next((due for due, _exact in _dues(starts_at, course, at)), starts_at)


def next_reminder(starts_at: datetime, course: Sequence[Notice], at: datetime) -> datetime | None:
    """When to remind somebody who is told of the appointment at `at`; None when it is too near for that.

    A notice whose time has passed by then says nothing to them: they have just been told.
    """
    return next((due for due, exact in _dues(starts_at, course, at) if exact > at), None)


def _dues(starts_at: datetime, course: Sequence[Notice], at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """For each number that is in force at `at` or later and falls due while it is: when, and when it would
    have been due had it always been in force."""
    ends = [notice.since for notice in course[1:]]
    for place, notice in enumerate(course):
        end = ends[place] if place < len(ends) else None
        exact = starts_at - timedelta(hours=notice.hours)
        due = max(exact, notice.since) if notice.since > at else exact
        if end is None or (end > at and due < end):
            yield due, exact
