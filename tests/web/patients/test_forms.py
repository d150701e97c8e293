"""Registering and changing on screen: what is typed is kept, what is wrong is said beside the field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from liangyi.domains.patients import services
from liangyi.domains.patients.models import ConsentText, Patient
from liangyi.domains.patients.rules.entries import resident
from liangyi.platform import clock
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor

LI_MING = "11010519491231002X"
REGISTER = "/patients/register/"
HUGE = "汉" * 30_000
ODD = ["", HUGE, "<script>alert(1)</script>", "🙂🙂", "not-a-date", "-1", "\x00", "' OR 1=1", "{{ 7|add:7 }}"]


def test_registering_leads_to_the_chart(desk: Client, texts: dict[str, ConsentText]) -> None:
    answer = desk.post(
        REGISTER,
        {
            "paper_kind": "resident_id", "paper_number": LI_MING, "name": "李明", "phone": "138 0013 8000",
            "allergy_0_substance": "青霉素", "allergy_0_severity": "severe", "alert": "轮椅", "note": "转诊",
            "allergy_3_substance": "花生", "consents": [str(texts["privacy"].pk), str(texts["messages"].pk)],
        },
    )  # fmt: skip
    patient = Patient.objects.get()
    assert answer.url == f"/patients/{patient.pk}/?registered="
    assert (patient.sex, patient.phone, patient.allergies.count()) == ("2", "13800138000", 2)
    assert patient.consents.count() == 2


def test_identity_number_fills_in_birth_date_and_sex(desk: Client) -> None:
    url = reverse("patients:register_facts")
    told = desk.post(
        url,
        {"paper_kind": "resident_id", "paper_number": LI_MING, "name": "李明"},
        headers={"HX-Request": "1"},
    )
    assert 'value="1949-12-31"' in told.text
    assert '<option value="2" selected>' in told.text
    assert 'value="李明"' in told.text
    wrong = desk.post(url, {"paper_kind": "resident_id", "paper_number": LI_MING[:-1] + "1"})
    assert "校验位" in wrong.text


def test_guardian_is_asked_for_minors_only(desk: Client) -> None:
    url = reverse("patients:register_facts")
    assert '<div id="guardian-block" hidden>' in desk.post(url, {"birth_date": "1990-01-01"}).text
    assert '<div id="guardian-block">' in desk.post(url, {"birth_date": "2020-01-01"}).text
    assert '<div id="guardian-block" hidden>' in desk.post(url, {"birth_date": "nonsense"}).text


def test_errors_stand_beside_their_fields(desk: Client) -> None:
    answer = desk.post(
        REGISTER,
        {"paper_number": "123", "paper_kind": "resident_id", "name": "李明", "phone": "12",
         "guardian_name": "甲", "allergy_2_reaction": "皮疹"},
    )  # fmt: skip
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert set(errors) == {
        "paper_number", "phone", "guardian_relation", "guardian_phone", "allergy_2_substance",
    }  # fmt: skip
    assert 'value="李明"' in answer.text


def test_duplicate_is_offered_and_opened(desk: Client, patient: Patient) -> None:
    answer = desk.post(REGISTER, {"name": "王小鸣", "phone": "13800138000", "paper_kind": "passport"})
    assert answer.status_code == 409
    assert f'href="/patients/{patient.pk}/"' in answer.text
    assert 'name="_new"' in answer.text
    assert Patient.objects.count() == 1


def test_another_person_is_registered_on_purpose(desk: Client, patient: Patient) -> None:
    typed = {"name": "王小鸣", "phone": "13800138000", "paper_kind": "passport", "_new": "1"}
    assert desk.post(REGISTER, typed).status_code == 303
    assert Patient.objects.count() == 2


def test_same_identity_leaves_no_way_to_a_second_record(desk: Client, patient: Patient) -> None:
    answer = desk.post(
        REGISTER, {"name": "别人", "paper_kind": "resident_id", "paper_number": LI_MING, "_new": "1"}
    )
    assert answer.status_code == 409
    assert 'name="_new"' not in answer.text


def test_person_of_another_site_is_registered_here(
    desk: Client, site: Site, other_site: Site, setup_actor: Actor
) -> None:
    known = services.register_patient(
        actor=setup_actor, at=clock.now(), site=other_site, name="李明", papers=[resident(LI_MING)]
    )
    typed = {"name": "李明", "paper_kind": "resident_id", "paper_number": LI_MING}
    offered = desk.post(REGISTER, typed)
    assert f'name="_is" value="{known.pk}"' in offered.text
    assert "李*" in offered.text
    assert desk.post(REGISTER, typed | {"_is": str(known.pk)}).url == f"/patients/{known.pk}/?registered="
    assert known.registrations.filter(site=site).exists()


@pytest.mark.parametrize("chosen", ["x", "", "00000000-0000-0000-0000-000000000000"])
def test_choosing_nobody_is_missing(desk: Client, chosen: str) -> None:
    assert desk.post(REGISTER, {"name": "李明", "paper_kind": "other", "_is": chosen}).status_code == 404


def test_outdated_consent_has_to_be_read_again(desk: Client) -> None:
    answer = desk.post(
        REGISTER, {"name": "李明", "paper_kind": "other", "consents": "00000000-0000-0000-0000-000000000000"}
    )
    assert "consents" in answer.context["form"].errors
    assert not Patient.objects.exists()


@pytest.mark.parametrize("odd", ODD)
def test_register_form_bears_anything(desk: Client, odd: str) -> None:
    fields = desk.get(REGISTER).context["form"].fields
    for url in (REGISTER, reverse("patients:register_facts")):
        answer = desk.post(url, dict.fromkeys(fields, odd))
        assert answer.status_code in (200, 422)
        assert "<script>alert" not in answer.text
    assert not Patient.objects.exists()


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", ["edit", "add_allergy", "add_alert", "add_guardian", "add_paper"])
def test_small_forms_bear_anything(desk: Client, patient: Patient, name: str, odd: str) -> None:
    url = reverse(f"patients:{name}", args=[patient.pk])
    answer = desk.post(url, dict.fromkeys(desk.get(url).context["form"].fields, odd))
    assert answer.status_code == 422 or (name == "add_alert" and answer.status_code == 303)
    chart = desk.get(reverse("patients:patient", args=[patient.pk]))
    assert "<script>alert" not in answer.text + chart.text


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", ["merge", "publish_consent", "emergency", "unmerge"])
def test_other_forms_bear_anything(
    browser: Callable[..., Client], patient: Patient, name: str, odd: str, other_site: Site
) -> None:
    args: list[Any] = {"publish_consent": ["privacy"], "emergency": []}.get(name, [patient.pk])
    role = "surgeon" if name == "emergency" else "director"
    fields = [
        "with",
        "reason",
        "title",
        "body",
        "effective_from",
        "paper_kind",
        "paper_number",
        "name",
        "phone",
        "birth_date",
    ]
    answer = browser(role).post(reverse(f"patients:{name}", args=args), dict.fromkeys(fields, odd))
    assert answer.status_code in (200, 404, 409, 422)
    assert "<script>alert" not in answer.text


def test_edit_leaves_the_phone_alone_unless_typed(desk: Client, patient: Patient) -> None:
    url, typed = (
        reverse("patients:edit", args=[patient.pk]),
        {"name": "王小明", "sex": "2", "birth_date": "1949-12-31"},
    )
    assert "13800138000" not in desk.get(url).text
    for phone, kept in (("", "13800138000"), ("139 1234 5678", "13912345678"), ("-", "")):
        assert desk.post(url, typed | {"phone": phone}).status_code == 303
        patient.refresh_from_db()
        assert patient.phone == kept


def test_small_forms_save(desk: Client, patient: Patient) -> None:
    typed = {
        "add_allergy": {"substance": "花生", "severity": "mild"},
        "add_alert": {"text": "轮椅"},
        "add_guardian": {"name": "王父", "relation": "父亲", "phone": "13912345678"},
        "add_paper": {"kind": "passport", "number": "E12345678"},
    }
    for name, data in typed.items():
        assert desk.post(reverse(f"patients:{name}", args=[patient.pk]), data).status_code == 303
    parts = {"end_allergy": patient.allergies, "end_alert": patient.alerts, "end_guardian": patient.guardians}
    for name, rows in parts.items():
        url = reverse(f"patients:{name}", args=[patient.pk, rows.get().pk])
        assert desk.get(url).status_code == 200
        assert desk.post(url).status_code == 303
        assert rows.get().ended_at
    paper = patient.papers.get(kind="passport")
    url = reverse("patients:remove_paper", args=[patient.pk, paper.pk])
    assert desk.post(url, {"reason": "录错"}).status_code == 303
    assert patient.papers.count() == 1


def test_identity_number_is_sealed_in_drafts_too(desk: Client) -> None:
    typed = {"_draft": REGISTER, "paper_kind": "resident_id", "paper_number": LI_MING, "name": "李明"}
    assert desk.post("/drafts/", typed).status_code == 200
    assert LI_MING in desk.get("/drafts/", {"form": REGISTER}).text
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE to_jsonb(t)::text ~* %s', [LI_MING])
            assert (table, cursor.fetchone()) == (table, (0,))
