"""What something hits becomes work for reception, until it is rebooked, cancelled or fits again."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from liangyi.domains.scheduling.models import Appointment
from liangyi.domains.scheduling.permissions import ROTA
from liangyi.domains.scheduling.queries.standing import Standing, standing_of
from liangyi.domains.scheduling.services.telling import when
from liangyi.domains.scheduling.subjects import APPOINTMENT
from liangyi.domains.scheduling.work import REBOOK
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.worklist import services as worklist
from liangyi.platform.worklist.calendar import add_working_days
from liangyi.platform.worklist.models import WorkItem


def review(appointments: QuerySet[Appointment], *, actor: Actor, at: datetime) -> list[Appointment]:
    """Open work for those that no longer fit, close it for those that do; the ones hit. In `recorded`."""
    found = standing_of(appointments, at)
    for appointment in found.hit:
        _ask(appointment, actor, at)
    _take_back(found, at)
    return found.hit


def review_all(*, actor: Actor, at: datetime) -> int:
    """Every appointment to come, site by site: what ran out by date alone; how many cannot take place."""
    hit = 0
    for site in Site.objects.filter(is_active=True).order_by("id"):
        actor.require(ROTA, site.id)
        with recorded(actor):
            hit += len(review(Appointment.objects.filter(site=site), actor=actor, at=at))
    return hit


def _ask(appointment: Appointment, actor: Actor, at: datetime) -> None:
    due = min(add_working_days(at, 1, appointment.site.time_zone), appointment.starts_at)
    worklist.open_item(
        actor=actor,
        at=at,
        kind=REBOOK.code,
        site=appointment.site_id,
        subject=(APPOINTMENT, appointment.id),
        role="reception",
        due_at=due,
        facts={"when": when(appointment.starts_at, appointment.site.time_zone)},
    )


def _take_back(found: Standing, at: datetime) -> None:
    ids = [appointment.id for appointment in found.fit]
    WorkItem.objects.filter(
        kind=REBOOK.code, subject_type=APPOINTMENT, subject_id__in=ids, done_at=None, cancelled_at=None
    ).update(cancelled_at=at)
