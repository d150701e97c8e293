"""When a patient is reminded, and what becomes of queued reminders when the number changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from liangyi_test_clinic import MONDAY, SETUP, SHANGHAI, local, recorded

from liangyi.domains.scheduling import services
from liangyi.domains.scheduling.decisions import Notice
from liangyi.domains.scheduling.queries import reminder_due
from liangyi.domains.scheduling.rules.reminders import FIRST_DAY, next_reminder, notices, remind_at
from liangyi.domains.scheduling.services.reminding import retime_reminders
from liangyi.platform.controls.parameters import Step
from liangyi.platform.controls.setting import NewValue, set_values
from liangyi.platform.events.models import PendingEvent
from liangyi.platform.events.services import handle_pending
from liangyi.platform.messages.models import Message
from liangyi.platform.worklist.models import WorkItem

TUESDAY, WEDNESDAY, FRIDAY = (MONDAY + timedelta(days=n) for n in (1, 2, 4))
NOON = local(MONDAY, "12:00")


def course(*steps):
    return notices([Step(day, hours) for day, hours in steps], SHANGHAI)


@pytest.mark.parametrize(
    ("steps", "starts", "due"),
    [
        ([(FIRST_DAY, 24)], local(FRIDAY, "10:00"), local(FRIDAY - timedelta(days=1), "10:00")),
        ([(FIRST_DAY, 24), (WEDNESDAY, 48)], local(FRIDAY, "10:00"), local(WEDNESDAY, "10:00")),
        ([(FIRST_DAY, 24), (WEDNESDAY, 72)], local(FRIDAY, "10:00"), local(WEDNESDAY, "00:00")),
        ([(FIRST_DAY, 24), (WEDNESDAY, 72)], local(WEDNESDAY, "10:00"), local(TUESDAY, "10:00")),
        ([(FIRST_DAY, 24), (WEDNESDAY, 2)], local(FRIDAY, "10:00"), local(FRIDAY, "08:00")),
        ([(FIRST_DAY, 24), (WEDNESDAY, 2)], local(WEDNESDAY, "10:00"), local(TUESDAY, "10:00")),
        ([(FIRST_DAY, 240), (MONDAY, 2)], local(FRIDAY, "10:00"), local(FRIDAY, "08:00")),
    ],
)
def test_reminder_goes_when_the_number_then_in_force_says_so(steps, starts, due):
    assert remind_at(starts, course(*steps), NOON) == due


@pytest.mark.parametrize(
    ("steps", "due"),
    [
        ([(FIRST_DAY, 24)], None),
        ([(FIRST_DAY, 24), (TUESDAY, 2)], local(TUESDAY, "07:00")),
        ([(FIRST_DAY, 24), (TUESDAY, 48)], None),
        ([(FIRST_DAY, 20)], local(MONDAY, "13:00")),
    ],
)
def test_who_books_late_is_reminded_only_by_a_shorter_notice(steps, due):
    assert next_reminder(local(TUESDAY, "09:00"), course(*steps), NOON) == due


def test_number_holds_from_midnight_at_the_site():
    assert course((TUESDAY, 2)) == (Notice(local(TUESDAY, "00:00"), 2),)


@pytest.fixture
def set_hours(at):
    """`set_hours(48, FRIDAY)` is what a policy sets from that day on; what hears of it has run."""

    def make(hours: int, first: date, site=None) -> None:
        set_values(
            actor=SETUP,
            at=at,
            control="scheduling.reminded",
            parameter="hours",
            site=site and site.id,
            since=MONDAY,
            values=[NewValue(hours, first)],
        )
        for row in PendingEvent.objects.all():
            handle_pending(actor=SETUP, at=at, pending=row.id)

    return make


def book(clinic, receptionist, at, start, **more):
    return services.book_appointment(actor=receptionist, at=at, **clinic.booking(start=start, **more))


def call_of(appointment):
    return WorkItem.objects.get(
        kind="scheduling.remind_by_phone", subject_id=appointment.id, cancelled_at=None
    )


def mark_sent(message, at):
    with recorded(SETUP):
        Message.objects.filter(id=message.id).update(sent_at=at)


def test_queued_call_moves_with_the_number(clinic, receptionist, at, set_hours):
    booked = book(clinic, receptionist, at, local(FRIDAY, "10:00"))
    assert call_of(booked).due_at == local(FRIDAY, "10:00") - timedelta(hours=24)
    set_hours(48, TUESDAY)
    assert call_of(booked).due_at == local(WEDNESDAY, "10:00")


def test_queued_mail_moves_and_a_sent_one_stays(clinic, receptionist, at, set_hours):
    mailed = clinic.add_patient("王芳", email="wang@example.com", consents=("privacy", "messages"))
    early = book(clinic, receptionist, at, local(WEDNESDAY, "10:00"), patient=mailed.id)
    late = book(clinic, receptionist, at, local(FRIDAY, "10:00"), patient=mailed.id)
    sent = Message.objects.get(template="scheduling.reminder", subject_id=early.id)
    mark_sent(sent, at)
    set_hours(6, TUESDAY)
    due = dict(Message.objects.filter(template="scheduling.reminder").values_list("subject_id", "due_at"))
    assert due == {early.id: sent.due_at, late.id: local(FRIDAY, "04:00")}


def test_other_site_keeps_its_number(clinic, receptionist, at, set_hours, other_site):
    booked = book(clinic, receptionist, at, local(FRIDAY, "10:00"))
    set_hours(48, MONDAY, other_site)
    assert call_of(booked).due_at == local(FRIDAY, "10:00") - timedelta(hours=24)


def test_shorter_notice_reminds_who_booked_too_late_for_the_longer(clinic, receptionist, at, set_hours):
    booked = book(clinic, receptionist, at, local(TUESDAY, "09:00"))
    assert not WorkItem.objects.filter(kind="scheduling.remind_by_phone").exists()
    set_hours(2, TUESDAY)
    assert call_of(booked).due_at == local(TUESDAY, "07:00")


def test_longer_notice_whose_time_has_passed_is_due_at_once(clinic, receptionist, at, set_hours):
    booked = book(clinic, receptionist, at, local(WEDNESDAY, "10:00"))
    set_hours(72, MONDAY)
    assert call_of(booked).due_at == at


def test_second_run_moves_nothing(clinic, receptionist, at, set_hours):
    book(clinic, receptionist, at, local(FRIDAY, "10:00"))
    set_hours(48, TUESDAY)
    assert retime_reminders(actor=SETUP, at=at) == 0


def test_booking_and_desk_know_the_number_to_come(clinic, receptionist, at, set_hours):
    set_hours(48, TUESDAY)
    booked = book(clinic, receptionist, at, local(FRIDAY, "10:00"))
    assert call_of(booked).due_at == local(WEDNESDAY, "10:00")
    assert reminder_due(clinic.site, booked.starts_at, at) == local(WEDNESDAY, "10:00")
