"""Every gate of booking refuses with reason, facts and remedy, leaves a verdict and changes nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from liangyi_test_clinic import MONDAY, SETUP, local, recorded

from liangyi.domains.catalogue.models import Subject
from liangyi.domains.organisation.models import Licence
from liangyi.domains.scheduling import services
from liangyi.domains.scheduling.models import Appointment, Reservation
from liangyi.domains.staff.models import Credential, Privilege
from liangyi.platform.controls.models import Verdict
from liangyi.platform.errors import Refused

TUESDAY = MONDAY + timedelta(days=1)


def refusal_of(clinic, actor, at, **other):
    """The only refusal of a booking; nothing has been written but the verdict."""
    with pytest.raises(Refused) as refused:
        services.book_appointment(actor=actor, at=at, **clinic.booking(**other))
    assert not Appointment.objects.exists()
    assert not Reservation.objects.exists()
    assert Verdict.objects.get().outcome == "refused"
    (refusal,) = refused.value.refusals
    assert refusal.remedy
    assert refusal.remedy_url.startswith("/")
    return refusal


def test_subject_not_on_the_licence(clinic, receptionist, at):
    with recorded(SETUP):
        subject = Subject.objects.create(code="test_dental", name="口腔科")
    clinic.license(clinic.doctor, subjects=[subject.code])
    service = clinic.add_service("拔牙", subject=subject)
    refusal = refusal_of(clinic, receptionist, at, service=service.id)
    assert refusal.control == "scheduling.subject_licensed"
    assert "没有登记诊疗科目“口腔科”" in str(refusal.reason)


def test_site_licence_lapsed(clinic, receptionist, at):
    with recorded(SETUP):
        Licence.objects.update(valid_to=date(2026, 10, 31))
    refusal = refusal_of(clinic, receptionist, at)
    assert refusal.control == "scheduling.subject_licensed"
    assert "2026-10-31 到期" in str(refusal.reason)


def test_level_above_the_licence(clinic, receptionist, at):
    refusal = refusal_of(clinic, receptionist, at, service=clinic.add_service("颧骨降低", level=4).id)
    assert refusal.control == "scheduling.level_allowed"
    assert refusal.facts["level"] == 4
    assert refusal.facts["allowed"] == 2


@pytest.mark.parametrize(
    ("paper", "words"),
    [
        ({"valid_to": date(2026, 10, 31)}, "医师执业证书 2026-10-31 到期"),
        ({"revoked_on": date(2026, 11, 1)}, "已注销"),
        ({"places": []}, "没有注册在"),
        ({"subjects": ["other"]}, "不含“美容皮肤科”"),
        ({"kind": "life_support"}, "没有登记医师执业证书"),
        ({"issued_on": date(2027, 1, 1)}, "尚未生效"),
    ],
)
def test_practitioner_licence(clinic, receptionist, at, paper, words):
    with recorded(SETUP):
        Credential.objects.all().delete()
    clinic.license(clinic.doctor, **paper)
    refusal = refusal_of(clinic, receptionist, at)
    assert refusal.control == "scheduling.practitioner_licensed"
    assert words in str(refusal.reason)
    assert "王医生" in str(refusal.reason)


@pytest.mark.parametrize(
    ("privilege", "words"),
    [
        (None, "没有“埋线”的手术授权"),
        ({"valid_to": date(2026, 11, 1)}, "授权 2026-11-01 到期"),
        ({"suspended_on": date(2026, 11, 1)}, "授权已暂停"),
    ],
)
def test_practitioner_privilege(clinic, receptionist, at, privilege, words):
    service = clinic.add_service("埋线", needs_privilege=True)
    if privilege is not None:
        values = {"valid_from": date(2026, 1, 1), "valid_to": date(2027, 1, 1)} | privilege
        with recorded(SETUP):
            Privilege.objects.create(staff=clinic.doctor, service=service, **values)
    refusal = refusal_of(clinic, receptionist, at, service=service.id)
    assert refusal.control == "scheduling.practitioner_privileged"
    assert words in str(refusal.reason)


@pytest.mark.parametrize(("due", "words"), [(date(2026, 11, 1), "2026-11-01 到期"), (None, "还没有校准记录")])
def test_equipment_calibration(clinic, receptionist, at, due, words):
    service = clinic.add_service(device_model=clinic.add_device(due=due))
    refusal = refusal_of(clinic, receptionist, at, service=service.id)
    assert refusal.control == "scheduling.equipment_calibrated"
    assert words in str(refusal.reason)


def test_one_calibrated_piece_of_the_model_is_enough(clinic, receptionist, at):
    model = clinic.add_device("甲", due=date(2026, 1, 1))
    good = clinic.add_piece(model, "乙")
    service = clinic.add_service(device_model=model)
    booked = services.book_appointment(actor=receptionist, at=at, **clinic.booking(service=service.id))
    assert Reservation.objects.get(appointment=booked, kind="equipment").resource == good.id


def test_minor_without_guardian(clinic, receptionist, at):
    minor = clinic.add_patient("小李", birth_date=date(2010, 1, 1))
    refusal = refusal_of(clinic, receptionist, at, patient=minor.id)
    assert refusal.control == "scheduling.minor_has_guardian"
    assert refusal.remedy_url == f"/patients/{minor.id}/"


def test_minor_with_guardian_and_birthday_on_the_day_pass(clinic, receptionist, at):
    minor = clinic.add_patient("小李", birth_date=date(2010, 1, 1))
    clinic.add_guardian(minor)
    services.book_appointment(actor=receptionist, at=at, **clinic.booking(patient=minor.id))
    grown = clinic.add_patient("大李", birth_date=date(2008, 11, 24))
    later = clinic.booking(patient=grown.id, start=local(TUESDAY, "11:00"))
    assert services.book_appointment(actor=receptionist, at=at, **later)


def test_patient_without_privacy_consent(clinic, receptionist, at):
    patient = clinic.add_patient("孙三", consents=())
    refusal = refusal_of(clinic, receptionist, at, patient=patient.id)
    assert refusal.control == "scheduling.privacy_consent"


def test_time_in_the_past(clinic, receptionist, at):
    refusal = refusal_of(clinic, receptionist, at, start=local(MONDAY, "09:15"))
    assert refusal.control == "scheduling.not_in_past"


def test_closing_day(clinic, receptionist, at):
    clinic.close_on(TUESDAY)
    refusal = refusal_of(clinic, receptionist, at)
    assert refusal.control == "scheduling.site_open"
    assert "停诊：装修" in str(refusal.reason)


def test_weekday_without_opening_hours(clinic, receptionist, at):
    refusal = refusal_of(clinic, receptionist, at, start=local(MONDAY + timedelta(days=6), "10:00"))
    assert refusal.control == "scheduling.site_open"


def test_all_refusals_are_told_at_once(clinic, receptionist, at):
    clinic.close_on(TUESDAY)
    patient = clinic.add_patient("孙三", consents=(), birth_date=date(2012, 1, 1))
    with pytest.raises(Refused) as refused:
        services.book_appointment(actor=receptionist, at=at, **clinic.booking(patient=patient.id))
    assert {refusal.control for refusal in refused.value.refusals} == {
        "scheduling.site_open",
        "scheduling.minor_has_guardian",
        "scheduling.privacy_consent",
    }
