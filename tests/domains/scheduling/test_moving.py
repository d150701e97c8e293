"""Another time, or none."""

from __future__ import annotations

from datetime import timedelta

import pytest
from liangyi_test_clinic import MONDAY, local

from liangyi.domains.scheduling import services
from liangyi.domains.scheduling.errors import SlotTaken, WrongStatus
from liangyi.domains.scheduling.models import Appointment, Reservation
from liangyi.platform.errors import Invalid, Missing, Refused
from liangyi.platform.messages.models import Message

TUESDAY = MONDAY + timedelta(days=1)
THURSDAY = MONDAY + timedelta(days=3)


@pytest.fixture
def booked(clinic, receptionist, at):
    patient = clinic.add_patient("周五", consents=("privacy", "messages"), email="z@example.com")
    order = clinic.booking(patient=patient.id, start=local(THURSDAY, "10:00"))
    return services.book_appointment(actor=receptionist, at=at, **order)


def move(actor, at, appointment, day, clock, **more):
    return services.reschedule_appointment(
        actor=actor, at=at, appointment=appointment.id, start=local(day, clock), reason="改天", **more
    )


def test_move_replaces_reservations_and_messages(booked, receptionist, at):
    moved = move(receptionist, at, booked, THURSDAY, "10:15")
    assert moved.starts_at == local(THURSDAY, "10:15")
    assert moved.moved_from == local(THURSDAY, "10:00")
    assert {r.starts_at for r in Reservation.objects.all()} == {local(THURSDAY, "10:15")}
    standing = Message.objects.filter(template="scheduling.reminder", cancelled_at=None)
    assert standing.get().due_at == moved.starts_at - timedelta(hours=24)


def test_move_there_and_back_reminds_once(booked, receptionist, at):
    move(receptionist, at, booked, THURSDAY, "11:00")
    move(receptionist, at + timedelta(minutes=1), booked, THURSDAY, "10:00")
    standing = Message.objects.filter(template="scheduling.reminder", cancelled_at=None)
    assert standing.get().due_at == local(THURSDAY, "10:00") - timedelta(hours=24)


def test_move_to_a_taken_time_keeps_the_old_one(clinic, booked, receptionist, at):
    services.book_appointment(actor=receptionist, at=at, **clinic.booking())
    with pytest.raises(SlotTaken) as taken:
        move(receptionist, at, booked, TUESDAY, "10:00")
    assert taken.value.data["alternatives"]
    booked.refresh_from_db()
    assert booked.starts_at == local(THURSDAY, "10:00")
    assert Reservation.objects.filter(appointment=booked).count() == 3
    assert Message.objects.filter(subject_id=booked.id, cancelled_at=None).count() == 2


def test_move_is_refused_like_a_booking(clinic, booked, receptionist, at):
    clinic.close_on(TUESDAY)
    with pytest.raises(Refused):
        move(receptionist, at, booked, TUESDAY, "10:00")
    booked.refresh_from_db()
    assert booked.starts_at == local(THURSDAY, "10:00")


def test_move_to_another_practitioner(clinic, booked, receptionist, at):
    other = clinic.add_doctor("陈医生")
    assert (
        move(receptionist, at, booked, THURSDAY, "10:00", practitioner=other.id).practitioner_id == other.id
    )


def test_move_by_an_outsider_finds_nothing(booked, outsider, at):
    with pytest.raises(Missing):
        move(outsider, at, booked, TUESDAY, "10:00")


def test_cancel_frees_the_time_and_tells(clinic, booked, receptionist, at):
    done = services.cancel_appointment(actor=receptionist, at=at, appointment=booked.id, reason="illness")
    assert (done.status, done.close_reason, done.closed_at) == ("cancelled", "illness", at)
    assert not Reservation.objects.exists()
    assert Message.objects.filter(template="scheduling.cancellation").count() == 1
    assert Message.objects.filter(template="scheduling.reminder", cancelled_at=None).count() == 0
    services.book_appointment(actor=receptionist, at=at, **clinic.booking(start=local(THURSDAY, "10:00")))


def test_cancel_with_words_counts_as_other(booked, receptionist, at):
    done = services.cancel_appointment(actor=receptionist, at=at, appointment=booked.id, reason="不想来了")
    assert (done.close_reason, done.close_note) == ("other", "不想来了")


def test_cancel_needs_a_reason_and_happens_once(booked, receptionist, at):
    with pytest.raises(Invalid):
        services.cancel_appointment(actor=receptionist, at=at, appointment=booked.id, reason=" ")
    services.cancel_appointment(actor=receptionist, at=at, appointment=booked.id, reason="cost")
    with pytest.raises(WrongStatus):
        services.cancel_appointment(actor=receptionist, at=at, appointment=booked.id, reason="cost")
    with pytest.raises(WrongStatus):
        move(receptionist, at, booked, TUESDAY, "10:00")
    assert Appointment.objects.count() == 1
