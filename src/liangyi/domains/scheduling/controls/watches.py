"""What is found at night: appointments nobody will be reminded of, and what was written down late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from liangyi.domains.scheduling.controls.declared import MOST_RECORDED_LATE_DAYS, RECORDED_LATE, REMINDED
from liangyi.domains.scheduling.enums import AppointmentStatus
from liangyi.domains.scheduling.models import Appointment, StatusChange
from liangyi.domains.scheduling.notices import REMINDER
from liangyi.domains.scheduling.subjects import APPOINTMENT
from liangyi.domains.scheduling.work import REMIND_BY_PHONE
from liangyi.platform.access.models import Site
from liangyi.platform.controls.catalogue import Finding, watch
from liangyi.platform.controls.queries import settings_for
from liangyi.platform.messages.models import Message
from liangyi.platform.worklist.models import WorkItem


@watch(REMINDED)
def without_reminder(at: datetime) -> Iterable[Finding]:
    """Booked appointments within the reminder's time that have neither a message nor a call to make."""
    for site in Site.objects.filter(is_active=True).order_by("id"):
        hours = timedelta(hours=int(settings_for([REMINDED], site.id, at)[REMINDED.code]["hours"]))
        for id, starts_at in _unreminded(site, at, hours).values_list("id", "starts_at"):
            yield Finding(APPOINTMENT, id, site.id, {"starts_at": starts_at.isoformat()})


def _unreminded(site: Site, at: datetime, before: timedelta) -> QuerySet[Appointment]:
    """Those booked or moved so late that no reminder was due are left out."""
    mine: dict[str, Any] = {"subject_type": APPOINTMENT, "subject_id": OuterRef("id")}
    told = Message.objects.filter(template=REMINDER.code, cancelled_at=None, failed_at=None, **mine)
    asked = WorkItem.objects.filter(kind=REMIND_BY_PHONE.code, cancelled_at=None, **mine)
    recent = StatusChange.objects.filter(
        appointment=OuterRef("id"), to_status=AppointmentStatus.BOOKED, at__gte=OuterRef("starts_at") - before
    )
    return Appointment.objects.filter(
        ~Exists(told),
        ~Exists(asked),
        ~Exists(recent),
        site=site,
        source="",
        status=AppointmentStatus.BOOKED,
        starts_at__gt=at,
        starts_at__lte=at + before,
        booked_at__lt=F("starts_at") - before,
    )


@watch(RECORDED_LATE)
def recorded_late(at: datetime) -> Iterable[Finding]:
    """Appointments with a step that was written down afterwards in the last days, as the site counts them."""
    since = at - timedelta(days=MOST_RECORDED_LATE_DAYS)
    found = StatusChange.objects.filter(recorded_at__gt=since, recorded_at__lte=at)
    watched: dict[UUID, timedelta] = {}
    for change in found.select_related("appointment").order_by("recorded_at"):
        site = change.appointment.site_id
        if site not in watched:
            days = settings_for([RECORDED_LATE], site, at)[RECORDED_LATE.code]["days"]
            watched[site] = timedelta(days=int(days))
        if change.recorded_at is None or change.recorded_at <= at - watched[site]:
            continue
        facts = {"status": change.to_status, "at": change.at.isoformat(), "reason": change.reason}
        yield Finding(APPOINTMENT, change.appointment_id, change.appointment.site_id, facts)
