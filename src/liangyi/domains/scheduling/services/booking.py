"""Booking: gates, free resources, one appointment, what the patient is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from liangyi.domains.scheduling.decisions import BookAppointment, Facts
from liangyi.domains.scheduling.enums import Channel
from liangyi.domains.scheduling.errors import KeyReused, NotToday
from liangyi.domains.scheduling.events import AppointmentBooked
from liangyi.domains.scheduling.models import Appointment
from liangyi.domains.scheduling.permissions import BOOK, RECEIVE
from liangyi.domains.scheduling.queries.facts import Repeated, booking_facts
from liangyi.domains.scheduling.rules.days import day_of
from liangyi.domains.scheduling.rules.inputs import checked_note, checked_start
from liangyi.domains.scheduling.services.arriving import arrive_in_transaction
from liangyi.domains.scheduling.services.counting import count_again
from liangyi.domains.scheduling.services.offering import offering
from liangyi.domains.scheduling.services.reserving import Chosen, choose, reserve
from liangyi.domains.scheduling.services.retrying import settled
from liangyi.domains.scheduling.services.telling import announce
from liangyi.domains.scheduling.services.writing import insert_booked
from liangyi.platform import events
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.controls.services import Override, decide, deciding
from liangyi.platform.errors import Invalid, Missing
from liangyi.platform.ids import new_id

PATIENT = "patients.patient"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be booked, checked as far as it can be without the database."""

    actor: Actor
    at: datetime
    site: UUID
    patient: UUID
    service: UUID
    practitioner: UUID
    start: datetime
    room: UUID | None
    channel: str
    note: str
    key: str
    digest: str
    is_walk_in: bool
    origin: tuple[str, UUID] | None
    override: Override | None

    @property
    def account(self) -> UUID | None:
        """Who books, as far as keys and records go."""
        return self.actor.id if self.actor.kind == "staff" else None


def book_appointment(
    *,
    actor: Actor,
    at: datetime,
    site: UUID,
    patient: UUID,
    service: UUID,
    practitioner: UUID,
    start: datetime,
    room: UUID | None = None,
    channel: str = Channel.DESK,
    note: str = "",
    request_key: str = "",
    request_digest: str = "",
    origin: tuple[str, UUID] | None = None,
    override: Override | None = None,
) -> Appointment:
    """Book a time that is still to come. Room and equipment are chosen unless a room is asked for.

    After it the appointment stands with its reservations, price of the day, messages and a verdict.
    A staff account's `request_key` makes it repeatable: the same key with the same digest gives the same
    appointment, however many requests at once; with another digest it raises KeyReused.
    `origin` is (subject type, id) of what led here; whoever knows it hears of it in AppointmentBooked.
    `override` sets aside those refusals that emergencies may; the verdict tells who did and is reviewed.

    Raises Refused (gates), SlotTaken and SlotUnavailable (both with alternatives), Invalid, Denied,
    Missing.
    """
    actor.require(BOOK, site)
    order = _order(
        actor, at, site, patient, service, practitioner, checked_start(start), room, channel, note,
        request_key, request_digest, False, origin, override,
    )  # fmt: skip
    with deciding(actor=actor, at=at), offering(site, service, practitioner, order.start, at):
        return settled(lambda: _book(order))


def _order(*values: object) -> Order:
    order = Order(*values)  # type: ignore[arg-type]  # in the order of the fields, checked by the callers' types
    if order.channel not in Channel.values:
        raise Invalid({"channel": [_("请从列表中选择")]})
    if len(order.key) > 100:
        raise Invalid({"request_key": [_("最多 100 个字符")]})
    return replace(order, note=checked_note(order.note, "note", 300))


def _book(order: Order) -> Appointment:
    with recorded(order.actor):
        facts, repeated = _facts(order)
        if repeated is not None:
            return _repeat(order, repeated)
        return book_in_transaction(order, facts)


