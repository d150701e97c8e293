"""Every page of patients: who may open it, whole and as a fragment, and at what cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from liangyi.domains.patients.models import ConsentText, Patient
from liangyi.domains.patients.rules.entries import NewAllergy, NewGuardian
from liangyi.platform.access.models import Site
from liangyi.web.patients import panels

FRAGMENT = {"HX-Request": "true"}
CHART = ["patient", "details", "consents", "history"]
FORMS = ["edit", "add_allergy", "add_alert", "add_guardian", "add_paper"]
PLAIN = ["list", "search", "register", "consent_texts", "emergency"]


def address(name: str, patient: Patient, **more: Any) -> str:
    return reverse(f"patients:{name}", args=[] if name in PLAIN else [patient.pk], **more)


@pytest.mark.parametrize(
    ("role", "name"),
    [
        *[("reception", name) for name in ("list", "search", "register", *CHART, *FORMS)],
        *[("director", name) for name in ("merge", "consent_texts")],
        *[("nurse", name) for name in ("emergency", *CHART, *FORMS)],
        *[("cashier", name) for name in ("list", *CHART)],
    ],
)
def test_page_opens_whole_and_as_a_fragment(
    browser: Callable[..., Client], patient: Patient, role: str, name: str
) -> None:
    client = browser(role)
    whole, part = client.get(address(name, patient)), client.get(address(name, patient), headers=FRAGMENT)
    assert (whole.status_code, part.status_code) == (200, 200)
    assert "<html" in whole.text
    assert "<html" not in part.text


@pytest.mark.parametrize(
    ("role", "name"),
    [
        *[
            ("storekeeper", name)
            for name in ("list", "search", "register", *CHART, *FORMS, "merge", "consent_texts")
        ],
        *[("cashier", name) for name in ("register", *FORMS, "merge", "consent_texts", "emergency")],
        *[("reception", name) for name in ("merge", "consent_texts", "emergency", "unmerge")],
    ],
)
def test_page_is_denied(browser: Callable[..., Client], patient: Patient, role: str, name: str) -> None:
    assert browser(role).get(address(name, patient)).status_code == 403


@pytest.mark.parametrize("name", [*CHART, *FORMS])
def test_patient_of_another_site_is_missing(
    browser: Callable[..., Client], other_site: Site, patient: Patient, name: str
) -> None:
    outsider = browser("reception", username="outsider", at_site=other_site)
    assert outsider.get(address(name, patient)).status_code == 404
    assert outsider.post(reverse("patients:phone", args=[patient.pk])).status_code == 404


def test_header_shows_what_must_be_seen(desk: Client, register: Callable[..., Patient]) -> None:
    patient = register(phone="13800138000", allergies=[NewAllergy("青霉素")], alerts=["跌倒风险"])
    for name in CHART:
        text = desk.get(address(name, patient)).text
        assert all(word in text for word in ("王小明", "138****8000", "过敏：青霉素", "跌倒风险", "N0000001"))
        assert "13800138000" not in text


def test_phone_is_revealed_by_its_button(desk: Client, patient: Patient) -> None:
    shown = desk.post(reverse("patients:phone", args=[patient.pk]), headers=FRAGMENT)
    assert "13800138000" in shown.text
    assert desk.get(reverse("patients:phone", args=[patient.pk])).status_code == 405


def test_identity_is_revealed_by_its_button(
    desk: Client, browser: Callable[..., Client], patient: Patient
) -> None:
    url = reverse("patients:identity", args=[patient.pk, patient.papers.get().pk])
    assert "11010519491231002X" in desk.post(url, headers=FRAGMENT).text
    assert "11010519491231002X" not in desk.get(address("details", patient)).text
    assert browser("nurse").post(url).status_code == 403


def test_history_says_who_changed_and_who_looked(
    browser: Callable[..., Client], desk: Client, patient: Patient
) -> None:
    desk.post(address("edit", patient), {"name": "王大明", "sex": "2", "birth_date": "1949-12-31"})
    desk.post(reverse("patients:phone", args=[patient.pk]))
    text = browser("quality").get(address("history", patient)).text
    assert "<del>王小明</del> <ins>王大明</ins>" in text
    assert "查看完整电话" in text
    assert "13800138000" not in text


def test_search_box_gets_hits(desk: Client, patient: Patient) -> None:
    found = desk.post(address("search", patient), {"q": "wxm"}, headers=FRAGMENT)
    assert f'href="/patients/{patient.pk}/"' in found.text
    assert 'role="option"' in found.text
    assert "search-none" in desk.post(address("search", patient), {"q": "zzz"}, headers=FRAGMENT).text


@pytest.mark.parametrize("typed", ["", "🙂", "<script>alert(1)</script>", "x" * 5000, "%00", "\x00", "'"])
def test_search_bears_anything(desk: Client, patient: Patient, typed: str) -> None:
    for answer in (
        desk.get(address("search", patient), {"q": typed}),
        desk.post(address("search", patient), {"q": typed}),
    ):
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text


def test_whole_search_page_lists_hits(desk: Client, patient: Patient) -> None:
    assert f"/patients/{patient.pk}/" in desk.get(address("search", patient), {"q": "小明"}).text


@pytest.mark.parametrize(
    "query",
    [{}, {"registered": "today"}, {"registered": "x"}, {"only": "minor"}, {"only": "no_guardian"},
     {"only": "no_privacy"}, {"after": "\x00"}, {"after": "x" * 999}],
)  # fmt: skip
def test_list_bears_any_chip(desk: Client, patient: Patient, query: dict[str, str]) -> None:
    assert desk.get(address("list", patient), query).status_code == 200


def test_list_pages_by_key(
    desk: Client, register: Callable[..., Patient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("liangyi.web.patients.pages.PAGE", 2)
    for name in ("甲某", "乙某", "丙某"):
        register(name=name)
    first = desk.get(reverse("patients:list")).text
    assert "丙某" in first
    assert "甲某" not in first
    assert "after=N0000002" in first
    assert "甲某" in desk.get(reverse("patients:list"), {"after": "N0000002"}).text


@pytest.mark.parametrize("name", ["list", "search", *CHART])
def test_page_costs_the_same_however_many(
    desk: Client, register: Callable[..., Patient], patient: Patient, name: str
) -> None:
    desk.get(address(name, patient))
    costs = set()
    for more in ((), ("甲", "乙")):
        for word in more:
            register(name=f"王{word}", alerts=[word])
        with CaptureQueriesContext(connection) as asked:
            desk.get(address(name, patient), {"q": "王"})
        costs.add(len(asked))
    assert len(costs) == 1


def test_panels_of_other_areas_stand_in_the_chart(
    desk: Client, browser: Callable[..., Client], patient: Patient
) -> None:
    panels.register(
        panels.Panel("test", "检查单", lambda _request, one: f"<p>给{one.name}</p>", "patients.register")
    )
    try:
        assert "检查单" in desk.get(address("patient", patient)).text
        assert "检查单" not in browser("nurse").get(address("patient", patient)).text
    finally:
        del panels._panels["test"]


def test_merged_record_leads_to_the_surviving_one(
    browser: Callable[..., Client], register: Callable[..., Patient], patient: Patient
) -> None:
    director, other = (
        browser("director"),
        register(name="汪方", guardian=NewGuardian("甲", "父亲", "13912345678")),
    )
    compared = director.get(address("merge", patient), {"with": str(other.pk)})
    assert "汪方" in compared.text
    merged = director.post(address("merge", patient), {"with": str(other.pk), "reason": "同一人"})
    assert merged.url == f"/patients/{patient.pk}/"
    assert director.get(address("patient", other)).url == f"/patients/{patient.pk}/"
    director.post(address("unmerge", other), {"reason": "认错了"})
    assert director.get(address("patient", other)).status_code == 200


@pytest.mark.parametrize("chosen", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_merge_with_nobody_merges_nothing(
    browser: Callable[..., Client], patient: Patient, chosen: str
) -> None:
    answer = browser("director").post(address("merge", patient), {"with": chosen, "reason": "同一人"})
    assert answer.status_code in (200, 404)
    assert not Patient.objects.exclude(canonical=None).exists()


def test_consent_is_given_and_withdrawn(
    desk: Client, patient: Patient, texts: dict[str, ConsentText]
) -> None:
    give = reverse("patients:give_consent", args=[patient.pk, texts["privacy"].pk])
    assert "处理哪些信息" in desk.get(give).text
    assert desk.post(give).status_code == 303
    assert desk.post(give).status_code == 409
    answer = patient.consents.get()
    assert desk.post(reverse("patients:withdraw_consent", args=[patient.pk, answer.pk])).status_code == 303
    answer.refresh_from_db()
    assert answer.withdrawn_at


def test_consent_text_gets_a_next_version(
    browser: Callable[..., Client], texts: dict[str, ConsentText]
) -> None:
    director, url = browser("director"), reverse("patients:publish_consent", args=["photos"])
    assert "拍什么" in director.get(url).text
    assert (
        director.post(url, {"title": "二", "body": "文", "effective_from": "2000-01-01"}).status_code == 422
    )
    assert (
        director.post(url, {"title": "二", "body": "文", "effective_from": "2099-01-01"}).status_code == 303
    )
    text = ConsentText.objects.get(kind="photos", version=2)
    assert "2099-01-01" in director.get(reverse("patients:consent_texts")).text
    assert director.get(reverse("patients:consent_text", args=[text.pk])).status_code == 200
    assert director.get(reverse("patients:publish_consent", args=["nonsense"])).status_code == 404


def test_emergency_look_asks_for_a_reason(
    browser: Callable[..., Client], patient: Patient, other_site: Site
) -> None:
    nurse = browser("nurse", at_site=other_site)
    found = nurse.post(
        reverse("patients:emergency"), {"paper_kind": "resident_id", "paper_number": "11010519491231002X"}
    )
    gate = reverse("patients:break_glass", args=[patient.pk])
    assert gate in found.text
    assert "王小明" not in found.text
    assert nurse.get(address("patient", patient)).url == gate
    assert nurse.post(gate, {"reason": ""}).status_code == 422
    assert nurse.post(gate, {"reason": "昏迷送来，需要过敏史"}).url == f"/patients/{patient.pk}/"
    opened = nurse.get(address("patient", patient)).text
    assert "紧急查阅中" in opened
    assert nurse.post(address("edit", patient), {"name": "改名"}).status_code == 404
