"""What worklist, verdicts and messages mean by an appointment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID
from zoneinfo import ZoneInfo

from liangyi.domains.scheduling.models import Appointment
from liangyi.domains.scheduling.permissions import appointments_visible_to
from liangyi.platform import subjects
from liangyi.platform.actors import Actor

APPOINTMENT = "scheduling.appointment"


def url_of(appointment: UUID) -> str:
    """The appointment's page."""
    return f"/scheduling/appointments/{appointment}/"


def _label(ids: Collection[UUID]) -> Mapping[UUID, str]:
    rows = Appointment.objects.filter(id__in=ids).values_list(
        "id", "patient__name", "service__name", "starts_at", "site__time_zone"
    )
    return {
        id: f"{patient} · {service or '—'} · {starts_at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"
        for id, patient, service, starts_at, zone in rows
    }


def _may_see(actor: Actor, ids: Collection[UUID]) -> set[UUID]:
    return set(appointments_visible_to(actor).filter(id__in=ids).values_list("id", flat=True))


subjects.register(APPOINTMENT, label=_label, url=url_of, may_see=_may_see)
