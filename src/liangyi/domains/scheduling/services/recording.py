"""Writing down afterwards (补录) a visit that nobody had booked: what has happened can always be recorded."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.domains.scheduling.decisions import Facts
from liangyi.domains.scheduling.enums import AppointmentStatus, Channel
from liangyi.domains.scheduling.errors import SlotUnavailable
from liangyi.domains.scheduling.events import VisitFinished
from liangyi.domains.scheduling.models import Appointment, StatusChange
from liangyi.domains.scheduling.permissions import RECEIVE
from liangyi.domains.scheduling.queries.facts import booking_facts
from liangyi.domains.scheduling.rules.inputs import checked_note, checked_start
from liangyi.domains.scheduling.services.counting import count_again
from liangyi.platform import events
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Invalid, Missing


def record_past_visit(
    *,
    actor: Actor,
    at: datetime,
    site: UUID,
    patient: UUID,
    service: UUID,
    practitioner: UUID,
    start: datetime,
    end: datetime,
    reason: str,
    room: UUID | None = None,
) -> Appointment:
    """A finished visit between two past moments: no gate, no reservation, no message, a reason instead.

    It is marked late, which a watch shows. Raises Invalid, Denied, Missing.
    """
    actor.require(RECEIVE, site)
    note = checked_note(reason, "reason", 200, required=True)
    start, end = checked_start(start), checked_start(end, "end")
    if not start < end <= at:
        raise Invalid({"end": [_("补录的时间不能晚于现在，结束须晚于开始")]})
    with recorded(actor, reason=note):
        facts, _repeated = booking_facts(
            site=site,
            service=service,
            practitioner=practitioner,
            patient=patient,
            starts_at=start,
            room=room,
        )
        if not actor.is_system and not facts.patient.sites & actor.grants.keys():
            raise Missing()
        appointment = _written(facts, end, actor=actor, at=at)
        _noted(appointment, note, actor, at)
        count_again(site, [facts.day])
        events.publish(VisitFinished(appointment.id, site, appointment.patient_id, end))
    return appointment


def _written(facts: Facts, end: datetime, *, actor: Actor, at: datetime) -> Appointment:
    if not facts.rooms:
        raise SlotUnavailable(_("本院区没有可以做该项目的房间"), why="room")
    return Appointment.objects.create(
        site_id=facts.site.id,
        patient_id=facts.patient.id,
        service_id=facts.service.id,
        practitioner_id=facts.practitioner.id,
        room_id=facts.rooms[0].id,
        starts_at=facts.starts_at,
        ends_at=end,
        status=AppointmentStatus.FINISHED,
        channel=Channel.DESK,
        is_walk_in=True,
        price_cents=facts.service.price_cents,
        booked_at=at,
        booked_by_id=actor.id if actor.kind == "staff" else None,
        started_at=facts.starts_at,
        finished_at=end,
    )


def _noted(appointment: Appointment, reason: str, actor: Actor, at: datetime) -> None:
    steps = (
        (AppointmentStatus.IN_PROGRESS, appointment.starts_at),
        (AppointmentStatus.FINISHED, appointment.ends_at),
    )
    before = ""
    for status, moment in steps:
        StatusChange.objects.create(
            appointment=appointment,
            from_status=before,
            to_status=status,
            at=moment,
            by_id=actor.id if actor.kind == "staff" else None,
            reason=reason,
            recorded_at=at,
        )
        before = status
