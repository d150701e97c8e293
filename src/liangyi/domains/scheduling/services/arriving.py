"""Receiving patients: the gate of arrival and the queue ticket."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils.translation import gettext_lazy as _

from liangyi.domains.scheduling.decisions import CheckIn, Facts
from liangyi.domains.scheduling.enums import AppointmentStatus
from liangyi.domains.scheduling.errors import NotToday
from liangyi.domains.scheduling.events import PatientArrived
from liangyi.domains.scheduling.models import Appointment
from liangyi.domains.scheduling.permissions import RECEIVE
from liangyi.domains.scheduling.rules.days import day_of, local_day, moment_of
from liangyi.domains.scheduling.services.steps import Moment, check_step, facts_of, locked, moment, step
from liangyi.domains.scheduling.services.telling import take_back
from liangyi.domains.scheduling.subjects import APPOINTMENT
from liangyi.platform import events
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.controls.services import Override, decide, deciding

_NEXT_TICKET = """SELECT coalesce(max(substr(ticket, 2)::int), 0) + 1 FROM scheduling_appointment
WHERE site_id = %s AND starts_at >= %s AND starts_at < %s AND ticket <> ''"""


def check_in(
    *,
    actor: Actor,
    at: datetime,
    appointment: UUID,
    happened_at: datetime | None = None,
    reason: str = "",
    override: Override | None = None,
) -> Appointment:
    """The patient is here: asked for consent again, given the day's next ticket.

    On the day of the appointment only (NotToday). With `happened_at` it is recorded afterwards: no gate
    then, a reason instead. `override` as for `book_appointment`. Raises Refused, WrongStatus, NotToday,
    Denied, Missing.
    """
    when = moment(at, happened_at, reason)
    with deciding(actor=actor, at=at), recorded(actor, reason=when.reason):
        found = locked(appointment, actor, RECEIVE)
        check_step(found, AppointmentStatus.ARRIVED)
        facts = facts_of(found)
        if day_of(when.at, ZoneInfo(facts.site.zone)) != facts.day:
            raise NotToday(_("预约在 %(day)s，请先改期") % {"day": facts.day}, day=facts.day)
        if not when.is_late:
            _ask(found, facts, actor=actor, at=at, override=override)
        return _receive(found, facts, when, actor=actor, at=at)


def arrive_in_transaction(
    appointment: Appointment, facts: Facts, *, actor: Actor, at: datetime, override: Override | None = None
) -> Appointment:
    """`check_in` for somebody just booked, inside the caller's transaction."""
    _ask(appointment, facts, actor=actor, at=at, override=override)
    return _receive(appointment, facts, Moment(at, None, ""), actor=actor, at=at)


def _ask(found: Appointment, facts: Facts, *, actor: Actor, at: datetime, override: Override | None) -> None:
    subject = (APPOINTMENT, found.id)
    decide(CheckIn(at, facts), actor=actor, at=at, site=found.site_id, subject=subject, override=override)


def _receive(found: Appointment, facts: Facts, when: Moment, *, actor: Actor, at: datetime) -> Appointment:
    ticket = found.ticket or _next_ticket(found.site_id, facts.day, facts.site.zone)
    step(found, AppointmentStatus.ARRIVED, when, actor=actor, ticket=ticket, arrived_at=when.at)
    if not found.is_walk_in:
        take_back(found, actor=actor, at=at)
    events.publish(PatientArrived(found.id, found.site_id, found.patient_id, ticket, when.at))
    return found


def _next_ticket(site: UUID, day: date, zone: str) -> str:
    """The next number of the site's day. The lock lasts until the commit, so numbers have no gaps."""
    span = local_day(day, ZoneInfo(zone))
    edges = [moment_of(minute, span.zone) for minute in (span.start, span.end)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [f"{site}:{day}"])
        cursor.execute(_NEXT_TICKET, [site, *edges])
        (number,) = cursor.fetchone()
    return f"A{number:03d}"
