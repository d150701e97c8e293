"""What a patient is told of an appointment: by mail, or by a call that reception is asked to make."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from liangyi.domains.scheduling.decisions import Facts
from liangyi.domains.scheduling.enums import Channel
from liangyi.domains.scheduling.models import Appointment
from liangyi.domains.scheduling.notices import CANCELLATION, CONFIRMATION, REMINDER
from liangyi.domains.scheduling.rules.reminders import next_reminder
from liangyi.domains.scheduling.subjects import APPOINTMENT
from liangyi.domains.scheduling.work import CANCEL_BY_PHONE, CONFIRM_BY_PHONE, REMIND_BY_PHONE
from liangyi.platform.actors import Actor
from liangyi.platform.messages import services as messages
from liangyi.platform.messages.models import Message
from liangyi.platform.messages.services import Outgoing
from liangyi.platform.worklist import services as worklist
from liangyi.platform.worklist.services import Due

SPOKEN = frozenset({Channel.DESK, Channel.PHONE})
"""Whoever books at the desk or on the telephone has been told in the same breath."""

CALL_WITHIN = timedelta(hours=2)


def announce(appointment: Appointment, facts: Facts, *, actor: Actor, at: datetime) -> None:
    """Queue the confirmation now and the reminder some hours before, or have reception call."""
    reminder = next_reminder(appointment.starts_at, facts.reminders, at)
    if _has_mail(facts):
        _queue(appointment, facts, [(CONFIRMATION.code, None), *_later(REMINDER.code, reminder)], actor, at)
        return
    calls = [] if appointment.channel in SPOKEN else [(CONFIRM_BY_PHONE.code, at + CALL_WITHIN)]
    _ask_to_call(appointment, facts, [*calls, *_later(REMIND_BY_PHONE.code, reminder)], actor, at)


def remind(appointment: Appointment, facts: Facts, *, actor: Actor, at: datetime) -> None:
    """Queue the reminder alone, where its time is still to come."""
    reminder = next_reminder(appointment.starts_at, facts.reminders, at)
    if _has_mail(facts):
        _queue(appointment, facts, _later(REMINDER.code, reminder), actor, at)
    else:
        _ask_to_call(appointment, facts, _later(REMIND_BY_PHONE.code, reminder), actor, at)


def take_back(appointment: Appointment, *, actor: Actor, at: datetime) -> None:
    """What has not been said yet will not be."""
    subject = (APPOINTMENT, appointment.id)
    messages.cancel_for(subject, actor=actor, at=at)
    worklist.cancel_for(subject, actor=actor, at=at)


def announce_cancellation(
    appointment: Appointment, zone: str, patient: str, email: str, *, actor: Actor, at: datetime
) -> None:
    """Tell the patient that the appointment is off; by a call where there is no `email` to be used."""
    params = {"patient": patient, "when": when(appointment.starts_at, zone), "site": appointment.site.name}
    if email:
        key = f"{CANCELLATION.code}:{appointment.id}"
        message = Outgoing(
            key,
            CANCELLATION.code,
            Message.Channel.MAIL,
            address=email,
            site=appointment.site_id,
            params=params,
            subject=(APPOINTMENT, appointment.id),
        )
        messages.queue_many([message], actor=actor, at=at)
    else:
        call = Due(CANCEL_BY_PHONE.code, at + CALL_WITHIN, {"when": params["when"]})
        _open_calls(appointment, [call], actor=actor, at=at)


def call_instead(appointments: Sequence[Appointment], *, actor: Actor, at: datetime) -> None:
    """The patient wants no messages any more: mails that wait are taken back, reception calls to remind."""
    waiting = Message.objects.filter(
        template=REMINDER.code,
        subject_type=APPOINTMENT,
        subject_id__in=[appointment.id for appointment in appointments],
        sent_at=None,
        cancelled_at=None,
        failed_at=None,
    )
    due = dict(waiting.values_list("subject_id", "due_at"))
    for appointment in appointments:
        messages.cancel_for((APPOINTMENT, appointment.id), actor=actor, at=at)
        if appointment.id in due:
            said = {"when": when(appointment.starts_at, appointment.site.time_zone)}
            calls = [Due(REMIND_BY_PHONE.code, due[appointment.id], said)]
            _open_calls(appointment, calls, actor=actor, at=at)


def when(moment: datetime, zone: str) -> str:
    """2026-11-21 14:30, in the site's time."""
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def _has_mail(facts: Facts) -> bool:
    return bool(facts.patient.email) and facts.patient.wants_messages


def _later(what: str, due_at: datetime | None) -> list[tuple[str, datetime]]:
    """Nobody is reminded of what they were told a moment ago."""
    return [(what, due_at)] if due_at is not None else []


def _queue(
    appointment: Appointment,
    facts: Facts,
    mails: Sequence[tuple[str, datetime | None]],
    actor: Actor,
    at: datetime,
) -> None:
    params = {
        "patient": facts.patient.name,
        "when": when(facts.starts_at, facts.site.zone),
        "site": facts.site.name,
        "service": facts.service.name,
        "practitioner": facts.practitioner.name,
        "notes": facts.service.notes,
    }
    outgoing = [
        Outgoing(
            f"{template}:{appointment.id}:{facts.starts_at:%Y%m%dT%H%M%z}:{at:%Y%m%dT%H%M%S}",
            template,
            Message.Channel.MAIL,
            address=facts.patient.email,
            site=facts.site.id,
            params=params,
            subject=(APPOINTMENT, appointment.id),
            due_at=due_at,
        )
        for template, due_at in mails
    ]
    messages.queue_many(outgoing, actor=actor, at=at)


def _ask_to_call(
    appointment: Appointment, facts: Facts, calls: Sequence[tuple[str, datetime]], actor: Actor, at: datetime
) -> None:
    said = {"when": when(facts.starts_at, facts.site.zone)}
    dues = [Due(kind, due_at, said) for kind, due_at in calls]
    _open_calls(appointment, dues, actor=actor, at=at)


def _open_calls(appointment: Appointment, calls: Sequence[Due], *, actor: Actor, at: datetime) -> None:
    subject = (APPOINTMENT, appointment.id)
    worklist.open_items_about(subject, calls, actor=actor, at=at, site=appointment.site_id, role="reception")
