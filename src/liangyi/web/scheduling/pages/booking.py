"""What the booking form shows as it fills: the patient, the service, the time, what will be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from liangyi.domains.catalogue import queries as catalogue
from liangyi.domains.catalogue.models import Service
from liangyi.domains.patients import queries as patients
from liangyi.domains.patients.permissions import VIEW, can_at_any
from liangyi.domains.patients.queries import PatientFacts
from liangyi.domains.scheduling import queries
from liangyi.domains.scheduling.enums import Channel
from liangyi.platform import clock
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Missing
from liangyi.platform.phones import mask
from liangyi.web.patients import pages as shown
from liangyi.web.scheduling.asked import today_of
from liangyi.web.shell.page import Request

RECENT = 8
SPOKEN = (Channel.DESK, Channel.PHONE)


@dataclass(frozen=True)
class Chosen:
    """The patient chosen, as the form shows them."""

    id: UUID
    name: str
    about: str
    phone: str
    lacks_privacy_consent: bool
    lacks_guardian: bool
    facts: PatientFacts


def chosen_patient(actor: Actor, patient: UUID | None, today: date) -> Chosen | None:
    """The patient, or None for nobody or somebody the actor may not see. Three statements."""
    if patient is None:
        return None
    try:
        facts = patients.facts_for_booking(patient, today, actor.site)
    except Missing:
        return None
    if facts.is_pseudonymous or not can_at_any(actor, VIEW, facts.site_ids):
        return None
    return Chosen(
        facts.canonical_id,
        facts.name,
        shown.about(facts.sex, facts.birth_date, today),
        mask(facts.phone),
        not facts.has_privacy_consent,
        facts.is_minor(today) and not facts.has_guardian,
        facts,
    )


def services_on_offer(request: Request) -> list[Service]:
    """What the site offers by subject, with the price of today."""
    found = catalogue.services_for_site(request.actor, request.site.id, today_of(request))
    return sorted(found, key=lambda service: (service.subject.code, service.name))


def usual_services(request: Request, patient: UUID, services: list[Service]) -> list[Service]:
    """What the patient came for lately and the site still offers: at most three."""
    known = {service.id: service for service in services}
    rows = queries.appointments_for_patient(request.actor, patient, limit=RECENT)
    recent = dict.fromkeys(row.service for row in rows if row.service in known)
    return [known[service] for service in recent if service is not None][:3]


def what_is_sent(request: Request, facts: PatientFacts, start: datetime, channel: str) -> list[str]:
    """What the patient will be told, in sentences, as the booking itself decides it."""
    due_at = queries.reminder_due(request.site, start, clock.now())
    when = f"{due_at.astimezone(start.tzinfo):%Y-%m-%d %H:%M}" if due_at else ""
    if facts.email and facts.may_be_messaged:
        later = [_("%(when)s 再发提醒邮件") % {"when": when}] if when else []
        return [_("马上发确认邮件给患者"), *later]
    why = _("患者没有留邮箱") if not facts.email else _("患者没有同意接收消息")
    told = _("请当面说清时间") if channel in SPOKEN else _("前台两小时内电话确认")
    later = [_("%(when)s 前台电话提醒") % {"when": when}] if when else []
    return [_("%(why)s，%(told)s") % {"why": why, "told": told}, *later]


def hits_for(request: Request, typed: str) -> list[Any]:
    """Patients found by what was typed."""
    today = today_of(request)
    found = patients.patients_for_search(request.actor, typed.strip(), limit=8)
    return [shown.hit_line(hit, today) for hit in found]
