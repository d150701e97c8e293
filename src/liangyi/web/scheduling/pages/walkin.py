"""Who could take somebody who stands here now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from liangyi.domains.scheduling import queries
from liangyi.domains.staff import queries as staff
from liangyi.platform import clock
from liangyi.web.scheduling.asked import today_of
from liangyi.web.shell.page import Request

NEARLY_NOW = timedelta(minutes=15)


@dataclass(frozen=True)
class DoctorNow:
    """Somebody who may do it, and from when today they are free."""

    id: UUID
    name: str
    free_at: datetime | None
    is_free_now: bool


def doctors_now(request: Request, service: UUID) -> list[DoctorNow]:
    """Everybody whose papers allow the service today, those free first. Four statements."""
    now, day, site = clock.now(), today_of(request), request.site.id
    slots = queries.free_slots(request.actor, site=site, service=service, first=day, last=day, at=now)
    first: dict[UUID, datetime] = {}
    for slot in slots:
        first.setdefault(slot.practitioner, slot.start)
    people = staff.practitioners_for(service, site, day)
    found = [_doctor(person.id, person.name, first.get(person.id), now) for person in people]
    return sorted(found, key=lambda one: (one.free_at is None, one.free_at or now))


def _doctor(id: UUID, name: str, free_at: datetime | None, now: datetime) -> DoctorNow:
    return DoctorNow(id, name, free_at, free_at is not None and free_at <= now + NEARLY_NOW)
