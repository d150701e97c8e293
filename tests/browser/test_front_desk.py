"""The front desk's day, each person at a screen of their own."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from liangyi.domains.catalogue.models import Service
from liangyi.domains.patients.models import Patient
from liangyi.domains.scheduling import queries, services
from liangyi.domains.scheduling.models import Appointment
from liangyi.platform import actors, clock

from .conftest import TODAY, Clinic
from .people import Person

FIRST_VISIT = "皮肤美容面诊"
FRIDAY = TODAY + timedelta(days=3)
SYSTEM = actors.system("test")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def coming(**facts: Any) -> Appointment:
    """An appointment from tomorrow on."""
    found = Appointment.objects.filter(status="booked", starts_at__date__gt=TODAY, **facts)
    return found.select_related("patient", "service", "site").earliest("starts_at")


def free_for(patient: Patient) -> None:
    """Nothing stands in the patient's way on Friday."""
    for one in Appointment.objects.filter(patient=patient, status="booked", starts_at__date=FRIDAY):
        services.cancel_appointment(
            actor=SYSTEM, at=clock.now(), appointment=one.id, reason="other", note="测试"
        )


def free_slot(patient: Patient, on: date, service: str = FIRST_VISIT, doctor: str = "") -> dict[str, Any]:
    """What books the first free time of a day."""
    site, wanted = coming().site_id, Service.objects.get(name=service).id
    free = queries.free_slots(SYSTEM, site=site, service=wanted, first=on, last=on, at=clock.now())
    slot = next(one for one in free if one.practitioner_name == (doctor or one.practitioner_name))
    who = {"patient": patient.id, "practitioner": slot.practitioner, "room": slot.room}
    return {"site": site, "service": wanted, "start": slot.start, **who}


def book(**facts: Any) -> Appointment:
    return services.book_appointment(actor=SYSTEM, at=clock.now(), **facts)


def booking_form(desk: Person) -> Person:
    desk.opens("预约").follows("新预约")
    expect(desk.page.locator("#drawer.show #patient-q")).to_be_visible()
    return desk


def finds(desk: Person, patient: Patient) -> Person:
    """By the pinyin of the name."""
    desk.fills("患者", patient.pinyin.replace(" ", ""))
    desk.page.locator(".pick", has_text=patient.name).first.click()
    expect(desk.page.locator(".picked")).to_contain_text(patient.name)
    return desk


def chooses_a_time(desk: Person, on: date = FRIDAY, service: str = FIRST_VISIT) -> str:
    """The first free one of that day, as its summary says it."""
    desk.field("项目").select_option(str(Service.objects.get(name=service).id))
    desk.page.locator(f"label[for='day-{on}']").click()
    desk.page.locator(f".doctor-times label[for^='t-{on:%Y%m%d}']").first.click()
    expect(desk.page.locator(".summary")).to_contain_text(str(on))
    return desk.page.locator(".summary dd").first.inner_text()


def test_patient_found_by_pinyin_is_booked_and_stands_on_the_board(demo: Clinic) -> None:
    patient = coming().patient
    free_for(patient)
    desk = booking_form(demo("reception").signs_in())
    finds(desk, patient)
    chooses_a_time(desk)
    desk.presses("确认预约").is_at(f"/scheduling/?day={FRIDAY}")
    expect(desk.page.locator(".appt", has_text=patient.name)).to_be_visible()


def test_patient_without_privacy_consent_is_refused_with_reason_and_remedy(demo: Clinic) -> None:
    desk = demo("reception").signs_in().opens("患者").follows("缺隐私同意").is_at("only=no_privacy")
    name = desk.page.locator("#rows .row-link").first.inner_text()
    finds(booking_form(desk), Patient.objects.get(name=name)).sees("还没有同意隐私告知")
    chooses_a_time(desk)
    desk.presses("确认预约").sees("这一步被拦下了", "已同意隐私告知")
    desk.follows("请患者阅读并同意").is_at("/patients/").sees(name, "缺同意")
    assert not Appointment.objects.filter(patient__name=name, starts_at__date=FRIDAY).exists()


def test_time_taken_meanwhile_offers_others_and_one_of_them_is_booked(demo: Clinic) -> None:
    patient = coming().patient
    other = coming(patient__pinyin__gt="", patient_id__gt=patient.id).patient
    free_for(patient)
    free_for(other)
    desk = booking_form(demo("reception").signs_in())
    finds(desk, patient)
    chooses_a_time(desk)
    start, doctor = desk.page.locator("[name=slot]:checked").input_value().split("~")
    facts = free_slot(other, FRIDAY) | {"start": datetime.fromisoformat(start), "room": None}
    book(**facts | {"practitioner": doctor})
    desk.presses("确认预约").sees("附近还有这些时间")
    offer = desk.page.locator(".offers button").first
    hour = offer.inner_text().split()[2]
    offer.click()
    desk.is_at("/scheduling/?day=")
    assert Appointment.objects.filter(patient=patient, starts_at__date=FRIDAY, status="booked").count() == 1
    expect(desk.page.locator(".appt", has_text=patient.name)).to_contain_text(hour)


