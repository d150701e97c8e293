"""Mails go to whoever agreed to messages; everybody else is called."""

from __future__ import annotations

import pytest

from liangyi.domains.patients.models import Consent
from liangyi.domains.patients.services import withdraw_consent
from liangyi.domains.scheduling import services
from liangyi.platform.messages.models import Message
from liangyi.platform.worklist.models import WorkItem


def mails(template: str) -> int:
    return Message.objects.filter(template=template, cancelled_at=None).count()


def calls(kind: str) -> int:
    return WorkItem.objects.filter(kind=kind, cancelled_at=None, done_at=None).count()


@pytest.fixture
def book(clinic, receptionist, at):
    def make(*consents: str):
        patient = clinic.add_patient("周五", consents=("privacy", *consents), email="z@example.com")
        order = clinic.booking(patient=patient.id)
        return services.book_appointment(actor=receptionist, at=at, **order)

    return make


@pytest.mark.parametrize(("consents", "by_mail"), [(("messages",), True), ((), False)])
def test_cancellation_is_mailed_only_to_whoever_agreed(receptionist, at, book, consents, by_mail):
    made = book(*consents)
    services.cancel_appointment(actor=receptionist, at=at, appointment=made.id, reason="clinic")
    assert mails("scheduling.cancellation") == by_mail
    assert calls("scheduling.cancel_by_phone") == (not by_mail)


def test_withdrawn_consent_turns_the_reminder_into_a_call(setup_actor, at, book):
    made = book("messages")
    assert mails("scheduling.reminder") == 1
    due = Message.objects.get(template="scheduling.reminder").due_at
    agreed = Consent.objects.get(patient=made.patient, text__kind="messages")
    withdraw_consent(actor=setup_actor, at=at, consent_id=agreed.id)
    assert mails("scheduling.reminder") == mails("scheduling.confirmation") == 0
    assert WorkItem.objects.get(kind="scheduling.remind_by_phone").due_at == due


def test_withdrawing_another_consent_leaves_the_reminder(setup_actor, at, book):
    made = book("messages")
    agreed = Consent.objects.get(patient=made.patient, text__kind="privacy")
    withdraw_consent(actor=setup_actor, at=at, consent_id=agreed.id)
    assert mails("scheduling.reminder") == 1
