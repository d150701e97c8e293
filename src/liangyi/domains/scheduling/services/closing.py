"""Closing a day: whoever was booked and has not come is a no-show."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from liangyi.domains.scheduling.enums import AppointmentStatus
from liangyi.domains.scheduling.errors import TooEarly
from liangyi.domains.scheduling.events import DayClosed
from liangyi.domains.scheduling.models import Appointment, DayClosing
from liangyi.domains.scheduling.permissions import RECEIVE
from liangyi.domains.scheduling.rules.days import day_of, local_day, moment_of
from liangyi.domains.scheduling.services.visiting import miss_in_transaction
from liangyi.platform import events
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Missing

CATCH_UP_DAYS = 7


class ClosedDay(NamedTuple):
    """The closing of a day, and the appointments this run of it found missed."""

    closing: DayClosing
    missed: list[Appointment]


def close_day(*, actor: Actor, at: datetime, site: UUID, day: date) -> ClosedDay:
    """Mark as no-shows all of the site's day that were to have begun by now and have not come.

    Repeating it changes nothing, unless more have become due since. Not for a day to come (TooEarly).
    """
    actor.require(RECEIVE, site)
    with recorded(actor):
        place = Site.objects.select_for_update().filter(id=site).first()
        if place is None:
            raise Missing()
        if day > day_of(at, ZoneInfo(place.time_zone)):
            raise TooEarly(_("这一天还没有到"))
        missed = _due(place, day, at)
        for appointment in missed:
            miss_in_transaction(appointment, "", actor=actor, at=at)
        closing = _kept(place, day, len(missed), actor, at)
        events.publish(DayClosed(site, day, len(missed), at))
    return ClosedDay(closing, missed)


def _due(site: Site, day: date, at: datetime) -> list[Appointment]:
    span = local_day(day, ZoneInfo(site.time_zone))
    found = Appointment.objects.select_for_update(of=("self",)).filter(
        site=site,
        source="",
        status=AppointmentStatus.BOOKED,
        starts_at__gte=moment_of(span.start, span.zone),
        starts_at__lt=min(moment_of(span.end, span.zone), at),
    )
    return list(found.select_related("site", "patient", "service").order_by("id"))


def _kept(site: Site, day: date, missed: int, actor: Actor, at: datetime) -> DayClosing:
    by = actor.id if actor.kind == "staff" else None
    closing, made = DayClosing.objects.get_or_create(
        site=site, day=day, defaults={"closed_at": at, "closed_by_id": by, "no_shows": missed}
    )
    if missed and not made:
        closing.no_shows += missed
        closing.save(update_fields=["no_shows"])
    return closing


def close_days_past(*, actor: Actor, at: datetime) -> list[ClosedDay]:
    """Close yesterday at every site, and what the week before was left open."""
    closed = []
    for site, zone in Site.objects.filter(is_active=True).order_by("id").values_list("id", "time_zone"):
        today = day_of(at, ZoneInfo(zone))
        days = [today - timedelta(days=n) for n in range(CATCH_UP_DAYS, 0, -1)]
        done = set(DayClosing.objects.filter(site=site, day__in=days[:-1]).values_list("day", flat=True))
        closed += [close_day(actor=actor, at=at, site=site, day=day) for day in days if day not in done]
    return closed
