"""The number of hours before which patients are reminded has changed: so does what is queued already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import DateTimeField, Exists, F, OuterRef, QuerySet, Subquery

from liangyi.domains.scheduling.controls.declared import MOST_REMINDER_HOURS, REMINDED
from liangyi.domains.scheduling.decisions import Notice
from liangyi.domains.scheduling.enums import AppointmentStatus
from liangyi.domains.scheduling.models import Appointment
from liangyi.domains.scheduling.notices import REMINDER
from liangyi.domains.scheduling.queries.facts import booking_facts
from liangyi.domains.scheduling.rules.reminders import next_reminder, notices, remind_at
from liangyi.domains.scheduling.services.telling import remind
from liangyi.domains.scheduling.subjects import APPOINTMENT
from liangyi.domains.scheduling.work import REMIND_BY_PHONE
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import local_day
from liangyi.platform.controls.values import course_for
from liangyi.platform.messages.models import Message
from liangyi.platform.worklist.models import WorkItem

BATCH = 500
Waiting = QuerySet[Message] | QuerySet[WorkItem]


def retime_reminders(*, actor: Actor, at: datetime, site: UUID | None = None) -> int:
    """Move every reminder and call that is still to come to the time the numbers in force now and later
    ask for, at one site or at all; what is overdue by them is due at once. Queue those that a shorter
    notice makes possible. A second run changes nothing. Returns how many were moved or queued."""
    sites = Site.objects.filter(is_active=True).order_by("id")
    return sum(_retime(each, actor, at) for each in (sites.filter(id=site) if site else sites))


def _retime(site: Site, actor: Actor, at: datetime) -> int:
    days = course_for(REMINDED.code, "hours", site.id, local_day(at, site.time_zone))
    course = notices(days, ZoneInfo(site.time_zone))
    with recorded(actor, reason="reminder hours changed"):
        moved = sum(_move(rows, course, at) for rows in (_mails(site), _calls(site)))
        return moved + _add(site, course, actor, at)


def _mails(site: Site) -> QuerySet[Message]:
    return Message.objects.filter(
        template=REMINDER.code,
        site=site,
        sent_at=None,
        cancelled_at=None,
        failed_at=None,
        sending_at=None,
        attempts=0,
    )


def _calls(site: Site) -> QuerySet[WorkItem]:
    return WorkItem.objects.filter(kind=REMIND_BY_PHONE.code, site=site, done_at=None, cancelled_at=None)


def _move(rows: Waiting, course: Sequence[Notice], at: datetime) -> int:
    """Only what is due later: a call that is due already is somebody's work of today."""
    about = Appointment.objects.filter(id=OuterRef("subject_id"), starts_at__gt=at)
    starts = Subquery(about.values("starts_at")[:1], output_field=DateTimeField())
    waiting = rows.filter(subject_type=APPOINTMENT, due_at__gt=at).annotate(starts_at=starts)
    moved: list[Any] = []
    for row in waiting.filter(starts_at__isnull=False).select_for_update(of=("self",)).order_by("id"):
        due_at = max(remind_at(row.starts_at, course, at), at)
        if row.due_at != due_at:
            row.due_at = due_at
            moved.append(row)
    rows.model._default_manager.bulk_update(moved, ["due_at"], batch_size=BATCH)
    return len(moved)


def _add(site: Site, course: Sequence[Notice], actor: Actor, at: datetime) -> int:
    """Appointments made too late for a reminder by the old number, and early enough by the new one."""
    found = _unreminded(site, at).order_by("starts_at", "id")
    due = [row for row in found if next_reminder(row.starts_at, course, at) is not None]
    for appointment in due:
        _remind(appointment, actor, at)
    return len(due)


def _unreminded(site: Site, at: datetime) -> QuerySet[Appointment]:
    mine = {"subject_type": APPOINTMENT, "subject_id": OuterRef("id"), "cancelled_at": None}
    latest = timedelta(hours=MOST_REMINDER_HOURS)
    return Appointment.objects.filter(
        ~Exists(Message.objects.filter(template=REMINDER.code, **mine)),
        ~Exists(WorkItem.objects.filter(kind=REMIND_BY_PHONE.code, **mine)),
        site=site,
        source="",
        status=AppointmentStatus.BOOKED,
        is_walk_in=False,
        starts_at__gt=at,
        starts_at__lte=at + latest,
        booked_at__gt=F("starts_at") - latest,
        service__isnull=False,
        practitioner__isnull=False,
    )


def _remind(appointment: Appointment, actor: Actor, at: datetime) -> None:
    service, practitioner = appointment.service_id, appointment.practitioner_id
    if service is None or practitioner is None:
        return
    facts, _repeated = booking_facts(
        site=appointment.site_id,
        service=service,
        practitioner=practitioner,
        patient=appointment.patient_id,
        starts_at=appointment.starts_at,
        without=appointment.id,
    )
    remind(appointment, facts, actor=actor, at=at)
