"""Registering a patient: everything or nothing, and nobody twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from liangyi.domains.patients import queries, services
from liangyi.domains.patients.errors import LikelyDuplicates
from liangyi.domains.patients.models import ConsentText, Patient, Registration
from liangyi.domains.patients.rules.entries import NewAllergy, NewGuardian, NewPaper, Pseudonym, resident
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Denied, Invalid, Missing

LI_MING = "11010519491231002X"
WANG_FANG = "44010619900307122X"
Register = Callable[..., Patient]


def test_register_keeps_everything_at_once(
    register: Register, codes: None, texts: dict[str, ConsentText]
) -> None:
    patient = register(
        name=" 王小明 ",
        papers=[resident(LI_MING)],
        phone="+86 138-0013-8000",
        email="ming@example.com",
        allergies=[NewAllergy("青霉素", "severe", "皮疹")],
        alerts=["轮椅"],
        consents=[texts["privacy"], texts["messages"]],
    )
    patient.refresh_from_db()
    assert (patient.name, patient.phone, patient.sex, patient.birth_date) == (
        "王小明", "13800138000", "2", date(1949, 12, 31),
    )  # fmt: skip
    assert patient.registrations.get().record_number == "LY0000001"
    assert patient.allergies.get().substance == "青霉素"
    assert patient.alerts.get().text == "轮椅"
    assert {answer.text.kind for answer in patient.consents.all()} == {"privacy", "messages"}
    assert patient.papers.get().last_four == "002X"


def test_register_needs_a_name_only(register: Register) -> None:
    patient = register(name="李")
    assert (patient.sex, patient.birth_date, patient.phone) == ("0", None, "")


def test_register_names_every_wrong_field(register: Register) -> None:
    with pytest.raises(Invalid) as caught:
        register(
            name="🙂",
            sex="x",
            birth_date=date(2030, 1, 1),
            papers=[NewPaper("resident_id", "123")],
            phone="12",
            email="nobody",
            note="x" * 501,
            guardian=NewGuardian("", "", ""),
            allergies=[NewAllergy("", "awful")],
            alerts=[""],
        )
    assert set(caught.value.fields) == {
        "name", "sex", "birth_date", "papers.0.number", "phone", "email", "note", "guardian.name",
        "guardian.relation", "guardian.phone", "allergies.0.substance", "allergies.0.severity", "alerts.0",
    }  # fmt: skip
    assert not Patient.objects.exists()


@pytest.mark.parametrize("word", ["\x00", "a\ud800b"])
@pytest.mark.parametrize("field", ["name", "phone", "email", "note"])
def test_register_refuses_what_the_database_cannot_keep(register: Register, field: str, word: str) -> None:
    with pytest.raises(Invalid) as caught:
        register(**{"name": "王芳", field: word})
    assert field in caught.value.fields


@pytest.mark.parametrize(
    ("given", "field"), [({"birth_date": date(1950, 1, 1)}, "birth_date"), ({"sex": "1"}, "sex")]
)
def test_register_holds_facts_against_the_identity_number(
    register: Register, given: dict, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        register(papers=[resident(LI_MING)], **given)
    assert list(caught.value.fields) == [field]


def test_register_is_denied_without_permission(register: Register, cashier: Actor) -> None:
    with pytest.raises(Denied):
        register(actor=cashier)
    assert not Patient.objects.exists()


def test_register_at_another_site_is_missing(register: Register, other_site: Site) -> None:
    with pytest.raises(Missing):
        register(site=other_site)
    assert not Patient.objects.exists()


def test_minor_without_guardian_may_be_registered(register: Register) -> None:
    assert register(birth_date=date(2020, 1, 1)).pk


def test_minor_consents_through_the_guardian(register: Register, texts: dict[str, ConsentText]) -> None:
    child = {"birth_date": date(2015, 5, 5), "consents": [texts["privacy"]]}
    with pytest.raises(Invalid) as caught:
        register(**child)
    assert list(caught.value.fields) == ["consents"]
    patient = register(**child, guardian=NewGuardian("王父", "父亲", "13800138000"))
    assert patient.consents.get().guardian == patient.guardians.get()


def test_adult_with_a_guardian_consents_alone(register: Register, texts: dict[str, ConsentText]) -> None:
    patient = register(
        birth_date=date(1950, 5, 5),
        consents=[texts["privacy"]],
        guardian=NewGuardian("王女", "女儿", "13800138000"),
    )
    assert patient.consents.get().guardian is None


def test_consent_to_an_outdated_text_is_refused(
    register: Register, director: Actor, at: datetime, texts: dict[str, ConsentText]
) -> None:
    services.publish_consent_text(
        actor=director,
        at=at,
        kind="privacy",
        title="新",
        body="新",
        effective_from=at.date(),
        asks_again=False,
    )
    with pytest.raises(Invalid):
        register(consents=[texts["privacy"]])


def test_record_numbers_have_no_gap_after_a_failure(register: Register, codes: None) -> None:
    register(name="甲")
    register(name="乙", phone="13800138000")
    with pytest.raises(LikelyDuplicates):
        register(name="乙", phone="13800138000")
    register(name="丙")
    numbers = Registration.objects.order_by("record_number").values_list("record_number", flat=True)
    assert list(numbers) == ["LY0000001", "LY0000002", "LY0000003"]


def test_each_site_counts_for_itself(
    register: Register, codes: None, outsider: Actor, other_site: Site
) -> None:
    here, there = register(name="甲"), register(name="乙", actor=outsider, site=other_site)
    assert here.registrations.get().record_number == "LY0000001"
    assert there.registrations.get().record_number == "KQ0000001"


def test_likely_duplicate_is_offered_first(register: Register) -> None:
    known = register(name="王芳", phone="13800138000", birth_date=date(1990, 3, 7))
    with pytest.raises(LikelyDuplicates) as caught:
        register(name="王方", phone="138 0013 8000")
    [candidate] = caught.value.candidates
    assert (candidate.patient_id, candidate.is_here, candidate.is_certain) == (known.pk, True, False)
    assert (candidate.name, candidate.phone, candidate.born) == ("王芳", "138****8000", "1990-03-07")
    assert caught.value.data["can_confirm"]
    assert caught.value.data["candidates"][0]["patient_id"] == str(known.pk)


def test_likely_duplicate_may_be_another_person(register: Register) -> None:
    register(name="王芳", phone="13800138000")
    register(name="王方", phone="13800138000", confirmed_new=True)
    assert Patient.objects.count() == 2


def test_same_identity_number_never_makes_a_second_record(register: Register) -> None:
    register(name="王芳", papers=[resident(LI_MING)])
    with pytest.raises(LikelyDuplicates) as caught:
        register(name="别人", papers=[resident(LI_MING.lower())], confirmed_new=True)
    assert not caught.value.can_confirm
    assert Patient.objects.count() == 1


def test_duplicate_of_a_merged_record_offers_the_surviving_one(
    register: Register, director: Actor, at: datetime
) -> None:
    kept, merged = register(name="王芳"), register(name="王方", papers=[resident(LI_MING)])
    services.merge_patients(actor=director, at=at, keep_id=kept.pk, merge_id=merged.pk, reason="同一人")
    with pytest.raises(LikelyDuplicates) as caught:
        register(name="王方", papers=[resident(LI_MING)])
    assert [c.patient_id for c in caught.value.candidates] == [kept.pk]


def test_candidate_of_another_site_is_masked(
    register: Register, codes: None, outsider: Actor, other_site: Site
) -> None:
    facts = {"name": "王小芳", "phone": "13800138000", "birth_date": date(1990, 3, 7)}
    register(**facts, actor=outsider, site=other_site)
    with pytest.raises(LikelyDuplicates) as caught:
        register(**facts)
    [candidate] = caught.value.candidates
    assert (candidate.name, candidate.born, candidate.phone) == ("王**", "1990", "138****8000")
    assert (candidate.is_visible, candidate.is_here, candidate.record_number) == (False, False, "")
    assert candidate.sites == ("良医口腔诊所",)


def test_existing_person_gets_a_number_at_this_site(
    register: Register,
    codes: None,
    outsider: Actor,
    other_site: Site,
    site: Site,
    reception: Actor,
    at: datetime,
) -> None:
    known = register(name="王芳", papers=[resident(LI_MING)], actor=outsider, site=other_site)
    for _ in range(2):
        registration = services.register_at_site(
            actor=reception, at=at, patient_id=known.pk, site=site, name="王芳", papers=[resident(LI_MING)]
        )
    assert registration.record_number == "LY0000001"
    assert queries.patient_for(reception, known.pk) == known
    assert [hit.id for hit in queries.patients_for_search(reception, "王芳")] == [known.pk]


@pytest.mark.parametrize("claim", [{}, {"name": "王芳"}, {"name": "李明", "phone": "13800138000"}])
def test_existing_person_is_not_opened_by_guessing(
    claim: dict,
    register: Register,
    outsider: Actor,
    other_site: Site,
    site: Site,
    reception: Actor,
    at: datetime,
) -> None:
    known = register(name="王芳", phone="13800138000", actor=outsider, site=other_site)
    with pytest.raises(Missing):
        services.register_at_site(actor=reception, at=at, patient_id=known.pk, site=site, **claim)
    assert Registration.objects.count() == 1


def test_identity_number_stands_nowhere_in_the_clear(
    register: Register, reception: Actor, at: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    patient = register(name="王芳", papers=[resident(LI_MING), NewPaper("passport", "E87654321")])
    services.add_paper(actor=reception, at=at, patient_id=patient.pk, paper=NewPaper("other", "ZX99887766"))
    services.reveal_identity(actor=reception, at=at, paper_id=patient.papers.first().pk)
    numbers = [LI_MING, "E87654321", "ZX99887766"]
    assert not [table for table in _tables() if _stands_in(table, numbers)]
    assert not any(number in caplog.text for number in numbers)


def test_errors_never_repeat_an_identity_number(register: Register) -> None:
    register(name="王芳", papers=[resident(LI_MING)])
    with pytest.raises(LikelyDuplicates) as caught:
        register(name="王芳", papers=[resident(LI_MING)])
    assert LI_MING not in f"{caught.value} {caught.value.data} {caught.value.candidates!r}"
    assert LI_MING not in repr(resident(LI_MING))


def test_register_costs_a_fixed_number_of_statements(
    register: Register, django_assert_max_num_queries: Callable, texts: dict[str, ConsentText]
) -> None:
    with django_assert_max_num_queries(24):
        register(phone="13800138000", papers=[resident(LI_MING)], consents=[texts["privacy"]])


def test_pseudonyms_are_made_once_and_never_found(
    site: Site, setup_actor: Actor, reception: Actor, at: datetime, register: Register
) -> None:
    people = [Pseudonym("7", "2", date(1990, 3, 7)), Pseudonym("8")]
    made = services.register_pseudonyms(actor=setup_actor, at=at, site=site, source="old", people=people)
    again = services.register_pseudonyms(
        actor=setup_actor, at=at + timedelta(1), site=site, source="old", people=people
    )
    assert made == again
    assert Patient.objects.count() == 2
    assert queries.patients_for_search(reception, "#7") == []
    assert queries.patient_for(reception, made["7"]).outside_id == "7"
    assert register(name="甲", birth_date=date(1990, 3, 7)).pk not in made.values()


def _tables() -> list[str]:
    return connection.introspection.table_names()


def _stands_in(table: str, numbers: list[str]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE to_jsonb(t)::text ~* %s', ["|".join(numbers)])
        return bool(cursor.fetchone()[0])
