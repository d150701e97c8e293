"""Free times, and what to offer instead of a time that cannot be had."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from liangyi.domains.scheduling.permissions import VIEW
from liangyi.domains.scheduling.queries.timetable import timetable
from liangyi.domains.scheduling.rules.days import day_of, minute_of, moment_of
from liangyi.domains.scheduling.rules.inputs import LAST_DAY, checked_days
from liangyi.domains.scheduling.rules.slots import MAX_DAYS, Slot, Timetable, nearest
from liangyi.domains.scheduling.rules.slots import free_slots as computed
from liangyi.platform.actors import Actor

ALTERNATIVES = 5
SEARCH_DAYS = 14


class FreeSlot(NamedTuple):
    """A time that can be booked, in the site's zone, with a room that is free then."""

    start: datetime
    end: datetime
    practitioner: UUID
    practitioner_name: str
    room: UUID
    room_name: str

    def as_dict(self) -> dict[str, Any]:
        """As JSON values: ISO times with offset, ids as text."""
        return {
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "practitioner": str(self.practitioner),
            "practitioner_name": self.practitioner_name,
            "room": str(self.room),
            "room_name": self.room_name,
        }


def free_slots(
    actor: Actor,
    *,
    site: UUID,
    service: UUID,
    first: date,
    last: date,
    at: datetime,
    practitioner: UUID | None = None,
) -> list[FreeSlot]:
    """The free times of a service from `first` to `last` (at most 31 days), none before `at`.

    Only what booking would not refuse for site, practitioner or equipment. Two statements. Raises
    Invalid for the days, Missing for a service that the site does not offer.
    """
    actor.require(VIEW, site)
    checked_days(first, last, MAX_DAYS)
    table = timetable(site, service, first, last, practitioner=practitioner)
    return shown(table, computed(table, first, last, earliest=_next_minute(at)))


def alternatives(
    site: UUID,
    service: UUID,
    practitioner: UUID,
    start: datetime,
    at: datetime,
    *,
    without: UUID | None = None,
    count: int = ALTERNATIVES,
) -> list[FreeSlot]:
    """What to offer instead of `start`: the nearest free times of the same practitioner, then of others,
    on that day and the 14 after it. Two statements."""
    first = max(start.date(), at.date()) - timedelta(days=1)
    last = first + timedelta(days=SEARCH_DAYS + 1)
    if last > LAST_DAY:
        return []
    table = timetable(site, service, first, last, without=without)
    first = max(day_of(start, table.zone), day_of(at, table.zone))
    wanted, person = minute_of(start), str(practitioner)
    found: list[Slot] = []
    for day in (first + timedelta(days=n) for n in range(SEARCH_DAYS)):
        found += computed(table, day, min(day, last), earliest=_next_minute(at))
        if sum(slot.person.id == person for slot in found) >= count:
            break
    return shown(table, nearest(found, wanted, person, count))


def shown(table: Timetable, slots: Any) -> list[FreeSlot]:
    """Slots as times of the site's zone and ids."""
    ids: dict[str, UUID] = {}
    times: dict[int, datetime] = {}

    def id_of(text: str) -> UUID:
        return ids.get(text) or ids.setdefault(text, UUID(text))

    def time_of(minute: int) -> datetime:
        return times.get(minute) or times.setdefault(minute, moment_of(minute, table.zone))

    return [
        FreeSlot(time_of(starts), time_of(ends), id_of(person.id), person.name, id_of(room.id), room.name)
        for starts, ends, person, room in slots
    ]


def _next_minute(at: datetime) -> int:
    minute = minute_of(at)
    return minute if at.second == at.microsecond == 0 else minute + 1
