"""What becomes of an appointment: who books it when, and how the visit goes."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from liangyi.demo.chance import Chance
from liangyi.demo.options import local
from liangyi.demo.registering import Register
from liangyi.demo.timetable import Day, Proposal
from liangyi.demo.world import Place, Somebody
from liangyi.domains.patients.rules import age_on
from liangyi.domains.scheduling.enums import CancelReason, Channel
from liangyi.platform.actors import Actor

TRIES = 12
CHILD_AGE = 15
LEAD_DAYS = 6.0
CHANNELS: dict[str, float] = {
    Channel.WECHAT: 34,
    Channel.PHONE: 28,
    Channel.DESK: 20,
    Channel.WEB: 12,
    Channel.REFERRAL: 6,
}
WALK_INS = 0.08
CANCELLED = 0.09
LATE_CANCELLED = 0.35
MOVED = 0.05
REASONS: dict[str, float] = {
    CancelReason.PATIENT: 40,
    CancelReason.CONFLICT: 25,
    CancelReason.ILLNESS: 14,
    CancelReason.COST: 8,
    CancelReason.CLINIC: 5,
    CancelReason.STAFF_LEAVE: 5,
    CancelReason.DUPLICATE: 3,
}
MOVE_REASONS = ("患者临时有事", "患者出差", "医生手术顺延", "孩子要上课", "设备保养")


@dataclass(frozen=True, slots=True)
class Booking:
    """A visit that somebody asked for."""

    proposal: Proposal
    patient: Somebody
    place: Place
    starts_at: datetime
    ends_at: datetime
    booked_at: datetime
    by: Actor
    channel: str
    is_walk_in: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """The moments of a visit that took place."""

    arrived: datetime
    called: datetime
    started: datetime
    finished: datetime


class Booker:
    """Finds patients for proposals, nobody twice on a day."""

    def __init__(self, register: Register, chance: Chance) -> None:
        self.register, self.chance = register, chance

    def bookings(self, day: Day, proposals: list[Proposal]) -> list[Booking]:
        """The proposals somebody takes up."""
        came: set[UUID] = set()
        found = []
        for proposal in proposals:
            if booking := self._booking(day, proposal, came):
                came.add(booking.patient.id)
                found.append(booking)
        return found

    def _booking(self, day: Day, proposal: Proposal, came: set[UUID]) -> Booking | None:
        chance, place = self.chance, day.place
        starts_at = local(day.day, proposal.minute)
        is_walk_in = chance.happens(WALK_INS) and proposal.offer.plan.room in ("consulting", "dental")
        booked_at = starts_at if is_walk_in else self._booked_at(starts_at)
        patient = self._patient(place.code, proposal, booked_at, came)
        if patient is None:
            return None
        by = place.receptionist
        if place.consultants and chance.happens(0.4) and not is_walk_in:
            by = chance.choice(place.consultants)
        channel = Channel.DESK if is_walk_in else chance.drawn(CHANNELS)
        return Booking(
            proposal,
            patient,
            place,
            starts_at,
            local(day.day, proposal.ends),
            booked_at,
            by,
            channel,
            is_walk_in,
        )

    def _booked_at(self, starts_at: datetime) -> datetime:
        days = min(45, int(self.chance.expovariate(1 / LEAD_DAYS)))
        day = starts_at.date() - timedelta(days=days)
        moment = local(day, self.chance.randrange(9 * 60, 20 * 60)) + timedelta(
            seconds=self.chance.randrange(60)
        )
        return min(moment, starts_at - timedelta(minutes=self.chance.randrange(25, 90)))

    def _patient(self, site: str, proposal: Proposal, before: datetime, came: set[UUID]) -> Somebody | None:
        """Somebody of the right age who was registered by then; those who came lately come more often."""
        youngest, oldest = proposal.offer.plan.ages
        pools = self.register.children if oldest < CHILD_AGE else self.register.adults
        pool = pools[site]
        known = bisect_left(pool, before, key=lambda somebody: somebody.registered_at)
        for _try in range(TRIES if known else 0):
            somebody = pool[int(known * self.chance.random() ** 0.7)]
            if somebody.id not in came and youngest <= age_on(somebody.born, before.date()) <= oldest:
                return somebody
        return None


class Flow:
    """How a site's day goes: each doctor sees one after the other, so delays pass on."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.free_at: dict[UUID, datetime] = {}

    def visit(self, booking: Booking) -> Visit:
        """The visit of somebody who comes. Bookings are to be asked for in order of time."""
        chance, plan = self.chance, booking.proposal.offer.plan
        worker = booking.proposal.worker.id
        if booking.is_walk_in:
            arrived = booking.starts_at
        else:
            arrived = booking.starts_at + timedelta(seconds=round(chance.gauss(-7 * 60, 8 * 60)))
            arrived = max(arrived, booking.booked_at + timedelta(minutes=5))
        ready = max(arrived, booking.starts_at, self.free_at.get(worker, arrived))
        called = ready + timedelta(seconds=round(chance.expovariate(1 / self._usual_wait(booking))))
        started = called + timedelta(seconds=chance.randrange(40, 200))
        length = plan.minutes[1] * max(0.6, chance.gauss(0.93, 0.1))
        finished = started + timedelta(seconds=round(length * 60))
        self.free_at[worker] = finished
        return Visit(arrived, called, started, finished)

    def _usual_wait(self, booking: Booking) -> float:
        """Seconds between being ready and being called: long in the morning and on Saturdays."""
        is_peak = booking.starts_at.hour in (10, 11)
        is_weekend = booking.starts_at.isoweekday() >= 6
        return 60 * (4 + 7 * is_peak + 4 * is_weekend)


def cancelled_at(booking: Booking, chance: Chance) -> datetime:
    """Between booking and start; some so late that it counts as missed."""
    latest = booking.starts_at - timedelta(minutes=30)
    if chance.happens(LATE_CANCELLED):
        moment = booking.starts_at - timedelta(minutes=chance.randrange(40, 23 * 60))
    else:
        moment = booking.booked_at + (latest - booking.booked_at) * chance.random()
    moment = max(moment, booking.booked_at + timedelta(minutes=5))
    return min(moment, max(latest, booking.booked_at + timedelta(minutes=5)))
