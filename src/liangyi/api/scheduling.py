"""Free times, bookings, and what happens to an appointment on its day."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from hashlib import sha256
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from ninja import Header, Query, Router, Schema
from pydantic import Field

from liangyi.api.answers import answer
from liangyi.api.auth import ApiRequest
from liangyi.api.fields import After, Day, Limit, Moment, Text, key_of, site_of
from liangyi.api.problems import Problem
from liangyi.domains.organisation.queries import site_for
from liangyi.domains.scheduling import queries, services
from liangyi.domains.scheduling.enums import Channel
from liangyi.domains.scheduling.models import Appointment
from liangyi.domains.scheduling.permissions import VIEW
from liangyi.domains.scheduling.queries import FreeSlot, Row
from liangyi.platform import clock
from liangyi.platform.errors import Invalid

router = Router(tags=["scheduling"])
ERRORS = (400, 401, 403, 404, 422)
CHANGE_ERRORS = (400, 401, 403, 404, 409, 422)
Step = Callable[..., Appointment]
IDS = ("id", "site", "patient", "service", "practitioner", "room")
PLAIN = (*IDS, "status", "channel", "is_walk_in", "price_cents", "note", "ticket", "close_reason")
NAMES = ("patient_name", "service_name", "practitioner_name", "room_name")
STEPS = ("booked_at", "arrived_at", "called_at", "started_at", "finished_at", "closed_at")
MOMENTS = {"start": "starts_at", "end": "ends_at", **{name: name for name in STEPS}}


class SlotOut(Schema):
    """A free time of a practitioner, with a room that is free then."""

    start: datetime
    end: datetime
    practitioner: UUID
    practitioner_name: str
    room: UUID
    room_name: str


class BookingIn(Schema):
    """What to book. Without a room, a free one of the right kind is taken."""

    patient: UUID
    service: UUID
    site: UUID | None = None
    practitioner: UUID
    start: Moment
    room: UUID | None = None
    channel: Channel = Channel.WEB
    note: Annotated[Text, Field(max_length=300)] = ""


class MoveIn(Schema):
    """When instead, with whom, and why."""

    start: Moment
    practitioner: UUID | None = None
    room: UUID | None = None
    reason: Annotated[Text, Field(min_length=1, max_length=200)]


class CancelIn(Schema):
    """Why: a code (patient, illness, conflict, cost, clinic, staff_leave, duplicate, other) or in words."""

    reason: Annotated[Text, Field(min_length=1, max_length=200)]
    note: Annotated[Text, Field(max_length=200)] = ""


class CallIn(Schema):
    """Where to, if not the room of the appointment."""

    room: UUID | None = None


class AppointmentOut(Schema):
    """An appointment; times carry the offset of the site's zone."""

    id: UUID
    status: str
    site: UUID
    patient: UUID
    patient_name: str
    service: UUID | None
    service_name: str
    practitioner: UUID | None
    practitioner_name: str
    room: UUID | None
    room_name: str
    start: datetime
    end: datetime
    channel: str
    is_walk_in: bool
    price_cents: int | None
    note: str
    ticket: str
    booked_at: datetime
    arrived_at: datetime | None
    called_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    closed_at: datetime | None
    close_reason: str


class AppointmentPage(Schema):
    """A page of appointments in the order of their start."""

    items: list[AppointmentOut]
    next: str | None


@router.get(
    "/slots",
    response={200: list[SlotOut], ERRORS: Problem},
    operation_id="list_slots",
    summary="Free times of a service, at most 31 days",
)
def list_slots(
    request: ApiRequest,
    service: UUID,
    start: Annotated[Day | Moment, Query(alias="from", description="A day, or a moment with offset")],
    end: Annotated[
        Day | Moment, Query(alias="to", description="The last day, or the moment of the last end")
    ],
    site: UUID | None = None,
    practitioner: UUID | None = None,
) -> HttpResponse:
    """Only what a booking would not refuse for site, practitioner, room or equipment."""
    place = site_of(request.auth, site)
    found = queries.free_slots(
        request.auth,
        site=place,
        service=service,
        first=_day(request, place, start),
        last=_day(request, place, end),
        at=clock.now(),
        practitioner=practitioner,
    )
    return answer([slot._asdict() for slot in found if _within(slot, start, end)])


def _day(request: ApiRequest, site: UUID, value: date | datetime) -> date:
    if isinstance(value, datetime):
        return clock.local_day(value, site_for(request.auth, site).time_zone)
    return value


def _within(slot: FreeSlot, start: date | datetime, end: date | datetime) -> bool:
    if isinstance(start, datetime) and slot.start < start:
        return False
    return not (isinstance(end, datetime) and slot.end > end)


@router.post(
    "/appointments",
    response={201: AppointmentOut, CHANGE_ERRORS: Problem},
    operation_id="book_appointment",
    summary="Book a time",
)
def book(
    request: ApiRequest,
    payload: BookingIn,
    idempotency_key: Annotated[
        str, Header(alias="Idempotency-Key", max_length=100, description="Repeating it books once")
    ] = "",
) -> HttpResponse:
    """409 scheduling.slot_taken names alternatives; 422 controls.refused names every gate that refused."""
    appointment = services.book_appointment(
        actor=request.auth,
        at=clock.now(),
        site=site_of(request.auth, payload.site),
        patient=payload.patient,
        service=payload.service,
        practitioner=payload.practitioner,
        start=payload.start,
        room=payload.room,
        channel=payload.channel,
        note=payload.note,
        request_key=_key(idempotency_key),
        request_digest=_digest(request.body) if idempotency_key else "",
    )
    return answer(_shown(*queries.appointment_row(request.auth, appointment.pk)), 201)


