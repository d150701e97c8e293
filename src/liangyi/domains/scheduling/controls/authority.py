"""Who or what is booked for a day on which it will not be entitled: found at night, closed when put right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from liangyi.domains.scheduling.controls.declared import BOOKED_WITHOUT_AUTHORITY
from liangyi.domains.scheduling.models import Appointment
from liangyi.domains.scheduling.queries.entitlement import Entitlements
from liangyi.domains.scheduling.queries.standing import coming, site_day
from liangyi.platform.controls.catalogue import Finding, watch


@watch(BOOKED_WITHOUT_AUTHORITY)
def booked_without_authority(at: datetime) -> Iterable[Finding]:
    """One finding for each person or device, with the appointments it is about: those of its first site.

    The appointments themselves are the desk's work (scheduling.rebook); this one is for whoever can renew
    a certificate, give the authority or have the device calibrated.
    """
    hit: dict[tuple[str, UUID], list[Appointment]] = defaultdict(list)
    booked = coming(Appointment.objects.all(), at)
    papers = Entitlements.read(booked) if booked else None
    for appointment in booked:
        day = site_day(appointment).day
        for cause in (
            dict.fromkeys(lapse.cause for lapse in papers.lapses(appointment, day)) if papers else ()
        ):
            hit[cause].append(appointment)
    for (kind, id), appointments in hit.items():
        yield Finding(kind, id, appointments[0].site_id, _facts(appointments))


def _facts(appointments: list[Appointment]) -> dict[str, object]:
    return {
        "appointments": len(appointments),
        "first_day": site_day(appointments[0]).day.isoformat(),
        "last_day": site_day(appointments[-1]).day.isoformat(),
    }
