"""Giving an appointment another time, or up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from liangyi.domains.patients.queries import facts_for_booking
from liangyi.domains.scheduling.decisions import BookAppointment, Facts
from liangyi.domains.scheduling.enums import AppointmentStatus, CancelReason
from liangyi.domains.scheduling.errors import WrongStatus
from liangyi.domains.scheduling.events import AppointmentCancelled, AppointmentMoved
from liangyi.domains.scheduling.models import Appointment, Reservation, StatusChange
from liangyi.domains.scheduling.permissions import BOOK
from liangyi.domains.scheduling.queries.facts import booking_facts
from liangyi.domains.scheduling.rules.days import day_of
from liangyi.domains.scheduling.rules.inputs import checked_note, checked_start
from liangyi.domains.scheduling.rules.ladder import may_move
from liangyi.domains.scheduling.services.counting import count_again
from liangyi.domains.scheduling.services.offering import offering
from liangyi.domains.scheduling.services.reserving import Chosen, choose, lock_days, reserve
from liangyi.domains.scheduling.services.retrying import settled
from liangyi.domains.scheduling.services.steps import local_day, locked, moment, step
from liangyi.domains.scheduling.services.telling import announce, announce_cancellation, take_back
from liangyi.domains.scheduling.subjects import APPOINTMENT
from liangyi.domains.scheduling.work import REBOOK
from liangyi.platform import events
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.controls.services import Override, decide, deciding
from liangyi.platform.errors import Invalid, Missing
from liangyi.platform.worklist import services as worklist


@dataclass(frozen=True, slots=True)
class _Move:
    actor: Actor
    at: datetime
    appointment: UUID
    start: datetime
    practitioner: UUID | None
    room: UUID | None
    reason: str
    override: Override | None


def reschedule_appointment(
    *,
    actor: Actor,
    at: datetime,
    appointment: UUID,
    start: datetime,
    reason: str,
    practitioner: UUID | None = None,
    room: UUID | None = None,
    override: Override | None = None,
) -> Appointment:
    """Another time (and practitioner, and room) for what is booked and has not begun.

    The gates are asked, and may be overridden, as for a new booking; the price is that of the new day;
    messages waiting are taken back and queued anew. If the new time cannot be had, the old one stays.
    Raises as `book_appointment`, and WrongStatus.
    """
    note = checked_note(reason, "reason", 200, required=True)
    move = _Move(actor, at, appointment, checked_start(start), practitioner, room, note, override)
    standing = _standing(move)
    site, service = standing.site_id, standing.service_id
    doctor = practitioner or standing.practitioner_id
    if service is None or doctor is None:
        raise Missing()
    with deciding(actor=actor, at=at), offering(site, service, doctor, move.start, at, without=appointment):
        return settled(lambda: _move(move))


def _standing(move: _Move) -> Appointment:
    """The appointment before anything is locked. Missing for another site's, Denied without permission."""
    found = Appointment.objects.filter(id=move.appointment, source="").first()
    if found is None:
        raise Missing()
    move.actor.require(BOOK, found.site_id)
    return found


def _move(move: _Move) -> Appointment:
    with recorded(move.actor, reason=move.reason):
        found = locked(move.appointment, move.actor, BOOK)
        if not may_move(found.status):
            label = AppointmentStatus(found.status).label
            raise WrongStatus(_("预约目前是“%(status)s”，不能改期") % {"status": label}, status=found.status)
        facts = _facts(found, move)
        decide(
            BookAppointment(move.at, facts),
            actor=move.actor,
            at=move.at,
            site=found.site_id,
            subject=(APPOINTMENT, found.id),
            override=move.override,
        )
        return _replace(found, facts, choose(facts, move.room), move)


def _facts(found: Appointment, move: _Move) -> Facts:
    practitioner = move.practitioner or found.practitioner_id
    if found.service_id is None or practitioner is None:
        raise Missing()
    facts, _repeated = booking_facts(
        site=found.site_id,
        service=found.service_id,
        practitioner=practitioner,
        patient=found.patient_id,
        starts_at=move.start,
        room=move.room,
        without=found.id,
    )
    return facts


def _replace(found: Appointment, facts: Facts, chosen: Chosen, move: _Move) -> Appointment:
    before, old_day = found.starts_at, local_day(found)
    held = Reservation.objects.filter(appointment=found)
    old = {(resource, str(old_day)) for resource in held.values_list("resource", flat=True)}
    lock_days(old | {(hold.resource, str(facts.day)) for hold in chosen.holds})
    held.delete()
    reserve(found.id, chosen.holds)
    found.starts_at, found.ends_at, found.moved_from = facts.starts_at, facts.ends_at, before
    found.practitioner_id, found.room_id = facts.practitioner.id, chosen.room.id
    found.price_cents = facts.service.price_cents
    found.save(update_fields=["starts_at", "ends_at", "moved_from", "practitioner", "room", "price_cents"])
    _note(found, move)
    worklist.finish_for((APPOINTMENT, found.id), REBOOK.code, actor=move.actor, at=move.at)
    take_back(found, actor=move.actor, at=move.at)
    announce(found, facts, actor=move.actor, at=move.at)
    count_again(found.site_id, {old_day, facts.day})
    by = move.actor.id if move.actor.kind == "staff" else None
    events.publish(AppointmentMoved(found.id, found.site_id, before, found.starts_at, move.at, by))
    return found


def _note(found: Appointment, move: _Move) -> None:
    """A move is a step from booked to booked."""
    StatusChange.objects.create(
        appointment=found,
        from_status=found.status,
        to_status=found.status,
        at=move.at,
        by_id=move.actor.id if move.actor.kind == "staff" else None,
        room_id=found.room_id,
        reason=move.reason,
    )


def cancel_appointment(
    *, actor: Actor, at: datetime, appointment: UUID, reason: str, note: str = ""
) -> Appointment:
    """Give an appointment up; what it held is free again and the patient is told.

    `reason` is a CancelReason, or free text, which counts as OTHER. Raises WrongStatus, Denied, Missing.
    """
    code, text = _why(reason, note)
    with recorded(actor, reason=text or code):
        found = locked(appointment, actor, BOOK)
        when = moment(at, None, text)
        step(
            found,
            AppointmentStatus.CANCELLED,
            when,
            actor=actor,
            closed_at=at,
            close_reason=code,
            close_note=text,
        )
        Reservation.objects.filter(appointment=found).delete()
        worklist.finish_for((APPOINTMENT, found.id), REBOOK.code, actor=actor, at=at)
        take_back(found, actor=actor, at=at)
        _tell(found, actor=actor, at=at)
        by = actor.id if actor.kind == "staff" else None
        events.publish(AppointmentCancelled(found.id, found.site_id, found.starts_at, code, at, by))
    return found


def _why(reason: str, note: str) -> tuple[str, str]:
    reason = checked_note(reason, "reason", 200, required=True)
    note = checked_note(note, "note", 200)
    if reason == CancelReason.MOVED:
        raise Invalid({"reason": [_("请从列表中选择")]})
    if reason in CancelReason.values:
        return reason, note
    return CancelReason.OTHER, note or reason


def _tell(found: Appointment, *, actor: Actor, at: datetime) -> None:
    """Only of what was still to come; by mail if the patient has agreed to messages."""
    if found.starts_at > at and day_of(at, ZoneInfo(found.site.time_zone)) <= local_day(found):
        patient = facts_for_booking(found.patient_id, local_day(found), found.site_id)
        email = patient.email if patient.may_be_messaged else ""
        announce_cancellation(found, found.site.time_zone, patient.name, email, actor=actor, at=at)
