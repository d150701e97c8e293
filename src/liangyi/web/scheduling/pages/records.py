"""The appointments behind a number: any span, any source, paged by key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from liangyi.domains.scheduling.enums import AppointmentStatus
from liangyi.domains.scheduling.models import Appointment
from liangyi.domains.scheduling.permissions import VIEW, appointments_visible_to
from liangyi.platform.access.models import Site
from liangyi.web.scheduling.asked import day_from, today_of, uuid_from
from liangyi.web.shell.page import Request

PAGE = 50


def records_context(request: Request) -> dict[str, Any]:
    """A page of them: four statements, however many there are."""
    sites = list(Site.objects.filter(id__in=request.actor.sites_with(VIEW)).order_by("name"))
    chosen = next((site for site in sites if str(site.id) == request.GET.get("site")), None)
    today = today_of(request)
    last = day_from(request.GET.get("to"), today)
    first = day_from(request.GET.get("from"), last.replace(day=1))
    source = request.GET.get("source", "")[:40].replace("\x00", "")
    status = request.GET.get("status", "")
    found = _records(request, [chosen] if chosen else sites, source, first, last)
    if status in AppointmentStatus.values:
        found = found.filter(status=status)
    rows = list(_after(found, uuid_from(request.GET.get("after")))[: PAGE + 1])
    return {
        "rows": rows[:PAGE],
        "next": rows[PAGE - 1].id if len(rows) > PAGE else "",
        "first": first,
        "last": last,
        "source": source,
        "chosen": chosen,
        "sites": sites,
        "statuses": AppointmentStatus.choices,
    }


def _records(
    request: Request, sites: Sequence[Site], source: str, first: date, last: date
) -> QuerySet[Appointment]:
    """Each site's days are its own."""
    spans = Q(pk__in=[])
    for site in sites:
        start, end = _edges(first, last, site.time_zone)
        spans |= Q(site=site, starts_at__gte=start, starts_at__lt=end)
    found = appointments_visible_to(request.actor).filter(spans, source=source)
    return found.select_related("site", "patient", "service", "practitioner", "room")


def _edges(first: date, last: date, zone: str) -> tuple[datetime, datetime]:
    local = ZoneInfo(zone)
    return (
        datetime.combine(first, time(0), local),
        datetime.combine(max(last, first) + timedelta(days=1), time(0), local),
    )


def _after(found: QuerySet[Appointment], key: UUID | None) -> QuerySet[Appointment]:
    """The latest first, those after the row with the key."""
    ordered = found.order_by("-starts_at", "-id")
    row = Appointment.objects.filter(id=key).values_list("starts_at", "id").first() if key else None
    if row is None:
        return ordered
    return ordered.filter(Q(starts_at__lt=row[0]) | Q(starts_at=row[0], id__lt=row[1]))
