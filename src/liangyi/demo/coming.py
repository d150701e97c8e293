"""Today and the coming weeks, booked by the booking service itself at the moments when people asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from liangyi.demo.chance import Chance
from liangyi.demo.courses import Booker, Booking
from liangyi.demo.options import WEEKS_AHEAD, Options
from liangyi.demo.registering import Register
from liangyi.demo.timetable import Day
from liangyi.demo.world import World
from liangyi.domains.scheduling import services as scheduling
from liangyi.domains.scheduling.errors import SlotTaken, SlotUnavailable
from liangyi.platform.errors import Refused

BOARD = {"YM": 34, "KQ": 20}
AHEAD = {"YM": 11, "KQ": 7}
LAST_DAY_SHARE = 0.2
MOST_AHEAD = 1500
SITE_SHARE = {"YM": 0.6, "KQ": 0.4}
TODAY_MORE = 1.3


@dataclass(frozen=True)
class Booked:
    """A booking and the appointment it became."""

    booking: Booking
    appointment: UUID


def book_ahead(
    options: Options, world: World, register: Register, tell: Callable[[float], None]
) -> list[Booked]:
    """Everything from today on; what the services refuse stays unbooked. Returns today's."""
    chance = options.chance("coming")
    asked = _asked_for(options, world, register, chance)
    made: list[Booked] = []
    for number, booking in enumerate(asked):
        booked = book(booking)
        if booked and booking.starts_at.date() == options.today:
            made.append(booked)
        if number % 25 == 0:
            tell(number / len(asked))
    return sorted(made, key=lambda booked: booked.booking.starts_at)


def book(booking: Booking) -> Booked | None:
    """Book it as its desk would have then; None if it is refused or taken."""
    try:
        appointment = scheduling.book_appointment(
            actor=booking.by,
            at=booking.booked_at,
            site=booking.place.id,
            patient=booking.patient.id,
            service=booking.proposal.offer.id,
            practitioner=booking.proposal.worker.id,
            start=booking.starts_at,
            room=booking.proposal.room,
            channel=booking.channel,
        )
    except (Refused, SlotTaken, SlotUnavailable):
        return None
    return Booked(booking, appointment.id)


def _asked_for(options: Options, world: World, register: Register, chance: Chance) -> list[Booking]:
    """In the order in which they asked."""
    found: list[Booking] = []
    days = 7 * WEEKS_AHEAD
    daily = options.visits / max(1, (options.today - options.first_day).days)
    for ahead in range(days + 1):
        share = 1 - (1 - LAST_DAY_SHARE) * ahead / days
        for place in world.places.values():
            usual = daily * SITE_SHARE[place.code]
            wanted = max(AHEAD[place.code], min(usual, MOST_AHEAD / days * SITE_SHARE[place.code])) * share
            if not ahead:
                wanted = max(BOARD[place.code], usual * TODAY_MORE)
            day = Day(world, place, options.today + timedelta(days=ahead))
            booker = Booker(register, chance)
            found += booker.bookings(day, day.proposals(round(wanted), chance))
    planned = (_known_by(booking, options.moment, chance) for booking in found)
    return sorted(planned, key=lambda booking: (booking.booked_at, booking.patient.id))


def _known_by(booking: Booking, moment: datetime, chance: Chance) -> Booking:
    """Nobody has asked yet in the future: it was on one of the last days instead."""
    if booking.booked_at < moment:
        return replace(booking, is_walk_in=False)
    latest = min(moment, booking.starts_at) - timedelta(minutes=10)
    earliest = max(booking.patient.registered_at, latest - timedelta(days=5))
    asked = earliest + (latest - earliest) * chance.random() if earliest < latest else latest
    return replace(booking, booked_at=asked.replace(microsecond=0), is_walk_in=False)
