"""Finding patients: by what people type, and only those of one's own sites."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from liangyi.domains.patients import queries, services
from liangyi.domains.patients.models import Patient
from liangyi.domains.patients.queries import ListFilter
from liangyi.domains.patients.rules.entries import NewPaper, resident
from liangyi.platform import subjects
from liangyi.platform.access.models import Account, BreakGlass, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Missing

LI_MING = "11010519491231002X"
Register = Callable[..., Patient]
DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "typed",
    ["王小明", "小明", "王", "wangxiaoming", "xiaoming", "wxm", "WXM", "13800138000", "138 0013 8000", "8000",
     "LY0000001", "ly0000001", LI_MING, LI_MING.lower(), "110105 19491231 002x", "E12345678", "王小明 8000"],
)  # fmt: skip
def test_patient_is_found_by(register: Register, codes: None, reception: Actor, typed: str) -> None:
    patient = register(phone="13800138000", papers=[resident(LI_MING), NewPaper("passport", "E12345678")])
    register(name="李雷", phone="13912345678")
    assert [hit.id for hit in queries.patients_for_search(reception, typed)] == [patient.pk]


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "🙂", "<script>", "x" * 10_000, "110105", "002X", "\x00", "'; DROP", "%", "@" + "0" * 32],
)
def test_nothing_is_found_by(register: Register, reception: Actor, typed: str) -> None:
    register(phone="13800138000", papers=[resident(LI_MING)])
    assert queries.patients_for_search(reception, typed) == []


def test_hit_masks_the_telephone(register: Register, codes: None, reception: Actor) -> None:
    register(phone="13800138000", birth_date=date(1990, 3, 7), sex="1")
    [hit] = queries.patients_for_search(reception, "王小明")
    assert (hit.phone, hit.record_number, hit.birth_date) == ("138****8000", "LY0000001", date(1990, 3, 7))


def test_hits_are_in_the_order_of_pinyin(register: Register, reception: Actor) -> None:
    for name in ("王五", "李四", "张三"):
        register(name=name, phone="13800138000")
    assert [hit.name for hit in queries.patients_for_search(reception, "8000")] == ["李四", "王五", "张三"]
    assert len(queries.patients_for_search(reception, "8000", limit=2)) == 2


@pytest.mark.parametrize("typed", ["王小明", LI_MING])
def test_other_sites_patients_are_not_found(register: Register, outsider: Actor, typed: str) -> None:
    patient = register(papers=[resident(LI_MING)])
    assert queries.patients_for_search(outsider, typed) == []
    with pytest.raises(Missing):
        queries.patient_for(outsider, patient.pk)
    assert not subjects.label(outsider, ("patients.patient", patient.pk)).visible


def test_somebody_without_permission_finds_nobody(register: Register, person: Callable[..., Account]) -> None:
    register()
    assert queries.patients_for_search(actor_for(person("storekeeper")), "王小明") == []


@pytest.mark.parametrize("typed", ["王", LI_MING])
def test_search_costs_the_same_however_many(
    register: Register, reception: Actor, django_assert_num_queries: Callable, typed: str
) -> None:
    register(name="王一", papers=[resident(LI_MING)])
    for count in (1, 3):
        with django_assert_num_queries(1):
            queries.patients_for_search(reception, typed)
        if count == 1:
            register(name="王二")
            register(name="王三")


def test_subject_shows_the_name_to_those_who_may_see(register: Register, reception: Actor) -> None:
    patient = register()
    shown = subjects.label(reception, ("patients.patient", patient.pk))
    assert (shown.label, shown.url) == ("王小明", f"/patients/{patient.pk}/")


def test_list_shows_the_newest_first_by_pages(
    register: Register, reception: Actor, site: Site, codes: None, django_assert_num_queries: Callable
) -> None:
    for name in ("甲", "乙", "丙"):
        register(name=name)
    with django_assert_num_queries(1):
        page = queries.patients_for_list(reception, site.pk, ListFilter(), on=DAY, limit=2)
    assert [row.name for row in page] == ["丙", "乙"]
    rest = queries.patients_for_list(reception, site.pk, ListFilter(), on=DAY, after=page[-1].record_number)
    assert [row.name for row in rest] == ["甲"]


def test_list_is_narrowed(
    register: Register, reception: Actor, site: Site, texts: dict, at: datetime
) -> None:
    register(name="大人", birth_date=date(1990, 1, 1), consents=[texts["privacy"]])
    register(name="小孩", birth_date=date(2020, 1, 1))
    narrow = {
        "born_after": date(2008, 11, 23),
        "without_privacy_consent": True,
        "without_guardian": True,
        "registered_from": at,
    }
    names = {
        key: [
            row.name
            for row in queries.patients_for_list(reception, site.pk, ListFilter(**{key: value}), on=DAY)
        ]
        for key, value in narrow.items()
    }
    assert names == {
        "born_after": ["小孩"],
        "without_privacy_consent": ["小孩"],
        "without_guardian": ["小孩", "大人"],
        "registered_from": ["小孩", "大人"],
    }


def test_list_of_another_site_is_missing(outsider: Actor, site: Site) -> None:
    with pytest.raises(Missing):
        queries.patients_for_list(outsider, site.pk, ListFilter(), on=DAY)


def test_facts_for_booking_take_two_statements(
    register: Register, texts: dict, site: Site, django_assert_num_queries: Callable
) -> None:
    patient = register(birth_date=date(1990, 1, 1), consents=[texts["privacy"], texts["messages"]])
    with django_assert_num_queries(2):
        facts = queries.facts_for_booking(patient.pk, DAY)
    assert (facts.has_privacy_consent, facts.may_be_messaged, facts.is_active) == (True, True, True)
    assert (facts.has_guardian, facts.site_ids, facts.is_minor(DAY)) == (False, frozenset({site.pk}), False)


def test_facts_for_booking_of_nobody_are_missing(db: None, site: Site) -> None:
    with pytest.raises(Missing):
        queries.facts_for_booking(site.pk, DAY)


@pytest.mark.parametrize("parts", [1, 3])
def test_chart_costs_the_same_however_long(
    register: Register, reception: Actor, django_assert_num_queries: Callable, parts: int
) -> None:
    patient = register(alerts=["甲"] * parts)
    with django_assert_num_queries(10):
        chart = queries.patient_chart(reception, patient.pk, on=DAY)
    assert len(chart.header.alerts) == parts


def test_emergency_look_opens_another_sites_record_for_a_while(
    register: Register, person: Callable[..., Account], other_site: Site, at: datetime, site: Site
) -> None:
    patient, nurse = register(), actor_for(person("nurse", "night", other_site))
    with recorded(nurse):
        BreakGlass.objects.create(
            account_id=nurse.id, site=other_site, subject_type="patients.patient", subject_id=patient.pk,
            reason="昏迷送来", opened_at=at, expires_at=at + timedelta(hours=1),
        )  # fmt: skip
    assert queries.patient_for(nurse, patient.pk, at=at) == patient
    for late in (None, at + timedelta(hours=1)):
        with pytest.raises(Missing):
            queries.patient_for(nurse, patient.pk, at=late)
    with pytest.raises(Missing):
        services.change_patient(actor=nurse, at=at, patient_id=patient.pk, note="x")
