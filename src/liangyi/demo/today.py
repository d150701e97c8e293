"""Today's board, as far as the day has come: arrivals, calls, visits, cancellations, all by the services."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from liangyi.demo.chance import Chance
from liangyi.demo.coming import Booked
from liangyi.demo.courses import Flow
from liangyi.demo.options import Options
from liangyi.domains.scheduling import services as scheduling
from liangyi.domains.scheduling.enums import AppointmentStatus as Status
from liangyi.domains.scheduling.enums import CancelReason
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


def play(options: Options, booked: list[Booked]) -> None:
    """Everything that has happened today before the moment, in order of time."""
    chance = options.chance("today")
    flows: dict[str, Flow] = {}
    steps: list[Step] = []
    for number, each in enumerate(booked):
        flow = flows.setdefault(each.booking.place.code, Flow(chance))
        steps += [(at, number, run) for at, run in _course(each, flow, chance, options.moment)]
    for at, _number, run in sorted(steps, key=lambda step: step[:2]):
        if at <= options.moment:
            _try(run)
    _call_somebody(options, booked)


def _try(run: Callable[[], object]) -> None:
    """A gate may stop somebody at the desk, as it should."""
    try:
        run()
    except Refused:
        return


def _course(
    booked: Booked, flow: Flow, chance: Chance, moment: datetime
) -> list[tuple[datetime, Callable[[], object]]]:
    booking, appointment = booked.booking, booked.appointment
    desk = booking.place.receptionist
    if chance.happens(CANCELLED_TODAY):
        at = max(booking.booked_at, booking.starts_at - timedelta(hours=chance.randrange(1, 20)))
        return [(at, lambda: _cancel(desk, at, appointment))]
    if chance.happens(MISSED_TODAY):
        at = booking.starts_at + MISSED_AFTER
        return [
            (
                at,
                lambda: scheduling.mark_no_show(
                    actor=desk, at=at, appointment=appointment, reason="电话未接"
                ),
            )
        ]
    visit = flow.visit(booking)
    return [
        (at, _step(service, desk, at, appointment))
        for service, at in (
            (scheduling.check_in, visit.arrived),
            (scheduling.call_in, visit.called),
            (scheduling.start_visit, visit.started),
            (scheduling.finish_visit, visit.finished),
        )
    ]


def _step(
    service: Callable[..., Appointment], desk: Actor, at: datetime, appointment: UUID
) -> Callable[[], object]:
    return lambda: service(actor=desk, at=at, appointment=appointment)


def _cancel(desk: Actor, at: datetime, appointment: UUID) -> None:
    scheduling.cancel_appointment(
        actor=desk, at=at, appointment=appointment, reason=CancelReason.PATIENT, note="患者来电取消"
    )


def _call_somebody(options: Options, booked: list[Booked]) -> None:
    """At each site somebody is on the way from the waiting area to the room."""
    for place in {each.booking.place.code: each.booking.place for each in booked}.values():
        waiting = Appointment.objects.filter(
            site=place.id, status=Status.ARRIVED, arrived_at__lt=options.moment - timedelta(minutes=2)
        )
        first = waiting.order_by("starts_at", "ticket").first()
        if first is not None:
            at = options.moment - timedelta(minutes=1)
            scheduling.call_in(actor=place.receptionist, at=at, appointment=first.id)


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
