"""A patient is in one place at a time: refused by the gate, held by the database, whoever the record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from liangyi_test_clinic import MONDAY, SETUP, local, open_clinic, recorded

from liangyi.domains.patients.models import Registration
from liangyi.domains.patients.services import merge_patients, unmerge_patients
from liangyi.domains.scheduling import services
from liangyi.domains.scheduling.errors import SlotTaken
from liangyi.domains.scheduling.models import Appointment, Reservation
from liangyi.platform.controls.models import Verdict
from liangyi.platform.errors import Refused

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def elsewhere(clinic: Any) -> dict[str, Any]:
    """A booking of the same patient with another doctor, in another room, a quarter of an hour later."""
    clinic.add_room("治疗室二")
    doctor = clinic.add_doctor("张医生")
    return clinic.booking(practitioner=doctor.id, start=local(TUESDAY, "10:15"))


def book(actor, at, order) -> Appointment:
    return services.book_appointment(actor=actor, at=at, **order)


def refusal_of(actor, at, order):
    with pytest.raises(Refused) as refused:
        book(actor, at, order)
    (refusal,) = refused.value.refusals
    return refusal


def held_for(patient) -> int:
    return Reservation.objects.filter(kind="patient", resource=patient.id).count()


def test_patient_is_not_booked_twice_at_once(clinic, receptionist, at, elsewhere):
    first = book(receptionist, at, clinic.booking())
    refusal = refusal_of(receptionist, at, elsewhere)
    assert refusal.control == "scheduling.patient_free"
    assert str(refusal.reason) == ("李小明 2026-11-24 10:00–10:30 已约“皮肤治疗”（王医生），不能同时在两处")
    assert refusal.facts["appointment"] == str(first.id)
    assert refusal.remedy_url == f"/scheduling/appointments/{first.id}/"
    assert Verdict.objects.filter(outcome="refused").count() == 1
    assert Appointment.objects.get() == first


def test_patient_may_go_from_one_room_straight_to_the_next(clinic, receptionist, at, elsewhere):
    book(receptionist, at, clinic.booking())
    book(receptionist, at, elsewhere | {"start": local(TUESDAY, "10:30")})
    assert held_for(clinic.patient) == 2


def test_time_that_is_taken_anyway_is_answered_with_others(clinic, receptionist, at):
    book(receptionist, at, clinic.booking())
    with pytest.raises(SlotTaken) as taken:
        book(receptionist, at, clinic.booking())
    assert taken.value.data["alternatives"]


@pytest.mark.parametrize("over", ["cancel", "finish"])
def test_time_is_free_again_when_the_appointment_is_over(clinic, receptionist, surgeon, at, elsewhere, over):
    first = book(receptionist, at, clinic.booking())
    if over == "cancel":
        services.cancel_appointment(actor=receptionist, at=at, appointment=first.id, reason="patient")
    else:
        early = local(TUESDAY, "09:50")
        services.check_in(actor=receptionist, at=early, appointment=first.id)
        services.start_visit(actor=surgeon, at=early, appointment=first.id)
        services.finish_visit(actor=surgeon, at=local(TUESDAY, "10:05"), appointment=first.id)
    assert book(receptionist, at, elsewhere).status == "booked"


def test_move_into_another_appointment_is_refused_and_within_its_own_time_is_not(
    clinic, receptionist, at, elsewhere
):
    book(receptionist, at, clinic.booking())
    other = book(receptionist, at, elsewhere | {"start": local(TUESDAY, "11:00")})
    move = {"actor": receptionist, "at": at, "appointment": other.id, "reason": "换"}
    with pytest.raises(Refused) as refused:
        services.reschedule_appointment(**move, start=local(TUESDAY, "10:15"))
    assert [one.control for one in refused.value.refusals] == ["scheduling.patient_free"]
    moved = services.reschedule_appointment(**move, start=local(TUESDAY, "11:15"))
    assert (moved.starts_at, held_for(clinic.patient)) == (local(TUESDAY, "11:15"), 2)


def test_walk_in_is_refused_while_expected_elsewhere(clinic, receptionist, at, elsewhere):
    book(receptionist, at, clinic.booking())
    order = elsewhere | {"start": None}
    with pytest.raises(Refused) as refused:
        services.walk_in(actor=receptionist, at=local(TUESDAY, "10:07"), **order)
    assert [one.control for one in refused.value.refusals] == ["scheduling.patient_free"]


def test_other_site_is_named_without_what_is_done_there(clinic, receptionist, at, other_site):
    far = open_clinic(other_site)
    with recorded(SETUP):
        Registration.objects.create(
            patient=clinic.patient, site=other_site, record_number="F1", registered_at=at
        )
    services.book_appointment(actor=SETUP, at=at, **far.booking(patient=clinic.patient.id))
    refusal = refusal_of(receptionist, at, clinic.booking())
    assert str(refusal.reason) == "李小明 2026-11-24 10:00–10:30 已约在良医口腔诊所，不能同时在两处"
    assert "appointment" not in refusal.facts
    assert "service" not in refusal.facts


def test_merged_records_are_one_patient_until_they_are_parted(clinic, receptionist, director, at, elsewhere):
    twin = clinic.add_patient("李晓明")
    book(receptionist, at, clinic.booking(patient=twin.id))
    merging = {"actor": director, "at": at, "reason": "同一人"}
    merge_patients(**merging, keep_id=clinic.patient.id, merge_id=twin.id)
    assert (held_for(clinic.patient), held_for(twin)) == (1, 0)
    assert refusal_of(receptionist, at, elsewhere).control == "scheduling.patient_free"
    unmerge_patients(**merging, merged_id=twin.id)
    assert (held_for(clinic.patient), held_for(twin)) == (0, 1)
    assert book(receptionist, at, elsewhere).patient_id == clinic.patient.id


def test_merging_two_who_are_booked_at_once_leaves_both_bookings(
    clinic, receptionist, director, at, elsewhere
):
    twin = clinic.add_patient("李晓明")
    book(receptionist, at, clinic.booking(patient=twin.id))
    book(receptionist, at, elsewhere)
    merge_patients(actor=director, at=at, keep_id=clinic.patient.id, merge_id=twin.id, reason="同一人")
    assert (held_for(clinic.patient), held_for(twin)) == (1, 1)


def test_database_is_the_judge(clinic, receptionist, at, elsewhere):
    book(receptionist, at, clinic.booking())
    other = book(receptionist, at, elsewhere | {"start": local(TUESDAY, "12:00")})
    row = Reservation.objects.get(appointment=other, kind="patient")
    row.during, row.starts_at = (local(TUESDAY, "10:15"), local(TUESDAY, "10:45")), local(TUESDAY, "10:15")
    with pytest.raises(IntegrityError, match="scheduling_no_overlap"), transaction.atomic(), recorded(SETUP):
        row.save()


def test_no_show_taken_back_holds_the_patient_again(clinic, receptionist, at):
    booked = book(receptionist, at, clinic.booking())
    services.mark_no_show(actor=receptionist, at=local(TUESDAY, "10:20"), appointment=booked.id)
    assert held_for(clinic.patient) == 0
    services.undo_no_show(
        actor=receptionist, at=local(TUESDAY, "10:25"), appointment=booked.id, reason="刚到"
    )
    assert held_for(clinic.patient) == 1


def test_booking_takes_at_most_fifteen_statements(clinic, receptionist, at):
    book(receptionist, at, clinic.booking(start=local(TUESDAY, "14:00")))
    with CaptureQueriesContext(connection) as queries:
        book(receptionist, at, clinic.booking())
    assert len(queries) <= 15
