"""Free times as a reader chooses among them: days with their number, then times by practitioner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from liangyi.domains.scheduling import queries
from liangyi.domains.scheduling.queries import FreeSlot
from liangyi.domains.scheduling.rules.inputs import LAST_DAY
from liangyi.platform import clock
from liangyi.web.scheduling.asked import moment_from, today_of, uuid_from
from liangyi.web.shell.page import Request

DAYS = 14
NOON = 12


@dataclass(frozen=True)
class Slot:
    """A time with somebody, as a form sends it: `2026-11-24T10:00:00+08:00~<practitioner>`."""

    start: datetime
    practitioner: UUID

    def __str__(self) -> str:
        return f"{self.start.isoformat()}~{self.practitioner}"


@dataclass(frozen=True)
class Time:
    """One free time."""

    free: FreeSlot
    value: str
    is_chosen: bool


@dataclass
class Doctor:
    """Somebody's free times of the day shown."""

    id: UUID
    name: str
    morning: list[Time] = field(default_factory=list)
    afternoon: list[Time] = field(default_factory=list)


@dataclass(frozen=True)
class Day:
    """A day of the strip and how many times are free on it."""

    day: date
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Times:
    """What can be chosen. `chosen` is the time asked for, `missed` one asked for that is not free."""

    days: list[Day]
    doctors: list[Doctor]
    people: list[tuple[str, str]]
    practitioner: str
    earlier: date | None
    later: date | None
    chosen: FreeSlot | Offer | None
    missed: datetime | None


def slot_from(text: str, zone: str) -> Slot | None:
    """The time a form sends, or None."""
    start, _mark, practitioner = text.partition("~")
    at, person = moment_from(start, zone), uuid_from(practitioner)
    return Slot(at.astimezone(ZoneInfo(zone)), person) if at and person else None


@dataclass(frozen=True)
class Wish:
    """Which times are wanted: from which day on, of which day, with whom; and which one, `person`'s."""

    first: date
    day: date | None = None
    practitioner: UUID | None = None
    start: datetime | None = None
    person: UUID | None = None


def times_for(request: Request, service: UUID, wish: Wish) -> Times:
    """The free times of a service in the fortnight from `wish.first`; of everybody where the practitioner
    wished for has none. Two statements."""
    today = today_of(request)
    first = max(min(wish.first, LAST_DAY - timedelta(days=DAYS)), today)
    last = first + timedelta(days=DAYS - 1)
    site = request.site.id
    found = queries.free_slots(
        request.actor, site=site, service=service, first=first, last=last, at=clock.now()
    )
    people = {str(slot.practitioner): slot.practitioner_name for slot in found}
    if wish.practitioner is not None and str(wish.practitioner) not in people:
        wish = replace(wish, practitioner=None, person=wish.person or wish.practitioner)
    wanted = [slot for slot in found if wish.practitioner in (None, slot.practitioner)]
    return _times(wanted, wish, (first, last), today, sorted(people.items(), key=lambda one: one[1]))


def _times(
    found: Sequence[FreeSlot],
    wish: Wish,
    span: tuple[date, date],
    today: date,
    people: list[tuple[str, str]],
) -> Times:
    first, last = span
    counts = _counts(found)
    free_day = min(counts, default=first)
    day = wish.day if wish.day and first <= wish.day <= last else free_day
    chosen = next((slot for slot in found if _is_wished(slot, wish)), None)
    return Times(
        days=[
            Day(one, counts.get(one, 0), one == day)
            for one in (first + timedelta(days=n) for n in range(DAYS))
        ],
        doctors=_doctors((slot for slot in found if slot.start.date() == day), chosen),
        people=people,
        practitioner=str(wish.practitioner or ""),
        earlier=max(first - timedelta(days=DAYS), today) if first > today else None,
        later=first + timedelta(days=DAYS),
        chosen=chosen,
        missed=wish.start if chosen is None and wish.practitioner in (None, wish.person) else None,
    )


def _is_wished(slot: FreeSlot, wish: Wish) -> bool:
    return slot.start == wish.start and wish.person in (None, slot.practitioner)


def _counts(found: Iterable[FreeSlot]) -> dict[date, int]:
    counts: dict[date, int] = {}
    for slot in found:
        day = slot.start.date()
        counts[day] = counts.get(day, 0) + 1
    return counts


def _doctors(found: Iterable[FreeSlot], chosen: FreeSlot | None) -> list[Doctor]:
    doctors: dict[UUID, Doctor] = {}
    for free in found:
        doctor = doctors.setdefault(free.practitioner, Doctor(free.practitioner, free.practitioner_name))
        half = doctor.morning if free.start.hour < NOON else doctor.afternoon
        half.append(Time(free, str(Slot(free.start, free.practitioner)), free == chosen))
    return list(doctors.values())


@dataclass(frozen=True)
class Offer:
    """A time to take instead of one that cannot be had."""

    value: str
    start: datetime
    practitioner_name: str
    room_name: str


def offers_of(alternatives: Iterable[dict[str, str]]) -> list[Offer]:
    """The alternatives of SlotTaken and SlotUnavailable."""
    return [
        Offer(
            f"{one['start']}~{one['practitioner']}",
            datetime.fromisoformat(one["start"]),
            one["practitioner_name"],
            one["room_name"],
        )
        for one in alternatives
    ]


def offers_near(
    request: Request, service: UUID, practitioner: UUID, start: datetime, without: UUID
) -> list[Offer]:
    """Times near `start` that are free once the appointment itself is out of the way. Two statements."""
    found = queries.alternatives(
        request.site.id, service, practitioner, start, clock.now(), without=without, count=6
    )
    return offers_of(slot.as_dict() for slot in found if slot.start != start)


def with_offer(times: Times, picked: Offer | None) -> Times:
    """With the offer picked as the time chosen: it may be free only once the appointment has left its own."""
    if picked is None or times.chosen is not None:
        return times
    return replace(times, chosen=picked, missed=None)
