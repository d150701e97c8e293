"""Calling, starting and finishing the visit; the patient who does not come."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.domains.organisation.models import Room
from liangyi.domains.scheduling.decisions import StartVisit
from liangyi.domains.scheduling.enums import AppointmentStatus, ResourceKind
from liangyi.domains.scheduling.errors import TooEarly, WrongStatus
from liangyi.domains.scheduling.events import (
    AppointmentMissed,
    NoShowUndone,
    PatientCalled,
    VisitFinished,
    VisitStarted,
)
from liangyi.domains.scheduling.models import Appointment, Reservation
from liangyi.domains.scheduling.permissions import RECEIVE, VISIT
from liangyi.domains.scheduling.services.reserving import Hold, hold_what_is_free, release
from liangyi.domains.scheduling.services.steps import check_step, facts_of, locked, moment, step
from liangyi.domains.scheduling.services.telling import take_back
from liangyi.domains.scheduling.subjects import APPOINTMENT
from liangyi.platform import events
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.controls.services import decide, deciding
from liangyi.platform.errors import Missing


def call_in(*, actor: Actor, at: datetime, appointment: UUID, room: UUID | None = None) -> Appointment:
    """Call the patient to the appointment's room or another one of the site; again if called before.

    The first call is the one waiting is counted to. Raises WrongStatus, Denied, Missing.
    """
    with recorded(actor):
        found = locked(appointment, actor, VISIT)
        check_step(found, AppointmentStatus.CALLED)
        place = _room_of(found, room)
        step(
            found,
            AppointmentStatus.CALLED,
            moment(at, None, ""),
            actor=actor,
            room=place,
            called_at=found.called_at or at,
            room_id=place,
        )
        events.publish(PatientCalled(found.id, found.site_id, place, found.ticket, at))
    return found


def recall(*, actor: Actor, at: datetime, appointment: UUID) -> Appointment:
    """Call once more somebody who was called and did not come."""
    with recorded(actor):
        found = locked(appointment, actor, VISIT)
        if found.status != AppointmentStatus.CALLED:
            raise WrongStatus(_("还没有叫过号"), status=found.status)
        return call_in(actor=actor, at=at, appointment=appointment)


def _room_of(appointment: Appointment, room: UUID | None) -> UUID:
    if room is None or room == appointment.room_id:
        if appointment.room_id is None:
            raise Missing()
        return appointment.room_id
    if not Room.objects.filter(id=room, site=appointment.site_id, is_active=True).exists():
        raise Missing()
    return room


def start_visit(
    *,
    actor: Actor,
    at: datetime,
    appointment: UUID,
    happened_at: datetime | None = None,
    reason: str = "",
) -> Appointment:
    """The visit begins: licence, privilege and calibration are asked once more, as of today.

    With `happened_at` it is recorded afterwards: no gate then, a reason instead. Raises Refused,
    WrongStatus, Denied, Missing.
    """
    when = moment(at, happened_at, reason)
    with deciding(actor=actor, at=at), recorded(actor, reason=when.reason):
        found = locked(appointment, actor, VISIT)
        check_step(found, AppointmentStatus.IN_PROGRESS)
        if not when.is_late:
            facts = facts_of(found, at)
            subject = (APPOINTMENT, found.id)
            decide(StartVisit(at, facts), actor=actor, at=at, site=found.site_id, subject=subject)
        step(found, AppointmentStatus.IN_PROGRESS, when, actor=actor, started_at=when.at)
        events.publish(VisitStarted(found.id, found.site_id, found.patient_id, when.at))
    return found


def finish_visit(
    *,
    actor: Actor,
    at: datetime,
    appointment: UUID,
    happened_at: datetime | None = None,
    reason: str = "",
) -> Appointment:
    """The visit is over; what it still held is free again once it is clean.

    Raises WrongStatus, Denied, Missing.
    """
    when = moment(at, happened_at, reason)
    with recorded(actor, reason=when.reason):
        found = locked(appointment, actor, VISIT)
        step(found, AppointmentStatus.FINISHED, when, actor=actor, finished_at=when.at)
        release(found.id, found.ends_at - when.at)
        events.publish(VisitFinished(found.id, found.site_id, found.patient_id, when.at))
    return found


def mark_no_show(*, actor: Actor, at: datetime, appointment: UUID, reason: str = "") -> Appointment:
    """The patient did not come; what was held is free again. Not before the start (TooEarly)."""
    when = moment(at, None, reason)
    with recorded(actor, reason=when.reason):
        found = locked(appointment, actor, RECEIVE)
        check_step(found, AppointmentStatus.NO_SHOW)
        if at < found.starts_at:
            raise TooEarly(_("还没到预约时间，不能记为爽约"))
        miss_in_transaction(found, when.reason, actor=actor, at=at)
    return found


def miss_in_transaction(found: Appointment, reason: str, *, actor: Actor, at: datetime) -> None:
    """Write down that the patient of a locked appointment did not come."""
    when = moment(at, None, reason)
    step(found, AppointmentStatus.NO_SHOW, when, actor=actor, closed_at=at)
    Reservation.objects.filter(appointment=found).delete()
    take_back(found, actor=actor, at=at)
    events.publish(AppointmentMissed(found.id, found.site_id, found.patient_id, at))


def _holds_again(found: Appointment) -> list[Hold]:
    span = (found.starts_at, found.ends_at)
    holds = [
        Hold(_room_of(found, None), 0, ResourceKind.ROOM, *span),
        Hold(found.patient.canonical_id or found.patient_id, 0, ResourceKind.PATIENT, *span),
    ]
    if found.practitioner_id is not None:
        holds.append(Hold(found.practitioner_id, 0, ResourceKind.PRACTITIONER, *span))
    return holds


def undo_no_show(*, actor: Actor, at: datetime, appointment: UUID, reason: str) -> Appointment:
    """The patient came after all: booked again, with those of its resources that are still free.

    What has happened is recorded even where another patient has the room by now.
    """
    when = moment(at, None, reason)
    with recorded(actor, reason=when.reason):
        found = locked(appointment, actor, RECEIVE)
        step(found, AppointmentStatus.BOOKED, when, actor=actor, closed_at=None)
        hold_what_is_free(found.id, _holds_again(found))
        events.publish(NoShowUndone(found.id, found.site_id, at))
    return found