def test_visit_goes_from_the_desk_to_the_nurse_to_the_surgeon(demo: Clinic) -> None:
    patient = coming().patient
    made = book(**free_slot(patient, TODAY, "美容外科面诊", "张明哲"))
    desk = demo("reception").signs_in().opens("候诊")
    guest = f"{patient.name}"
    desk.presses(f"签到 {guest}")
    lane = "[aria-labelledby=lane-{}] .guest"
    expect(desk.page.locator(lane.format("waiting"), has_text=guest).locator(".ticket")).to_have_text(
        re.compile("[A-Z]*[0-9]+")
    )
    nurse = demo("nurse").signs_in().opens("候诊").presses(f"叫号 {guest}")
    expect(nurse.page.locator(lane.format("called"), has_text=guest)).to_be_visible()
    surgeon = demo("surgeon").signs_in().opens("候诊").presses(f"开始就诊 {guest}")
    surgeon.presses(f"完成就诊 {guest}")
    expect(surgeon.page.locator("[aria-labelledby=lane-inside] .guest", has_text=guest)).to_have_count(0)
    assert Appointment.objects.get(id=made.id).status == "finished"


def test_end_of_day_marks_who_did_not_come(demo: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    patient = coming().patient
    book(**free_slot(patient, TODAY))
    before = clock.now
    monkeypatch.setattr(clock, "now", lambda: before() + timedelta(hours=6))
    desk = demo("reception").signs_in().opens("预约").follows("日结")
    expect(desk.page.locator("#drawer.show")).to_contain_text("过了时间没有来")
    desk.sees(patient.name).presses("确认日结")
    expect(desk.page.locator(".appt", has_text=patient.name).first).to_contain_text("爽约")
    desk.goes_to("/scheduling/end-of-day/").sees("已于 2026-11-24 20:5", "共 1 个爽约")


def finds_on_board(desk: Person, appointment: Appointment) -> Person:
    """The appointment in the drawer, over the board of its day."""
    desk.opens("预约").goes_to(f"/scheduling/?day={appointment.starts_at.astimezone(SHANGHAI):%Y-%m-%d}")
    desk.page.locator(f"#a-{appointment.id}").click()
    desk.settles()
    expect(desk.page.locator("#drawer.show")).to_contain_text(appointment.patient.name)
    return desk


def test_appointment_is_moved_to_another_time_with_a_reason(demo: Clinic) -> None:
    patient = coming().patient
    free_for(patient)
    made = book(**free_slot(patient, FRIDAY))
    desk = finds_on_board(demo("reception").signs_in(), made).follows("改期").sees("原定")
    desk.page.locator(f".doctor-times label[for^='t-{FRIDAY:%Y%m%d}']").last.click()
    desk.settles()
    hour = desk.sees("改到").page.locator(".is-new strong").inner_text().split()[-1]
    desk.fills("改期原因", "患者要晚一点").saves("确认改期")
    expect(desk.page.locator(f"#a-{made.id}")).to_contain_text(f"{hour} {patient.name}")
    moved = Appointment.objects.get(id=made.id)
    assert (f"{moved.starts_at.astimezone(SHANGHAI):%H:%M}", moved.moved_from) == (hour, made.starts_at)
    assert moved.changes.latest("at").reason == "患者要晚一点"
    assert {held.starts_at for held in moved.reservations.filter(kind="practitioner")} == {moved.starts_at}


def test_appointment_is_cancelled_with_a_reason_and_its_time_is_free_again(demo: Clinic) -> None:
    patient = coming().patient
    free_for(patient)
    facts = free_slot(patient, FRIDAY)
    made = book(**facts)
    desk = finds_on_board(demo("reception").signs_in(), made).follows("取消预约")
    desk.chooses("取消原因", "患者生病").fills("说明", "发烧了").saves("取消这个预约")
    expect(desk.page.locator(f"#a-{made.id}")).to_have_count(0)
    cancelled = Appointment.objects.get(id=made.id)
    assert (cancelled.status, cancelled.close_reason, cancelled.close_note) == (
        "cancelled",
        "illness",
        "发烧了",
    )
    assert free_slot(patient, FRIDAY)["start"] == facts["start"]
