"""Booking: what stands after it, and why it fails."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from liangyi_test_clinic import MONDAY, SETUP, local, recorded

from liangyi.domains.scheduling import services
from liangyi.domains.scheduling.errors import KeyReused, SlotTaken, SlotUnavailable
from liangyi.domains.scheduling.models import Appointment, Reservation, StatusChange
from liangyi.platform.controls.models import Verdict
from liangyi.platform.errors import Denied, Invalid, Missing
from liangyi.platform.messages.models import Message
from liangyi.platform.worklist.models import WorkItem

TUESDAY = MONDAY + timedelta(days=1)


def test_book_holds_practitioner_room_and_patient(clinic, receptionist, at):
    booked = services.book_appointment(actor=receptionist, at=at, **clinic.booking())
    held = Reservation.objects.filter(appointment=booked)
    assert {r.kind: r.resource for r in held} == {
        "practitioner": clinic.doctor.id,
        "room": clinic.room.id,
        "patient": clinic.patient.id,
    }
    assert (booked.status, booked.price_cents, booked.booked_by_id) == ("booked", 120000, receptionist.id)
    assert StatusChange.objects.get(appointment=booked).to_status == "booked"


def test_book_holds_room_and_equipment_with_buffers_and_people_without(clinic, receptionist, at):
    service = clinic.add_service(device_model=clinic.add_device(), prepare_minutes=10, clean_minutes=20)
    booked = services.book_appointment(actor=receptionist, at=at, **clinic.booking(service=service.id))
    held = {r.kind: (r.during.lower, r.during.upper) for r in Reservation.objects.filter(appointment=booked)}
    whole = (booked.starts_at - timedelta(minutes=10), booked.ends_at + timedelta(minutes=20))
    assert held == {
        "practitioner": (booked.starts_at, booked.ends_at),
        "room": whole,
        "equipment": whole,
        "patient": (booked.starts_at, booked.ends_at),
    }


def test_book_leaves_a_passed_verdict(clinic, receptionist, at):
    services.book_appointment(actor=receptionist, at=at, **clinic.booking())
    verdict = Verdict.objects.get(decision="BookAppointment")
    assert verdict.outcome == "passed"
    assert "scheduling.subject_licensed" in verdict.passed
    assert len(verdict.passed) == 10


def test_book_taken_time_says_so_with_alternatives(clinic, receptionist, at):
    services.book_appointment(actor=receptionist, at=at, **clinic.booking())
    other = clinic.add_patient("赵一")
    with pytest.raises(SlotTaken) as taken:
        services.book_appointment(actor=receptionist, at=at, **clinic.booking(patient=other.id))
    starts = [datetime.fromisoformat(slot["start"]) for slot in taken.value.data["alternatives"]]
    assert starts[:2] == [local(TUESDAY, "09:30"), local(TUESDAY, "10:30")]
    assert len(starts) == 5
    assert Appointment.objects.count() == 1


def test_book_overlapping_by_length_is_taken(clinic, receptionist, at):
    services.book_appointment(actor=receptionist, at=at, **clinic.booking())
    with pytest.raises(SlotTaken):
        services.book_appointment(actor=receptionist, at=at, **clinic.booking(start=local(TUESDAY, "09:45")))
    services.book_appointment(actor=receptionist, at=at, **clinic.booking(start=local(TUESDAY, "10:30")))


def test_book_uses_every_lane_of_every_room_before_it_is_taken(clinic, receptionist, at):
    clinic.add_room("治疗室二", lanes=2)
    orders = [
        clinic.booking(
            practitioner=clinic.add_doctor(f"医生{n}").id, patient=clinic.add_patient(f"患者{n}").id
        )
        for n in range(4)
    ]
    for order in orders[:3]:
        services.book_appointment(actor=receptionist, at=at, **order)
    with pytest.raises(SlotTaken):
        services.book_appointment(actor=receptionist, at=at, **orders[3])
    assert Appointment.objects.count() == 3


@pytest.mark.parametrize(
    ("clock", "why"), [("17:00", "rota"), ("08:00", "rota"), ("16:45", "rota"), ("12:00", "leave")]
)
def test_book_when_nobody_works_is_unavailable(clinic, receptionist, director, at, clock, why):
    services.add_leave(
        actor=director,
        at=at,
        staff=clinic.doctor.id,
        starts_at=local(TUESDAY, "12:00"),
        ends_at=local(TUESDAY, "13:00"),
        reason="学习",
    )
    with pytest.raises(SlotUnavailable) as error:
        services.book_appointment(actor=receptionist, at=at, **clinic.booking(start=local(TUESDAY, clock)))
    assert error.value.data["why"] == why
    assert error.value.data["alternatives"]


def test_book_outside_opening_hours_is_unavailable(clinic, receptionist, director, at):
    services.set_day(
        actor=director,
        at=at,
        staff=clinic.doctor.id,
        site=clinic.site.id,
        day=TUESDAY,
        hours=[(local(TUESDAY, "06:00").time(), local(TUESDAY, "20:00").time())],
    )
    with pytest.raises(SlotUnavailable) as error:
        services.book_appointment(actor=receptionist, at=at, **clinic.booking(start=local(TUESDAY, "18:30")))
    assert error.value.data["why"] == "hours"


def test_same_key_gives_the_same_appointment(clinic, receptionist, at):
    order = clinic.booking(request_key="k", request_digest="d")
    first = services.book_appointment(actor=receptionist, at=at, **order)
    assert services.book_appointment(actor=receptionist, at=at, **order).id == first.id
    assert Appointment.objects.count() == 1


def test_same_key_with_another_body_is_refused(clinic, receptionist, at):
    services.book_appointment(
        actor=receptionist, at=at, **clinic.booking(request_key="k", request_digest="d")
    )
    with pytest.raises(KeyReused):
        services.book_appointment(
            actor=receptionist, at=at, **clinic.booking(request_key="k", request_digest="other")
        )


def test_two_accounts_may_use_the_same_key(clinic, receptionist, director, at):
    services.book_appointment(actor=receptionist, at=at, **clinic.booking(request_key="k"))
    later = clinic.booking(request_key="k", start=local(TUESDAY, "11:00"))
    services.book_appointment(actor=director, at=at, **later)
    assert Appointment.objects.count() == 2


def test_outsider_finds_nothing_and_changes_nothing(clinic, outsider, at):
    with pytest.raises(Missing):
        services.book_appointment(actor=outsider, at=at, **clinic.booking())
    assert not Appointment.objects.exists()


def test_surgeon_may_not_book(clinic, surgeon, at):
    with pytest.raises(Denied):
        services.book_appointment(actor=surgeon, at=at, **clinic.booking())
    assert not Appointment.objects.exists()


def test_patient_of_another_site_is_missing(clinic, receptionist, other_site, at):
    stranger = clinic.add_patient("外人")
    with recorded(SETUP):
        stranger.registrations.update(site=other_site)
    with pytest.raises(Missing):
        services.book_appointment(actor=receptionist, at=at, **clinic.booking(patient=stranger.id))


def test_merged_patient_is_booked_under_the_survivor(clinic, receptionist, at):
    double = clinic.add_patient("李小明", consents=())
    with recorded(SETUP):
        double.canonical = double.merged_into = clinic.patient
        double.save()
    booked = services.book_appointment(actor=receptionist, at=at, **clinic.booking(patient=double.id))
    assert booked.patient_id == clinic.patient.id


@pytest.mark.parametrize(
    "start",
    [
        datetime(2026, 11, 24, 10, 0),  # noqa: DTZ001 that is what is tried
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, tzinfo=UTC),
        datetime(2026, 11, 24, 2, 0, 30, tzinfo=UTC),
    ],
)
def test_book_refuses_times_that_are_none(clinic, receptionist, at, start):
    with pytest.raises(Invalid):
        services.book_appointment(actor=receptionist, at=at, **clinic.booking(start=start))


def test_book_room_of_another_kind_is_invalid(clinic, receptionist, at):
    with pytest.raises(Invalid):
        services.book_appointment(
            actor=receptionist, at=at, **clinic.booking(room=clinic.add_room("影像", "imaging").id)
        )


def test_book_with_mail_queues_confirmation_and_reminder(clinic, receptionist, at):
    patient = clinic.add_patient("钱二", consents=("privacy", "messages"), email="q@example.com")
    order = clinic.booking(patient=patient.id, start=local(MONDAY + timedelta(days=2), "10:00"))
    booked = services.book_appointment(actor=receptionist, at=at, **order)
    due = dict(Message.objects.filter(subject_id=booked.id).values_list("template", "due_at"))
    assert due == {
        "scheduling.confirmation": at,
        "scheduling.reminder": booked.starts_at - timedelta(hours=24),
    }


@pytest.mark.parametrize(
    ("channel", "kinds"),
    [
        ("desk", {"scheduling.remind_by_phone"}),
        ("web", {"scheduling.remind_by_phone", "scheduling.confirm_by_phone"}),
    ],
)
def test_book_without_mail_asks_reception_to_call(clinic, receptionist, at, channel, kinds):
    booked = services.book_appointment(actor=receptionist, at=at, **clinic.booking(channel=channel))
    items = WorkItem.objects.filter(subject_id=booked.id)
    assert {item.kind for item in items} == kinds
    assert {item.role for item in items} == {"reception"}