def _key(key: str) -> str:
    if not key.isprintable():
        raise Invalid({"Idempotency-Key": ["Printable characters only"]})
    return key


def _digest(body: bytes) -> str:
    canonical = json.dumps(json.loads(body), sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


@router.get(
    "/appointments",
    response={200: AppointmentPage, ERRORS: Problem},
    operation_id="list_appointments",
    summary="The appointments of a site's day",
)
def list_appointments(
    request: ApiRequest,
    day: Day,
    site: UUID | None = None,
    practitioner: UUID | None = None,
    after: After = None,
    limit: Limit = 50,
) -> HttpResponse:
    """In the order of their start, cancelled ones included."""
    place = site_for(request.auth, site_of(request.auth, site))
    rows = queries.appointments_for_day(
        request.auth,
        site=place.pk,
        day=day,
        practitioner=practitioner,
        after=key_of(after),
        limit=limit + 1,
    )
    following = str(rows[limit - 1].id) if len(rows) > limit else None
    return answer({"items": [_shown(row, place.time_zone) for row in rows[:limit]], "next": following})


@router.get(
    "/appointments/{uuid:appointment_id}",
    response={200: AppointmentOut, ERRORS: Problem},
    operation_id="read_appointment",
    summary="One appointment",
)
def read_appointment(request: ApiRequest, appointment_id: UUID) -> HttpResponse:
    """404 for another site's."""
    request.auth.require(VIEW)
    return answer(_shown(*queries.appointment_row(request.auth, appointment_id)))


@router.post(
    "/appointments/{uuid:appointment_id}/reschedule",
    response={200: AppointmentOut, CHANGE_ERRORS: Problem},
    operation_id="reschedule_appointment",
    summary="Move an appointment; the old time is kept when the new one cannot be had",
)
def reschedule(request: ApiRequest, appointment_id: UUID, payload: MoveIn) -> HttpResponse:
    """Refusals and conflicts as in booking."""
    return _stepped(request, services.reschedule_appointment, appointment_id, **payload.dict())


@router.post(
    "/appointments/{uuid:appointment_id}/cancel",
    response={200: AppointmentOut, CHANGE_ERRORS: Problem},
    operation_id="cancel_appointment",
    summary="Give an appointment up",
)
def cancel(request: ApiRequest, appointment_id: UUID, payload: CancelIn) -> HttpResponse:
    """What it held is free again."""
    return _stepped(request, services.cancel_appointment, appointment_id, **payload.dict())


@router.post(
    "/appointments/{uuid:appointment_id}/check-in",
    response={200: AppointmentOut, CHANGE_ERRORS: Problem},
    operation_id="check_in",
    summary="The patient is here",
)
def check_in(request: ApiRequest, appointment_id: UUID) -> HttpResponse:
    """Gives the queue ticket."""
    return _stepped(request, services.check_in, appointment_id)


@router.post(
    "/appointments/{uuid:appointment_id}/call",
    response={200: AppointmentOut, CHANGE_ERRORS: Problem},
    operation_id="call_patient",
    summary="Ask the patient into the room",
)
def call(request: ApiRequest, appointment_id: UUID, payload: CallIn | None = None) -> HttpResponse:
    """Waiting is counted to the first call."""
    return _stepped(request, services.call_in, appointment_id, room=payload.room if payload else None)


@router.post(
    "/appointments/{uuid:appointment_id}/start",
    response={200: AppointmentOut, CHANGE_ERRORS: Problem},
    operation_id="start_visit",
    summary="The visit begins",
)
def start(request: ApiRequest, appointment_id: UUID) -> HttpResponse:
    """Licence, privilege and equipment are asked again."""
    return _stepped(request, services.start_visit, appointment_id)


@router.post(
    "/appointments/{uuid:appointment_id}/finish",
    response={200: AppointmentOut, CHANGE_ERRORS: Problem},
    operation_id="finish_visit",
    summary="The visit is over",
)
def finish(request: ApiRequest, appointment_id: UUID) -> HttpResponse:
    """The room is free again."""
    return _stepped(request, services.finish_visit, appointment_id)


def _stepped(request: ApiRequest, step: Step, appointment: UUID, **values: Any) -> HttpResponse:
    changed = step(actor=request.auth, at=clock.now(), appointment=appointment, **values)
    return answer(_shown(*queries.appointment_row(request.auth, changed.pk)))


def _shown(row: Row, zone: str) -> dict[str, Any]:
    place = ZoneInfo(zone)
    shown: dict[str, Any] = {name: getattr(row, name) for name in PLAIN}
    for name in NAMES:
        shown[name] = getattr(row, name) or ""
    for name, column in MOMENTS.items():
        moment = getattr(row, column)
        shown[name] = moment and moment.astimezone(place)
    return shown