def book_in_transaction(order: Order, facts: Facts) -> Appointment:
    """Decide, reserve, write and tell. The caller's transaction is rolled back on any error."""
    subject = (PATIENT, facts.patient.id)
    decision = BookAppointment(order.at, facts, order.is_walk_in)
    decide(
        decision, actor=order.actor, at=order.at, site=order.site, subject=subject, override=order.override
    )
    chosen = choose(facts, order.room)
    appointment = _written(order, facts, chosen)
    if not order.is_walk_in:
        announce(appointment, facts, actor=order.actor, at=order.at)
    count_again(order.site, [facts.day])
    events.publish(_booked(order, appointment))
    return appointment


def _facts(order: Order) -> tuple[Facts, Repeated | None]:
    facts, repeated = booking_facts(
        site=order.site,
        service=order.service,
        practitioner=order.practitioner,
        patient=order.patient,
        starts_at=order.start,
        room=order.room,
        account=order.account,
        key=order.key,
    )
    if not order.actor.is_system and not facts.patient.sites & order.actor.grants.keys():
        raise Missing()
    return facts, repeated


def _repeat(order: Order, repeated: Repeated) -> Appointment:
    if repeated.digest != order.digest:
        raise KeyReused({"": [_("这个请求键已用于另一个预约")]})
    return Appointment.objects.get(id=repeated.id)


def _written(order: Order, facts: Facts, chosen: Chosen) -> Appointment:
    appointment = Appointment(
        id=new_id(),
        site_id=order.site,
        patient_id=facts.patient.id,
        service_id=order.service,
        practitioner_id=order.practitioner,
        room_id=chosen.room.id,
        starts_at=facts.starts_at,
        ends_at=facts.ends_at,
        channel=order.channel,
        is_walk_in=order.is_walk_in,
        price_cents=facts.service.price_cents,
        note=order.note,
        booked_at=order.at,
        booked_by_id=order.account,
        request_key=order.key,
        request_digest=order.digest,
    )
    reserve(appointment.id, chosen.holds)
    insert_booked(appointment, order.account)
    return appointment


def _booked(order: Order, appointment: Appointment) -> AppointmentBooked:
    origin_type, origin_id = order.origin or ("", None)
    return AppointmentBooked(
        appointment=appointment.id,
        site=order.site,
        patient=appointment.patient_id,
        service=order.service,
        practitioner=order.practitioner,
        starts_at=appointment.starts_at,
        at=order.at,
        by=order.account,
        origin_type=origin_type,
        origin_id=origin_id,
    )


def walk_in(
    *,
    actor: Actor,
    at: datetime,
    site: UUID,
    patient: UUID,
    service: UUID,
    practitioner: UUID,
    start: datetime | None = None,
    room: UUID | None = None,
    note: str = "",
    override: Override | None = None,
) -> Appointment:
    """Book somebody who stands here for this very minute, or for `start` later today, and check them in.

    Where this minute is taken, SlotTaken names the next free times, of which one may be `start`. Raises
    as `book_appointment`, and NotToday.
    """
    actor.require(RECEIVE, site)
    now = at.replace(second=0, microsecond=0)
    begin = now if start is None else checked_start(start)
    if begin < now:
        raise Invalid({"start": [_("加诊的时间不能早于现在")]})
    order = _order(
        actor, at, site, patient, service, practitioner, begin, room, Channel.DESK, note, "", "", True, None,
        override,
    )  # fmt: skip

    def book_and_receive() -> Appointment:
        with recorded(actor):
            facts, _repeated = _facts(order)
            if day_of(at, ZoneInfo(facts.site.zone)) != facts.day:
                raise NotToday(_("加诊只能约在今天"), day=facts.day)
            appointment = book_in_transaction(order, facts)
            return arrive_in_transaction(appointment, facts, actor=actor, at=at, override=override)

    with deciding(actor=actor, at=at), offering(site, service, practitioner, begin, at):
        return settled(book_and_receive)
