"""Booking at the desk: choosing step by step, once however often it is sent, and what a failure says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from liangyi.domains.scheduling.models import Appointment
from liangyi.platform.access.models import Site

BOOK = "/scheduling/book/"
CHOOSE = {"_choose": "1"}
HTMX = {"HX-Request": "true", "HX-Target": "drawer-body"}
TEN = "2026-11-24T10:00:00+08:00"


@pytest.fixture
def form(clinic: Any) -> dict[str, str]:
    """A filled in form for Tuesday at ten."""
    return {
        "patient": str(clinic.patient.id),
        "service": str(clinic.service.id),
        "slot": f"{TEN}~{clinic.doctor.id}",
        "channel": "desk",
        "note": "第一次来",
        "request_key": uuid4().hex,
    }


def test_form_opens_empty_and_filled(desk: Client, clinic: Any) -> None:
    assert "请选择项目" in desk.get(BOOK).text
    known = desk.get(BOOK, {"patient": clinic.patient.id, "service": clinic.service.id}).text
    assert all(word in known for word in ("李小明", "¥1,200.00", "王医生", "上午"))


def test_form_is_denied_without_permission(browser: Callable[..., Client], form: dict[str, str]) -> None:
    nurse = browser("nurse")
    assert (nurse.get(BOOK).status_code, nurse.post(BOOK, form).status_code) == (403, 403)
    assert not Appointment.objects.exists()


def test_choosing_shows_what_follows_and_books_nothing(desk: Client, form: dict[str, str]) -> None:
    answer = desk.post(BOOK, form | CHOOSE)
    assert answer.status_code == 200
    assert all(word in answer.text for word in ("2026-11-24 周二 10:00–10:30", "治疗室一", "患者没有留邮箱"))
    assert not Appointment.objects.exists()


def test_booking_leads_to_the_appointment(desk: Client, form: dict[str, str]) -> None:
    answer = desk.post(BOOK, form)
    made = Appointment.objects.get()
    assert answer.url == f"/scheduling/appointments/{made.id}/"
    assert made.note == "第一次来"


def test_booking_from_the_board_leads_to_the_day(desk: Client, form: dict[str, str]) -> None:
    headers = HTMX | {"HX-Current-URL": "http://127.0.0.1/scheduling/?day=2026-11-23"}
    answer = desk.post(BOOK, form, headers=headers)
    assert answer.headers["HX-Redirect"] == "/scheduling/?day=2026-11-24"


def test_form_sent_twice_books_once(desk: Client, form: dict[str, str]) -> None:
    first, second = desk.post(BOOK, form), desk.post(BOOK, form)
    assert first.url == second.url
    assert Appointment.objects.count() == 1


def test_taken_time_offers_others_that_book_at_once(desk: Client, clinic: Any, form: dict[str, str]) -> None:
    desk.post(BOOK, form)
    later = form | {"patient": str(clinic.add_patient("周小红").id), "request_key": uuid4().hex}
    answer = desk.post(BOOK, later)
    assert answer.status_code == 409
    assert "这个时间已被约走" in answer.text
    assert "第一次来" in answer.text
    offered = answer.context["offers"][0]
    assert f'value="{offered.value}"' in answer.text
    assert desk.post(BOOK, later | {"_slot": offered.value}).status_code == 303
    assert Appointment.objects.count() == 2


def test_time_nobody_works_says_why(desk: Client, clinic: Any, form: dict[str, str]) -> None:
    answer = desk.post(BOOK, form | {"slot": f"2026-11-24T17:30:00+08:00~{clinic.doctor.id}"})
    assert answer.status_code == 409
    assert "医生这个时间不出诊" in answer.text


def test_refusal_shows_reason_and_remedy_and_what_was_chosen_comes_back(
    desk: Client, clinic: Any, form: dict[str, str]
) -> None:
    stranger = clinic.add_patient("孙小强", consents=())
    answer = desk.post(BOOK, form | {"patient": str(stranger.id)})
    assert answer.status_code == 422
    assert all(word in answer.text for word in ("还没有同意隐私告知", "请患者阅读并同意", "已同意隐私告知"))
    assert not Appointment.objects.exists()
    back = desk.get(BOOK, {"patient": stranger.id}).text
    assert "2026-11-24 周二 10:00–10:30" in back
    assert "10:00–10:30" not in desk.get(BOOK, {"patient": stranger.id}).text


def test_what_was_chosen_waits_for_a_new_patient(desk: Client, clinic: Any, form: dict[str, str]) -> None:
    away = desk.post("/scheduling/book/new-patient/", form)
    assert away.url == "/patients/register/"
    newcomer = clinic.add_patient("新来的")
    assert "10:00–10:30" in desk.get(BOOK, {"patient": newcomer.id}).text


@pytest.mark.parametrize("missing", ["patient", "service", "slot"])
def test_what_is_missing_is_said_at_its_place(desk: Client, form: dict[str, str], missing: str) -> None:
    answer = desk.post(BOOK, form | {missing: ""})
    assert answer.status_code == 422
    assert answer.context["form"].errors[missing]
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(
    "field", ["patient", "service", "slot", "room", "enquiry", "channel", "note", "request_key"]
)
@pytest.mark.parametrize("value", ["", "x" * 5000, "<script>alert(1)</script>", "😀", "\x00", "1,2", "~"])
def test_form_bears_any_input(desk: Client, form: dict[str, str], field: str, value: str) -> None:
    for extra in ({}, CHOOSE):
        answer = desk.post(BOOK, form | {field: value} | extra)
        assert answer.status_code in (200, 303, 404, 409, 422)
        assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "query", [{"day": "x"}, {"start": "now"}, {"from": "9999-12-31"}, {"practitioner": "😀"}]
)
def test_address_bears_anything(desk: Client, clinic: Any, query: dict[str, str]) -> None:
    known = {"patient": clinic.patient.id, "service": clinic.service.id}
    assert desk.get(BOOK, known | query).status_code == 200


def test_wished_time_is_chosen_or_said_to_be_gone(desk: Client, clinic: Any) -> None:
    known = {"patient": clinic.patient.id, "service": clinic.service.id, "practitioner": clinic.doctor.id}
    assert "10:00–10:30" in desk.get(BOOK, known | {"start": "2026-11-24T10:00"}).text
    assert "不能约这个项目" in desk.get(BOOK, known | {"start": "2026-11-24T17:45"}).text


def test_patient_of_another_site_is_not_found(
    browser: Callable[..., Client], clinic: Any, other_site: Site
) -> None:
    outsider = browser("reception", username="outsider", at_site=other_site)
    hits = outsider.post("/scheduling/book/patients/", {"q": "李小明", "form": BOOK})
    assert "本院区没有找到" in hits.text
    assert "李小明" not in outsider.get(BOOK, {"patient": clinic.patient.id}).text


def test_hits_lead_back_to_their_own_form_only(desk: Client, clinic: Any, now: datetime) -> None:
    elsewhere = desk.post("/scheduling/book/patients/", {"q": "李", "form": "https://evil.example/"})
    assert "evil.example" not in elsewhere.text
