"""One step of an appointment up or down its ladder: lock, check, write, note who and when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from liangyi.domains.scheduling.decisions import Facts
from liangyi.domains.scheduling.enums import AppointmentStatus
from liangyi.domains.scheduling.errors import WrongStatus
from liangyi.domains.scheduling.models import Appointment, StatusChange
from liangyi.domains.scheduling.queries.facts import booking_facts
from liangyi.domains.scheduling.rules.days import day_of
from liangyi.domains.scheduling.rules.inputs import checked_note
from liangyi.domains.scheduling.rules.ladder import may_step
from liangyi.domains.scheduling.services.counting import count_again
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Invalid, Missing

LATE_AFTER = timedelta(minutes=5)


class Moment(NamedTuple):
    """When something happened, and whether it is written down only afterwards (补录)."""

    at: datetime
    recorded_at: datetime | None
    reason: str

    @property
    def is_late(self) -> bool:
        """Written down afterwards: no gate then, what has happened can always be recorded."""
        return self.recorded_at is not None


def moment(at: datetime, happened_at: datetime | None, reason: str) -> Moment:
    """`at`, or the earlier time it happened; what is older than a few minutes needs a reason."""
    if happened_at is None:
        return Moment(at, None, checked_note(reason, "reason", 200))
    if happened_at.tzinfo is None or happened_at > at:
        raise Invalid({"happened_at": [_("补录的时间不能晚于现在")]})
    is_late = at - happened_at > LATE_AFTER
    note = checked_note(reason, "reason", 200, required=is_late)
    return Moment(happened_at, at if is_late else None, note)


def locked(appointment: UUID, actor: Actor, permission: str) -> Appointment:
    """The appointment, locked, with its site; Missing unless it is our own and at a site of the actor."""
    found = (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("site")
        .filter(id=appointment, source="")
        .first()
    )
    if found is None:
        raise Missing()
    actor.require(permission, found.site_id)
    return found


def check_step(appointment: Appointment, status: str) -> None:
    """Raise WrongStatus unless `status` may follow."""
    if not may_step(appointment.status, status):
        before = AppointmentStatus(appointment.status).label
        raise WrongStatus(
            _("预约目前是“%(status)s”，不能这样操作") % {"status": before}, status=appointment.status
        )


def step(
    appointment: Appointment,
    status: str,
    when: Moment,
    *,
    actor: Actor,
    room: UUID | None = None,
    **changes: Any,
) -> Appointment:
    """Write the step and `changes` to further fields. `check_step` comes before."""
    check_step(appointment, status)
    before, appointment.status = appointment.status, status
    for name, value in changes.items():
        setattr(appointment, name, value)
    appointment.save(update_fields=["status", *changes])
    StatusChange.objects.create(
        appointment=appointment,
        from_status=before,
        to_status=status,
        at=when.at,
        by_id=actor.id if actor.kind == "staff" else None,
        room_id=room,
        reason=when.reason,
        recorded_at=when.recorded_at,
    )
    count_again(appointment.site_id, [local_day(appointment)])
    return appointment


def local_day(appointment: Appointment) -> Any:
    """The calendar day of the appointment at its site."""
    return day_of(appointment.starts_at, ZoneInfo(appointment.site.time_zone))


def facts_of(appointment: Appointment, starts_at: datetime | None = None) -> Facts:
    """The facts of an appointment that stands, as of its own start or another moment."""
    service, practitioner = appointment.service_id, appointment.practitioner_id
    if service is None or practitioner is None:
        raise Missing()
    facts, _repeated = booking_facts(
        site=appointment.site_id,
        service=service,
        practitioner=practitioner,
        patient=appointment.patient_id,
        starts_at=starts_at or appointment.starts_at,
        without=appointment.id,
    )
    return facts
