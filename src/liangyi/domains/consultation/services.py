"""Every write of enquiries: opened, tied to a patient, ended by a booking or by giving up."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.domains.catalogue.models import ServiceSite
from liangyi.domains.consultation.enums import EnquiryStatus
from liangyi.domains.consultation.errors import EnquiryClosedAlready
from liangyi.domains.consultation.events import EnquiryClosed, EnquiryOpened
from liangyi.domains.consultation.models import Enquiry
from liangyi.domains.consultation.permissions import ENQUIRE
from liangyi.domains.consultation.subjects import ENQUIRY
from liangyi.domains.consultation.work import FOLLOW_UP
from liangyi.domains.patients.queries import facts_for_booking
from liangyi.domains.scheduling.enums import Channel
from liangyi.domains.scheduling.models import Appointment
from liangyi.domains.scheduling.rules.inputs import checked_note
from liangyi.platform import events, phones
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import local_day
from liangyi.platform.errors import Invalid, Missing
from liangyi.platform.worklist import services as worklist
from liangyi.platform.worklist.calendar import add_working_days

FOLLOW_UP_DAYS = 1


def open_enquiry(
    *,
    actor: Actor,
    at: datetime,
    site: UUID,
    name: str,
    phone: str = "",
    channel: str = Channel.PHONE,
    service: UUID | None = None,
    note: str = "",
    patient: UUID | None = None,
) -> Enquiry:
    """Somebody asked. The consultants have a working day to follow it up.

    Raises Invalid, Denied, Missing (a service the site does not offer, a patient of another site).
    """
    actor.require(ENQUIRE, site)
    enquiry = Enquiry(
        site_id=site,
        name=checked_note(name, "name", 60, required=True),
        phone=_phone(phone),
        channel=_channel(channel),
        service_id=service,
        note=checked_note(note, "note", 500),
        opened_at=at,
        opened_by_id=_account(actor),
    )
    with recorded(actor):
        place = Site.objects.filter(id=site).first()
        if place is None or (service and not ServiceSite.objects.filter(service=service, site=site).exists()):
            raise Missing()
        if patient is not None:
            enquiry.patient_id = _visible_patient(actor, patient, place, at)
        enquiry.save(force_insert=True)
        _ask_to_follow_up(enquiry, place, actor, at)
        events.publish(EnquiryOpened(enquiry.id, site, at))
    return enquiry


def link_patient(*, actor: Actor, at: datetime, enquiry: UUID, patient: UUID) -> Enquiry:
    """Say who it was that asked."""
    with recorded(actor):
        found = _open_and_locked(enquiry, actor)
        found.patient_id = _visible_patient(actor, patient, found.site, at)
        found.save(update_fields=["patient"])
    return found


def link_appointment(*, actor: Actor, at: datetime, enquiry: UUID, appointment: UUID) -> Enquiry:
    """It led to an appointment of the same site: closed as booked."""
    with recorded(actor):
        found = _open_and_locked(enquiry, actor)
        booked = Appointment.objects.filter(id=appointment, site=found.site_id, source="").first()
        if booked is None:
            raise Missing()
        return _close_as_booked(found, booked.id, booked.patient_id, actor, at)


def close_enquiry(*, actor: Actor, at: datetime, enquiry: UUID, reason: str) -> Enquiry:
    """It leads to nothing, and why."""
    text = checked_note(reason, "reason", 200, required=True)
    with recorded(actor, reason=text):
        found = _open_and_locked(enquiry, actor)
        found.status, found.closed_at, found.close_reason = EnquiryStatus.CLOSED, at, text
        found.save(update_fields=["status", "closed_at", "close_reason"])
        _finish(found, None, actor, at)
    return found


def close_by_booking(*, actor: Actor, at: datetime, enquiry: UUID, appointment: UUID, patient: UUID) -> None:
    """A booking was made from the enquiry. Inside the transaction of the booking."""
    found = _open_and_locked(enquiry, actor)
    _close_as_booked(found, appointment, patient, actor, at)


def _close_as_booked(found: Enquiry, appointment: UUID, patient: UUID, actor: Actor, at: datetime) -> Enquiry:
    found.status, found.closed_at = EnquiryStatus.BOOKED, at
    found.appointment_id, found.patient_id = appointment, patient
    found.save(update_fields=["status", "closed_at", "appointment", "patient"])
    _finish(found, appointment, actor, at)
    return found


def _finish(found: Enquiry, appointment: UUID | None, actor: Actor, at: datetime) -> None:
    worklist.finish_for((ENQUIRY, found.id), FOLLOW_UP.code, actor=actor, at=at)
    events.publish(EnquiryClosed(found.id, found.site_id, at, appointment))


def _open_and_locked(enquiry: UUID, actor: Actor) -> Enquiry:
    found = Enquiry.objects.select_for_update(of=("self",)).select_related("site").filter(id=enquiry).first()
    if found is None:
        raise Missing()
    actor.require(ENQUIRE, found.site_id)
    if found.status != EnquiryStatus.OPEN:
        raise EnquiryClosedAlready(_("这条咨询已经结束"))
    return found


def _visible_patient(actor: Actor, patient: UUID, site: Site, at: datetime) -> UUID:
    facts = facts_for_booking(patient, local_day(at, site.time_zone))
    if facts.is_pseudonymous or not (actor.is_system or facts.site_ids & actor.grants.keys()):
        raise Missing()
    return facts.canonical_id


def _ask_to_follow_up(enquiry: Enquiry, site: Site, actor: Actor, at: datetime) -> None:
    worklist.open_item(
        actor=actor,
        at=at,
        kind=FOLLOW_UP.code,
        site=site,
        subject=(ENQUIRY, enquiry.id),
        role="consultant",
        due_at=add_working_days(at, FOLLOW_UP_DAYS, site.time_zone),
    )


def _phone(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return phones.normalise(text)
    except ValueError as error:
        raise Invalid({"phone": [_("电话号码不正确")]}) from error


def _channel(channel: str) -> str:
    if channel not in Channel.values:
        raise Invalid({"channel": [_("请从列表中选择")]})
    return channel


def _account(actor: Actor) -> UUID | None:
    return actor.id if actor.kind == "staff" else None
