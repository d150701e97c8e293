"""From a search that found nobody to the form, and from the form to what comes next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from liangyi.domains.patients.models import ConsentText, Patient
from liangyi.platform import clock
from liangyi.web.patients.typed import fields_from

Register = Callable[..., Patient]
NEXT = "已登记，病历号"
NUMBER = "11010519491231002X"


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ("赵秀英", {"name": "赵秀英"}),
        ("Anna Müller", {"name": "Anna Müller"}),
        ("138 1234 5678", {"phone": "138 1234 5678"}),
        ("+8613812345678", {"phone": "+8613812345678"}),
        (NUMBER, {"paper_kind": "resident_id", "paper_number": NUMBER}),
        ("zhaoxiuying", {}),
        ("LY0000012", {}),
        ("5678", {}),
        ("", {}),
        ("\x00", {}),
    ],
)
def test_fields_from_what_was_typed(typed: str, fields: dict[str, str]) -> None:
    assert fields_from(typed) == fields


def test_search_in_vain_begins_the_form(desk: Client, texts: dict[str, ConsentText]) -> None:
    found = desk.post("/patients/search/", {"q": "赵秀英"}, headers={"HX-Request": "true"}).text
    assert 'formaction="/patients/register/facts/"' in found
    assert 'name="q" value="赵秀英"' in desk.post("/patients/search/", {"q": "赵秀英"}).text
    form = desk.post("/patients/register/facts/", {"q": "赵秀英"}).context["form"]
    assert (form["name"].value(), form["phone"].value()) == ("赵秀英", None)
    assert desk.post("/patients/register/facts/", {"q": "13812345678"}).context["form"]["phone"].value()


def test_what_was_typed_while_booking_is_in_the_form_once(
    desk: Client, texts: dict[str, ConsentText]
) -> None:
    assert desk.post("/scheduling/book/new-patient/", {"q": "13812345678"}).url == "/patients/register/"
    assert desk.get("/patients/register/").context["form"]["phone"].value() == "13812345678"
    assert desk.get("/patients/register/").context["form"]["phone"].value() is None


def test_registered_child_needs_a_guardian_and_consents_before_the_booking(
    desk: Client, register: Register
) -> None:
    child = register(name="小红", birth_date=date(clock.now().year - 8, 1, 1))
    answer = desk.get(f"/patients/{child.pk}/", {"registered": ""})
    assert NEXT in answer.text
    assert [step.verb for step in answer.context["next_steps"]] == ["登记监护人", "请患者阅读并同意", "预约"]
    assert f"/scheduling/book/?patient={child.pk}" in answer.text


def test_chart_opened_later_says_nothing_of_registering(desk: Client, register: Register) -> None:
    assert NEXT not in desk.get(f"/patients/{register(name='李明').pk}/").text


def test_whoever_may_only_look_is_offered_nothing(browser: Callable[..., Client], register: Register) -> None:
    patient = register(name="李明")
    answer = browser("quality").get(f"/patients/{patient.pk}/", {"registered": ""})
    assert answer.context["next_steps"] == []
