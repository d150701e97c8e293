"""On which days somebody's papers allow a service: staff's rule, asked once per stretch of equal answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from liangyi.domains.scheduling.rules.days import ONE_DAY
from liangyi.domains.scheduling.rules.rota import Period
from liangyi.domains.staff.rules import PractitionerFacts


class Task(NamedTuple):
    """What is to be done where, as far as papers go."""

    service: UUID
    subject: str
    needs_privilege: bool
    site: UUID


def fit_periods(person: PractitionerFacts, task: Task, first: date, last: date) -> list[Period]:
    """The days from `first` to `last` on which nothing keeps the person from the task."""
    starts = sorted({first, *(day for day in _turns(person) if first < day <= last)})
    ends = [day - ONE_DAY for day in starts[1:]] + [last]
    return [
        Period(start.isoformat(), end.isoformat())
        for start, end in zip(starts, ends, strict=True)
        if is_fit(person, task, start)
    ]


def is_fit(person: PractitionerFacts, task: Task, on: date) -> bool:
    """Whether nothing keeps the person from the task on that day."""
    return not person.shortfalls(
        service_id=task.service,
        subject=task.subject,
        needs_privilege=task.needs_privilege,
        site_id=task.site,
        on=on,
    )


def _turns(person: PractitionerFacts) -> Iterator[date]:
    """The days on which an answer may change."""
    last_days = [person.left_on]
    for credential in person.credentials:
        yield credential.issued_on
        last_days.append(credential.valid_to)
        if credential.revoked_on is not None:
            yield credential.revoked_on
    for privilege in person.privileges:
        yield privilege.valid_from
        last_days.append(privilege.valid_to)
        if privilege.suspended_on is not None:
            yield privilege.suspended_on
    yield from (day + ONE_DAY for day in last_days if day is not None and day < date.max)
