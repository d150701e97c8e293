"""Rota, leave and closings as the planning pages show them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from liangyi.domains.scheduling.models import DayClosing, Leave, RotaRule, StatusChange
from liangyi.domains.scheduling.permissions import ROTA, VIEW, appointments_visible_to, sites_visible_to
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Denied


def rota_for(
    actor: Actor, *, site: UUID, first: date, last: date, staff: UUID | None = None
) -> QuerySet[RotaRule]:
    """The rules of a site that hold on some day of a span: by person, weekly ones before single days."""
    _require(actor, site)
    weekly = Q(day=None, valid_from__lte=last) & (Q(valid_to=None) | Q(valid_to__gte=first))
    rules = RotaRule.objects.filter(weekly | Q(day__range=(first, last)), site=site)
    if staff is not None:
        rules = rules.filter(staff=staff)
    return rules.select_related("staff").order_by("staff__pinyin", "staff", "day", "weekday", "starts")


def leave_for(actor: Actor, *, site: UUID, since: datetime, staff: UUID | None = None) -> QuerySet[Leave]:
    """Leave that ends after `since`, of the people on the site's rota."""
    _require(actor, site)
    leave = Leave.objects.filter(
        ends_at__gt=since, staff__in=RotaRule.objects.filter(site=site).values("staff")
    )
    if staff is not None:
        leave = leave.filter(staff=staff)
    return leave.select_related("staff").order_by("starts_at", "id")


def closings_for(actor: Actor, *, site: UUID, first: date, last: date) -> QuerySet[DayClosing]:
    """The site's days that were closed, the latest first."""
    actor.require(VIEW, site)
    return DayClosing.objects.filter(site=site, day__range=(first, last)).order_by("-day")


def changes_of(actor: Actor, appointment: UUID) -> QuerySet[StatusChange]:
    """Every step of an appointment the actor may see, in order."""
    found = StatusChange.objects.filter(
        appointment=appointment, appointment__in=appointments_visible_to(actor)
    )
    return found.select_related("by", "room").order_by("at", "id")


def late_records_for(actor: Actor, *, since: datetime) -> QuerySet[StatusChange]:
    """What was written down afterwards (补录) since a moment, at the actor's sites, the latest first."""
    found = StatusChange.objects.filter(recorded_at__gte=since)
    sites = sites_visible_to(actor)
    if sites is not None:
        found = found.filter(appointment__site__in=sites)
    return found.select_related("appointment__patient", "by").order_by("-recorded_at", "-id")


def _require(actor: Actor, site: UUID) -> None:
    """Whoever plans or sees appointments at the site."""
    try:
        actor.require(ROTA, site)
    except Denied:
        actor.require(VIEW, site)
