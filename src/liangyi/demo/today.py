"""Today's board, as far as the day has come: arrivals, calls, visits, cancellations, all by the services."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from uuid import UUID

from liangyi.demo.chance import Chance
from liangyi.demo.coming import Booked
from liangyi.demo.courses import Flow
from liangyi.demo.options import ZONE, Options
from liangyi.demo.registering import Register
from liangyi.demo.world import Place, World
from liangyi.domains.scheduling import services as scheduling
from liangyi.domains.scheduling.enums import AppointmentStatus as Status
from liangyi.domains.scheduling.enums import CancelReason
from liangyi.domains.scheduling.errors import SlotTaken, SlotUnavailable
from liangyi.domains.scheduling.models import Appointment
from liangyi.domains.scheduling.subjects import APPOINTMENT
from liangyi.domains.scheduling.work import CONFIRM_BY_PHONE, REMIND_BY_PHONE
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Refused
from liangyi.platform.worklist import services as worklist
from liangyi.platform.worklist.models import WorkItem

Step = tuple[datetime, int, Callable[[], object]]
CANCELLED_TODAY = 0.07
MISSED_TODAY = 0.08
MISSED_AFTER = timedelta(minutes=75)
LEFT_UNDONE = 4
ASKED_AGO = (95, 71, 48, 29, 14, 6)
STREET_SERVICES = ("consult-surgery", "consult-skin", "dental-exam")
NEAR = timedelta(minutes=75)
VISIT: tuple[Callable[..., Appointment], ...] = (
    scheduling.check_in,
    scheduling.call_in,
    scheduling.start_visit,
    scheduling.finish_visit,
)
HOUSE = ((Status.IN_PROGRESS, 3), (Status.CALLED, 2), (Status.ARRIVED, 1))
"""Which statuses the board shows, and how many steps of a visit lead there."""


def play(options: Options, world: World, register: Register, booked: list[Booked]) -> None:
    """Everything that has happened today before the moment, in order of time."""
    chance = options.chance("today")
    flows: dict[str, Flow] = {}
    steps: list[Step] = []
    for number, each in enumerate(booked):
        flow = flows.setdefault(each.booking.place.code, Flow(chance))
        steps += [(at, number, run) for at, run in _course(each, flow, chance)]
    steps += _from_the_street(options, world, register, booked)
    for at, _number, run in sorted(steps, key=lambda step: step[:2]):
        if at <= options.moment:
            _try(run)
    _fill_the_house(options, booked)


def _from_the_street(options: Options, world: World, register: Register, booked: list[Booked]) -> list[Step]:
    """At each site somebody without an appointment asks now and then, until a doctor is free."""
    came = {each.booking.patient.id for each in booked}
    steps: list[Step] = []
    for place in world.places.values():
        strangers = (one.id for one in register.adults[place.code] if one.id not in came)
        asking = list(islice(strangers, 1))
        for minutes in ASKED_AGO:
            at = options.moment - timedelta(minutes=minutes)
            steps.append((at, len(booked), partial(_ask, world, place, asking, at, options.moment)))
    return steps


def _ask(world: World, place: Place, asking: list[UUID], at: datetime, latest: datetime) -> None:
    """They see whoever is free, and are gone from `asking` then."""
    present = [worker for worker in world.workers if worker.spans(place.code, at.astimezone(ZONE).date())]
    for worker in present if asking else ():
        for offer in worker.offers.get(place.code, []):
            is_for_them = offer.plan.code in STREET_SERVICES
            if is_for_them and (taken := _walk_in(place, asking[0], worker.id, offer.id, at)):
                asking.clear()
                _see(place.receptionist, taken, at, latest)
                return


def _see(desk: Actor, appointment: UUID, arrived: datetime, latest: datetime) -> None:
    """The visit of somebody for whom a doctor was free, as far as it has come by `latest`."""
    for service, minutes in zip(VISIT[1:], (4, 6, 27), strict=True):
        at = arrived + timedelta(minutes=minutes)
        if at <= latest:
            service(actor=desk, at=at, appointment=appointment)


def _walk_in(place: Place, patient: UUID, worker: UUID, service: UUID, at: datetime) -> UUID | None:
    try:
        taken = scheduling.walk_in(
            actor=place.receptionist,
            at=at,
            site=place.id,
            patient=patient,
            service=service,
            practitioner=worker,
        )
    except (Refused, SlotTaken, SlotUnavailable):
        return None
    return taken.id


def _try(run: Callable[[], object]) -> None:
    """A gate may stop somebody at the desk, as it should."""
    try:
        run()
    except Refused:
        return


def _course(booked: Booked, flow: Flow, chance: Chance) -> list[tuple[datetime, Callable[[], object]]]:
    booking, appointment = booked.booking, booked.appointment
    desk = booking.place.receptionist
    if chance.happens(CANCELLED_TODAY):
        at = max(booking.booked_at, booking.starts_at - timedelta(hours=chance.randrange(1, 20)))
        return [(at, lambda: _cancel(desk, at, appointment))]
    if chance.happens(MISSED_TODAY):
        at = booking.starts_at + MISSED_AFTER
        return [(at, _step(scheduling.mark_no_show, desk, at, appointment))]
    visit = flow.visit(booking)
    moments = (visit.arrived, visit.called, visit.started, visit.finished)
    return [(at, _step(service, desk, at, appointment)) for service, at in zip(VISIT, moments, strict=True)]


def _step(
    service: Callable[..., Appointment], desk: Actor, at: datetime, appointment: UUID
) -> Callable[[], object]:
    return lambda: service(actor=desk, at=at, appointment=appointment)


def _cancel(desk: Actor, at: datetime, appointment: UUID) -> None:
    scheduling.cancel_appointment(
        actor=desk, at=at, appointment=appointment, reason=CancelReason.PATIENT, note="患者来电取消"
    )


def _fill_the_house(options: Options, booked: list[Booked]) -> None:
    """At each site somebody is being seen, somebody called and somebody waiting, if any are due about now."""
    for place in {each.booking.place.code: each.booking.place for each in booked}.values():
        for number, (status, far) in enumerate(HOUSE):
            if not Appointment.objects.filter(site=place.id, status=status).exists():
                due = _due_about_now(options, place)
                if due is not None:
                    _bring(place.receptionist, due, far, options.moment - timedelta(minutes=4 * number + 2))


def _due_about_now(options: Options, place: Place) -> UUID | None:
    near = (options.moment - NEAR, options.moment + NEAR)
    due = Appointment.objects.filter(site=place.id, status=Status.BOOKED, starts_at__range=near)
    return due.order_by("starts_at", "booked_at").values_list("id", flat=True).first()


def _bring(desk: Actor, appointment: UUID, far: int, latest: datetime) -> None:
    """Up to `far` steps of the visit, the last of them at `latest`."""
    for number, service in enumerate(VISIT[:far]):
        at = latest - timedelta(minutes=3 * (far - 1 - number))
        _try(_step(service, desk, at, appointment))


def do_phone_calls(options: Options, desks: list[Actor]) -> None:
    """Reception has made its calls in time, except for the last few that were due."""
    for desk in desks:
        items = WorkItem.objects.filter(
            kind__in=(CONFIRM_BY_PHONE.code, REMIND_BY_PHONE.code),
            subject_type=APPOINTMENT,
            site=desk.site,
            done_at=None,
            cancelled_at=None,
            due_at__lt=options.moment,
        ).order_by("-due_at", "id")
        for item in list(items)[LEFT_UNDONE:]:
            at = max(item.opened_at, item.due_at - timedelta(minutes=35))
            worklist.finish_item(actor=desk, at=at, item=item.id)
