"""Free times: a day is one big whole number whose bits are minutes, so a day costs a few operations.

Bit 0 of a day is `MARGIN` minutes before its midnight, so that preparation before and cleaning after
have room. The practitioner is held for the treatment itself; room and equipment for preparation and
cleaning as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import NamedTuple
from zoneinfo import ZoneInfo

from liangyi.domains.organisation.rules import LicenceFacts, licence_on
from liangyi.domains.scheduling.rules.days import LocalDay, local_days
from liangyi.domains.scheduling.rules.rota import Hours, Period, Span, covered, hours_on

MARGIN = 240
"""The longest preparation or cleaning (catalogue_service_buffers_at_most_240)."""

MAX_DAYS = 31


class Need(NamedTuple):
    """What a service takes, in minutes."""

    duration: int
    prepare: int
    clean: int


class Person(NamedTuple):
    """A practitioner of the service: rota, leave (minutes), days on which the papers allow it."""

    number: int
    id: str
    name: str
    rota: Sequence[Hours]
    leave: Sequence[Span]
    fit: Sequence[Period]


class Lane(NamedTuple):
    """A lane of a room or a piece of equipment. `until` is the last day it may be used, None for always."""

    number: int
    lane: int
    id: str
    name: str
    until: str | None


class Held(NamedTuple):
    """A reservation: the number of its resource, its lane, from minute to minute."""

    number: int
    lane: int
    starts: int
    ends: int


class Slot(NamedTuple):
    """A free time: minutes from and to, with whom, and a room that is free."""

    starts: int
    ends: int
    person: Person
    room: Lane


@dataclass(frozen=True, slots=True)
class Timetable:
    """All that free times of a service at a site follow from. Resources are numbered from 0.

    `hours` maps a weekday to opening and closing; empty means no opening hours are set and the rota
    alone decides. Times are offered every `grid` minutes. `pieces` is None where no equipment is needed.
    """

    zone: ZoneInfo
    grid: int
    need: Need
    hours: Mapping[int, Span]
    closed: frozenset[str]
    licences: Sequence[LicenceFacts]
    subject: str
    level: int
    people: Sequence[Person]
    rooms: Sequence[Lane]
    pieces: Sequence[Lane] | None
    held: Sequence[Held]


def free_slots(table: Timetable, first: date, last: date, *, earliest: int) -> Iterator[Slot]:
    """The free times from `first` to `last`, not before minute `earliest`, on the grid, by start."""
    days = list(local_days(first, last, table.zone))
    busy = _busy_by_day(table.held, days)
    for day, taken in zip(days, busy, strict=True):
        if is_open(table, day):
            yield from _slots_of_day(table, day, taken, earliest)


def is_open(table: Timetable, day: LocalDay) -> bool:
    """Not a closing day, a weekday with opening hours, and licensed for the service."""
    if day.day.isoformat() in table.closed or (table.hours and day.weekday not in table.hours):
        return False
    licence = licence_on(table.licences, day.day)
    return licence is not None and table.subject in licence.subjects and table.level <= licence.max_level


def mask(first: int, last: int) -> int:
    """The bits from `first` up to `last`."""
    return (1 << last) - (1 << first) if last > first else 0


def starts_within(free: int, length: int) -> int:
    """The bits from which on `length` bits of `free` are all set."""
    have = 1
    while have < length:
        step = min(have, length - have)
        free &= free >> step
        have += step
    return free


def bits_of(value: int) -> Iterator[int]:
    """The numbers of the bits that are set, rising."""
    while value:
        low = value & -value
        yield low.bit_length() - 1
        value ^= low


Taken = dict[tuple[int, int], int]


def _busy_by_day(held: Iterable[Held], days: Sequence[LocalDay]) -> list[Taken]:
    found: list[Taken] = [{} for _ in days]
    first = days[0].start
    for number, lane, starts, ends in held:
        near = max((starts - first - MARGIN) // 1440 - 1, 0)
        for day, taken in zip(days[near : near + 4], found[near : near + 4], strict=True):
            base, limit = day.start - MARGIN, day.end + MARGIN
            if starts < limit and ends > base:
                bits = mask(max(starts, base) - base, min(ends, limit) - base)
                taken[number, lane] = taken.get((number, lane), 0) | bits
    return found


def _slots_of_day(table: Timetable, day: LocalDay, taken: Taken, earliest: int) -> Iterator[Slot]:
    base = day.start - MARGIN
    allowed = _grid_bits(day, table.grid) & ~mask(0, max(earliest - base, 0))
    rooms = _lane_starts(table.need, table.rooms, taken, day)
    allowed &= reduce(or_, (bits for _lane, bits in rooms), 0)
    if table.pieces is not None:
        pieces = _lane_starts(table.need, table.pieces, taken, day)
        allowed &= reduce(or_, (bits for _lane, bits in pieces), 0)
    if not allowed:
        return
    duration = table.need.duration
    found = [
        (start, person)
        for person in table.people
        for start in bits_of(allowed & _person_starts(table, person, day, taken))
    ]
    found.sort(key=_start_of)
    for start, person in found:
        room = next(lane for lane, bits in rooms if bits >> start & 1)
        yield Slot(base + start, base + start + duration, person, room)


def _start_of(found: tuple[int, Person]) -> int:
    return found[0]


def _grid_bits(day: LocalDay, grid: int) -> int:
    """Every `grid`-th minute after midnight, by one multiplication-free repetition."""
    length = day.end - day.start
    bits = 1 << MARGIN
    step = grid
    while step < length:
        bits |= bits << step
        step *= 2
    return bits & mask(MARGIN, MARGIN + length)


def _lane_starts(need: Need, lanes: Iterable[Lane], taken: Taken, day: LocalDay) -> list[tuple[Lane, int]]:
    """For each usable lane the bits at which treatment can start, preparation and cleaning included."""
    text = day.day.isoformat()
    length = need.prepare + need.duration + need.clean
    whole = mask(0, day.end - day.start + 2 * MARGIN)
    found = []
    for lane in lanes:
        if lane.until is None or text <= lane.until:
            free = whole & ~taken.get((lane.number, lane.lane), 0)
            found.append((lane, starts_within(free, length) << need.prepare))
    return found


def _person_starts(table: Timetable, person: Person, day: LocalDay, taken: Taken) -> int:
    text = day.day.isoformat()
    if not covered(person.fit, text):
        return 0
    free = _working_bits(table, person, day)
    if not free:
        return 0
    base, limit = day.start - MARGIN, day.end + MARGIN
    for first, last in person.leave:
        free &= ~mask(max(first, base) - base, min(last, limit) - base)
    return starts_within(free & ~taken.get((person.number, 0), 0), table.need.duration)


def _working_bits(table: Timetable, person: Person, day: LocalDay) -> int:
    base = day.start - MARGIN
    working = 0
    for first, last in hours_on(person.rota, day.day.isoformat(), day.weekday):
        working |= mask(day.at(first) - base, day.at(last) - base)
    if working and table.hours:
        opens, closes = table.hours[day.weekday]
        working &= mask(day.at(opens) - base, day.at(closes) - base)
    return working


def nearest(slots: Iterable[Slot], wanted: int, person: str, count: int) -> list[Slot]:
    """The `count` slots to offer instead: the same person's nearest first, then other people's nearest."""

    def distance(slot: Slot) -> tuple[bool, int, int]:
        return (slot.person.id != person, abs(slot.starts - wanted), slot.starts)

    return sorted(slots, key=distance)[:count]
