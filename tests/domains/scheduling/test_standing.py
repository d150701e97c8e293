"""What happens to papers, devices and records after a booking: the desk's work, with the reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from liangyi_test_clinic import MONDAY, SETUP, local, recorded

from liangyi.domains.facilities import services as facilities
from liangyi.domains.facilities.models import Equipment
from liangyi.domains.patients.services import merge_patients
from liangyi.domains.scheduling import queries, services
from liangyi.domains.staff import services as staff
from liangyi.domains.staff.models import Credential, Privilege
from liangyi.platform.controls.models import Breach
from liangyi.platform.controls.services import run_watches
from liangyi.platform.worklist.models import WorkItem

TUESDAY = MONDAY + timedelta(days=1)
WATCH = "scheduling.booked_without_authority"


def open_rebookings() -> set:
    return set(
        WorkItem.objects.filter(kind="scheduling.rebook", done_at=None, cancelled_at=None).values_list(
            "subject_id", flat=True
        )
    )


def reasons(actor, clinic, at) -> list[str]:
    (found,) = queries.rebookings(actor, site=clinic.site.id, at=at)
    return [str(reason) for reason in found.why]


@pytest.fixture
def booked(clinic, receptionist, at):
    return services.book_appointment(actor=receptionist, at=at, **clinic.booking())


@pytest.fixture
def with_laser(clinic, receptionist, at):
    service = clinic.add_service(device_model=clinic.add_device())
    return services.book_appointment(actor=receptionist, at=at, **clinic.booking(service=service.id))


def test_revoked_certificate_gives_the_desk_its_work_and_a_new_one_takes_it_back(
    clinic, booked, receptionist, at
):
    paper = Credential.objects.get()
    staff.revoke_credential(
        actor=SETUP, at=at, credential=paper.id, revoked_on=MONDAY, reason="多机构执业终止"
    )
    assert open_rebookings() == {booked.id}
    assert reasons(receptionist, clinic, at) == ["王医生的医师执业证书已注销"]
    staff.add_credential(
        actor=SETUP,
        at=at,
        member=clinic.doctor.id,
        kind="doctor_licence",
        number="N2",
        issued_on=MONDAY,
        sites=[clinic.site.id],
        subjects=[clinic.subject.code],
    )
    assert open_rebookings() == set()
    assert queries.rebookings(receptionist, site=clinic.site.id, at=at) == []


def test_suspended_privilege_hits_its_service_until_it_is_resumed(clinic, receptionist, at):
    service = clinic.add_service("光子嫩肤", needs_privilege=True)
    given = staff.grant_privilege(
        actor=SETUP,
        at=at,
        member=clinic.doctor.id,
        service=service.id,
        valid_from=MONDAY,
        valid_to=date(2027, 11, 1),
    )
    made = services.book_appointment(actor=receptionist, at=at, **clinic.booking(service=service.id))
    other = clinic.booking(start=local(TUESDAY, "12:00"))
    services.book_appointment(actor=receptionist, at=at, **other)
    staff.suspend_privilege(actor=SETUP, at=at, privilege=given.id, reason="并发症待查")
    assert open_rebookings() == {made.id}
    assert reasons(receptionist, clinic, at) == ["王医生的“光子嫩肤”授权已暂停"]
    staff.resume_privilege(actor=SETUP, at=at, privilege=given.id)
    assert open_rebookings() == set()


def test_retired_device_hits_what_it_was_held_for(clinic, with_laser, booked_elsewhere, receptionist, at):
    facilities.retire_equipment(actor=SETUP, at=at, equipment=Equipment.objects.get().id)
    assert open_rebookings() == {with_laser.id}
    assert reasons(receptionist, clinic, at) == ["设备“激光一号”已停用"]


@pytest.fixture
def booked_elsewhere(clinic, receptionist, at):
    order = clinic.booking(start=local(TUESDAY, "14:00"))
    return services.book_appointment(actor=receptionist, at=at, **order)


def test_what_runs_out_by_date_is_found_at_night_and_closed_when_put_right(
    clinic, with_laser, receptionist, at
):
    with recorded(SETUP):
        Equipment.objects.update(calibration_due=MONDAY)
    run_watches(at, codes=[WATCH])
    services.review_all(actor=SETUP, at=at)
    breach = Breach.objects.get(control=WATCH)
    assert (breach.subject_type, breach.subject_id) == ("facilities.equipment", Equipment.objects.get().id)
    assert breach.facts == {"appointments": 1, "first_day": "2026-11-24", "last_day": "2026-11-24"}
    assert open_rebookings() == {with_laser.id}
    assert reasons(receptionist, clinic, at) == ["设备“激光一号”的校准 2026-11-23 到期"]
    facilities.record_calibration(
        actor=SETUP, at=at, equipment=breach.subject_id, done_on=MONDAY, certificate="C2"
    )
    run_watches(at, codes=[WATCH])
    breach.refresh_from_db()
    assert (breach.closed_at, open_rebookings()) == (at, set())


def test_one_breach_for_a_doctor_with_many_appointments(clinic, booked, booked_elsewhere, at):
    with recorded(SETUP):
        Credential.objects.update(valid_to=MONDAY)
    run_watches(at, codes=[WATCH])
    breach = Breach.objects.get(control=WATCH)
    assert (breach.subject_type, breach.subject_id) == ("staff.member", clinic.doctor.id)
    assert breach.facts["appointments"] == 2
    assert WorkItem.objects.get(subject_id=breach.id).role == "director"


def test_service_that_needs_authority_from_now_on_is_found_at_night(clinic, booked, receptionist, at):
    with recorded(SETUP):
        clinic.service.needs_privilege = True
        clinic.service.save()
    assert Privilege.objects.count() == 0
    assert services.review_all(actor=SETUP, at=at) == 1
    assert reasons(receptionist, clinic, at) == ["王医生没有“皮肤治疗”的手术授权"]


def test_merging_two_booked_at_once_asks_for_the_later_one_to_be_moved(clinic, booked, receptionist, at):
    clinic.add_room("治疗室二")
    twin, doctor = clinic.add_patient("李晓明"), clinic.add_doctor("张医生")
    later = services.book_appointment(
        actor=receptionist, at=at, **clinic.booking(patient=twin.id, practitioner=doctor.id)
    )
    merge_patients(actor=SETUP, at=at, keep_id=clinic.patient.id, merge_id=twin.id, reason="同一人")
    assert open_rebookings() == {later.id}
    assert reasons(receptionist, clinic, at) == ["李晓明同一时间另有预约：皮肤治疗"]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_however_many(clinic, receptionist, at, rows, django_assert_num_queries):
    service = clinic.add_service(device_model=clinic.add_device())
    for n in range(rows):
        order = clinic.booking(service=service.id, start=local(TUESDAY, "10:00") + timedelta(hours=n))
        services.book_appointment(actor=receptionist, at=at, **order)
    with recorded(SETUP):
        Credential.objects.update(valid_to=MONDAY)
    with django_assert_num_queries(10):
        assert len(queries.rebookings(receptionist, site=clinic.site.id, at=at)) == rows
