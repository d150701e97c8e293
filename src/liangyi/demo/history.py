"""The past: appointments, their steps and verdicts, written in bulk as the services would have.

What is past holds no reservations: they are of use for what is still to come only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from liangyi.demo.chance import Chance
from liangyi.demo.courses import (
    CANCELLED,
    MOVE_REASONS,
    MOVED,
    REASONS,
    Booker,
    Booking,
    Flow,
    Visit,
    cancelled_at,
)
from liangyi.demo.founding import FOUNDER
from liangyi.demo.options import Options, local
from liangyi.demo.planner import Growth
from liangyi.demo.registering import Register
from liangyi.demo.timetable import GRID, Day
from liangyi.demo.world import World
from liangyi.domains.scheduling.decisions import BookAppointment, CheckIn, StartVisit
from liangyi.domains.scheduling.enums import AppointmentStatus as Status
from liangyi.domains.scheduling.models import Appointment, DayClosing, StatusChange
from liangyi.domains.scheduling.services.counting import count_again
from liangyi.domains.scheduling.subjects import APPOINTMENT
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.controls.catalogue import gates_for
from liangyi.platform.controls.models import Verdict

BATCH = 2000
GROWTH = 0.5
PATIENT = "patients.patient"
BY_WEEKDAY = {1: 0.85, 2: 0.9, 3: 0.95, 4: 0.95, 5: 1.05, 6: 1.25, 7: 1.1}
SITE_SHARE = {"YM": 0.6, "KQ": 0.4}
CLOSES_AFTER = timedelta(minutes=25)


@dataclass
class _Rows:
    """What is written together."""

    appointments: list[Appointment] = field(default_factory=list)
    changes: list[StatusChange] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    closings: list[DayClosing] = field(default_factory=list)
    growth: Growth = field(default_factory=lambda: Growth(Appointment, StatusChange, Verdict))

    def write(self) -> None:
        """All of it in one transaction, then empty."""
        self.verdicts.sort(key=lambda verdict: verdict.id)
        with recorded(FOUNDER):
            Appointment.objects.bulk_create(self.appointments, batch_size=BATCH)
            StatusChange.objects.bulk_create(self.changes, batch_size=BATCH)
            Verdict.objects.bulk_create(self.verdicts, batch_size=BATCH)
            DayClosing.objects.bulk_create(self.closings, batch_size=BATCH)
        self.growth.add(len(self.appointments))
        for rows in (self.appointments, self.changes, self.verdicts, self.closings):
            rows.clear()


def make_history(options: Options, world: World, register: Register, tell: Callable[[float], None]) -> int:
    """Every day before today; how many appointments. `tell` is given the share that is done."""
    chance = options.chance("history")
    rows, made = _Rows(), 0
    days = list(_days(options))
    asked = _wanted(options, days)
    for number, day in enumerate(days):
        for place in world.places.values():
            writer = _Writer(rows, chance)
            made += writer.day(
                Day(world, place, day), Booker(register, chance), round(asked[day] * SITE_SHARE[place.code])
            )
        if len(rows.appointments) > BATCH:
            rows.write()
            tell(number / len(days))
    rows.write()
    for place in world.places.values():
        with recorded(FOUNDER):
            count_again(place.id, days)
    return made


def _days(options: Options) -> Iterator[date]:
    day = options.first_day
    while day < options.today:
        yield day
        day += timedelta(days=1)


def _wanted(options: Options, days: list[date]) -> dict[date, float]:
    """How many are asked for on each day: more at weekends, and more from month to month."""
    weights = {
        day: BY_WEEKDAY[day.isoweekday()] * (1 + GROWTH * number / max(1, len(days)))
        for number, day in enumerate(days)
    }
    total = sum(weights.values()) or 1.0
    return {day: options.visits * 1.04 * weight / total for day, weight in weights.items()}


class _Writer:
    """Turns the bookings of a day into rows."""

    def __init__(self, rows: _Rows, chance: Chance) -> None:
        self.rows, self.chance = rows, chance
        self.flow = Flow(chance)
        self.missed = self.tickets = 0

    def day(self, day: Day, booker: Booker, wanted: int) -> int:
        """One site's day; how many appointments."""
        if day.day in day.place.closed:
            return 0
        spread = max(0, wanted + round(self.chance.gauss(0, 0.12 * wanted)))
        bookings = booker.bookings(day, day.proposals(spread, self.chance))
        closing = local(day.day, day.place.closes) + CLOSES_AFTER
        for booking in bookings:
            self._write(booking, closing)
        self.rows.closings.append(
            DayClosing(
                id=self.chance.id_at(closing),
                site=day.place.site,
                day=day.day,
                closed_at=closing,
                closed_by_id=day.place.receptionist.id,
                no_shows=self.missed,
            )
        )
        return len(bookings)

    def _write(self, booking: Booking, closing: datetime) -> None:
        row = self._appointment(booking)
        self._booked(row, booking)
        if booking.is_walk_in:
            self._see(row, booking, self.flow.visit(booking))
        elif self.chance.happens(CANCELLED):
            self._cancel(row, booking)
        elif self.chance.happens(booking.patient.misses):
            self._miss(row, booking, closing)
        else:
            if self.chance.happens(MOVED):
                self._move(row, booking)
            self._see(row, booking, self.flow.visit(booking))

    def _appointment(self, booking: Booking) -> Appointment:
        offer = booking.proposal.offer
        row = Appointment(
            id=self.chance.id_at(booking.booked_at),
            site_id=booking.place.id,
            patient_id=booking.patient.id,
            service_id=offer.id,
            practitioner_id=booking.proposal.worker.id,
            room_id=booking.proposal.room,
            starts_at=booking.starts_at,
            ends_at=booking.ends_at,
            channel=booking.channel,
            is_walk_in=booking.is_walk_in,
            price_cents=offer.price_on(booking.starts_at.date()),
            booked_at=booking.booked_at,
            booked_by_id=booking.by.id,
        )
        self.rows.appointments.append(row)
        return row

    def _booked(self, row: Appointment, booking: Booking) -> None:
        self._step(row, "", Status.BOOKED, booking.booked_at, booking.by)
        self._passed(BookAppointment, booking, booking.booked_at, booking.by, (PATIENT, booking.patient.id))

    def _cancel(self, row: Appointment, booking: Booking) -> None:
        moment = cancelled_at(booking, self.chance)
        row.status, row.closed_at = Status.CANCELLED, moment
        row.close_reason = self.chance.drawn(REASONS)
        self._step(row, Status.BOOKED, Status.CANCELLED, moment, booking.place.receptionist)

    def _miss(self, row: Appointment, booking: Booking, closing: datetime) -> None:
        row.status, row.closed_at = Status.NO_SHOW, closing
        self.missed += 1
        self._step(row, Status.BOOKED, Status.NO_SHOW, closing, booking.place.receptionist)

    def _move(self, row: Appointment, booking: Booking) -> None:
        """It was to be at another time first."""
        earlier = self.chance.choice((-1, 1, 2)) * 1440 + GRID * self.chance.randrange(-8, 9)
        row.moved_from = booking.starts_at - timedelta(minutes=earlier)
        moment = cancelled_at(booking, self.chance)
        self._step(row, Status.BOOKED, Status.BOOKED, moment, booking.by, self.chance.choice(MOVE_REASONS))
        self._passed(BookAppointment, booking, moment, booking.by, (APPOINTMENT, row.id))

    def _see(self, row: Appointment, booking: Booking, visit: Visit) -> None:
        desk = booking.place.receptionist
        row.status = Status.FINISHED
        row.arrived_at, row.called_at = visit.arrived, visit.called
        row.started_at, row.finished_at = visit.started, visit.finished
        row.ticket = self._ticket()
        self._step(row, Status.BOOKED, Status.ARRIVED, visit.arrived, desk)
        self._passed(CheckIn, booking, visit.arrived, desk, (APPOINTMENT, row.id))
        self._step(row, Status.ARRIVED, Status.CALLED, visit.called, desk, room=row.room_id)
        self._step(row, Status.CALLED, Status.IN_PROGRESS, visit.started, desk)
        self._passed(StartVisit, booking, visit.started, desk, (APPOINTMENT, row.id))
        self._step(row, Status.IN_PROGRESS, Status.FINISHED, visit.finished, desk)

    def _ticket(self) -> str:
        self.tickets += 1
        return f"A{self.tickets:03d}"

    def _step(
        self,
        row: Appointment,
        before: str,
        after: str,
        moment: datetime,
        by: Actor,
        reason: str = "",
        room: UUID | None = None,
    ) -> None:
        self.rows.changes.append(
            StatusChange(
                id=self.chance.id_at(moment),
                appointment_id=row.id,
                from_status=before,
                to_status=after,
                at=moment,
                by_id=by.id,
                room_id=room,
                reason=reason,
            )
        )

    def _passed(
        self, decision: type, booking: Booking, moment: datetime, by: Actor, subject: tuple[str, UUID]
    ) -> None:
        self.rows.verdicts.append(
            Verdict(
                id=self.chance.id_at(moment),
                decision=decision.__name__,
                at=moment,
                site_id=booking.place.id,
                actor_kind=by.kind,
                actor_id=by.id,
                actor_name=by.name,
                subject_type=subject[0],
                subject_id=subject[1],
                outcome=Verdict.Outcome.PASSED,
                passed=[gate.control.code for gate in gates_for(decision)],
            )
        )
