"""Enquiries: written down, tied to a patient, booked from, closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from liangyi.domains.consultation.models import Enquiry
from liangyi.platform.access.models import Site
from liangyi.platform.audit.models import ReadLog

LIST = "/enquiries/"
NEW = "/enquiries/new/"
ASKED = {"name": "张女士", "phone": "13800138000", "channel": "phone", "note": "想了解光子嫩肤"}


@pytest.fixture
def enquiry(desk: Client, clinic: Any) -> Enquiry:
    desk.post(NEW, ASKED)
    return Enquiry.objects.get()


def address(name: str, enquiry: Enquiry) -> str:
    return reverse(f"consultation:{name}", args=[enquiry.id])


def test_enquiry_is_written_down_and_listed(desk: Client, enquiry: Enquiry) -> None:
    shown = desk.get(LIST).text
    assert all(word in shown for word in ("张女士", "138****8000", "待跟进"))
    assert "13800138000" not in shown
    assert "张女士" not in desk.get(LIST, {"status": "closed"}).text
    assert "<html" not in desk.get(LIST, headers={"HX-Request": "true"}).text


@pytest.mark.parametrize("name", ["enquiry", "link_patient", "close"])
def test_page_is_denied_or_missing_for_others(
    browser: Callable[..., Client], enquiry: Enquiry, other_site: Site, name: str
) -> None:
    assert browser("storekeeper").get(address(name, enquiry)).status_code == 403
    outsider = browser("reception", username="outsider", at_site=other_site)
    assert outsider.get(address(name, enquiry)).status_code == 404


def test_phone_is_revealed_and_logged(desk: Client, browser: Callable[..., Client], enquiry: Enquiry) -> None:
    assert "13800138000" not in desk.get(address("enquiry", enquiry)).text
    assert "13800138000" in desk.post(address("phone", enquiry)).text
    assert ReadLog.objects.filter(subject_id=enquiry.id, what="phone").count() == 1
    assert browser("cashier").post(address("phone", enquiry)).status_code == 403


def test_enquiry_is_tied_to_a_patient(desk: Client, clinic: Any, enquiry: Enquiry) -> None:
    url = address("link_patient", enquiry)
    assert desk.post(url, {}).status_code == 422
    assert "李小明" in desk.post(url, {"_choose": "1", "patient": str(clinic.patient.id)}).text
    assert desk.post(url, {"patient": str(clinic.patient.id)}).status_code == 303
    enquiry.refresh_from_db()
    assert enquiry.patient_id == clinic.patient.id


def test_booking_from_an_enquiry_closes_it(desk: Client, clinic: Any, enquiry: Enquiry) -> None:
    form = desk.get("/scheduling/book/", {"enquiry": enquiry.id})
    assert "来自张女士的咨询" in form.text
    booked = desk.post(
        "/scheduling/book/",
        {
            "patient": str(clinic.patient.id),
            "service": str(clinic.service.id),
            "slot": f"2026-11-24T10:00:00+08:00~{clinic.doctor.id}",
            "channel": "phone",
            "enquiry": str(enquiry.id),
        },
    )
    assert booked.status_code == 303
    enquiry.refresh_from_db()
    assert enquiry.status == "booked"
    assert "来自咨询" in desk.get(booked.url).text


def test_enquiry_is_closed_with_a_reason(desk: Client, enquiry: Enquiry) -> None:
    assert desk.post(address("close", enquiry), {"reason": ""}).status_code == 422
    assert desk.post(address("close", enquiry), {"reason": "价格"}).status_code == 303
    assert desk.post(address("close", enquiry), {"reason": "再来"}).status_code == 409
    assert "价格" in desk.get(address("enquiry", enquiry)).text


@pytest.mark.parametrize("field", ["name", "phone", "channel", "service", "note"])
@pytest.mark.parametrize("value", ["", "x" * 3000, "<script>alert(1)</script>", "😀", "\x00", "-1"])
def test_form_bears_any_input(desk: Client, clinic: Any, field: str, value: str) -> None:
    answer = desk.post(NEW, ASKED | {field: value})
    assert answer.status_code in (303, 404, 422)
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("query", [{"status": "x"}, {"after": "😀"}, {"status": "\x00"}])
def test_list_bears_any_address(desk: Client, clinic: Any, query: dict[str, str]) -> None:
    assert desk.get(LIST, query).status_code == 200


def test_list_costs_the_same_however_many(desk: Client, enquiry: Enquiry) -> None:
    costs = set()
    for more in (0, 2):
        for _one in range(more):
            desk.post(NEW, ASKED)
        desk.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            desk.get(LIST)
        costs.add(len(asked))
    assert len(costs) == 1
