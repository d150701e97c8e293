"""Changes to what is known of a patient, consents, and what is shown in full only when asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection

from liangyi.domains.patients import queries, services
from liangyi.domains.patients.enums import ConsentKind
from liangyi.domains.patients.errors import AlreadyEnded, AlreadyGiven, LikelyDuplicates, RecordClosed
from liangyi.domains.patients.models import ConsentText, IdentityPaper, Patient
from liangyi.domains.patients.rules.entries import NewAllergy, NewGuardian, NewPaper, Pseudonym, resident
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Denied, Invalid, Missing

LI_MING = "11010519491231002X"
Register = Callable[..., Patient]
DAY = date(2026, 11, 23)


def test_change_rebuilds_what_the_patient_is_found_by(
    register: Register, reception: Actor, at: datetime
) -> None:
    patient = register()
    services.change_patient(
        actor=reception,
        at=at,
        patient_id=patient.pk,
        name="李雷",
        phone="139 1234 5678",
        email="",
        note="左撇子",
    )
    assert queries.patients_for_search(reception, "王小明") == []
    [hit] = queries.patients_for_search(reception, "5678")
    assert hit.name == "李雷"


def test_change_leaves_the_rest(register: Register, reception: Actor, at: datetime) -> None:
    patient = register(phone="13800138000", sex="1")
    services.change_patient(actor=reception, at=at, patient_id=patient.pk, note="备注")
    patient.refresh_from_db()
    assert (patient.phone, patient.sex, patient.note) == ("13800138000", "1", "备注")


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "🙂"), ("sex", "7"), ("phone", "abc"), ("email", "x"), ("note", "x" * 501),
     ("birth_date", date(2027, 1, 1)), ("birth_date", date(1700, 1, 1))],
)  # fmt: skip
def test_change_refuses_what_cannot_be(
    register: Register, reception: Actor, at: datetime, field: str, value: Any
) -> None:
    patient = register()
    with pytest.raises(Invalid) as caught:
        services.change_patient(actor=reception, at=at, patient_id=patient.pk, **{field: value})
    assert list(caught.value.fields) == [field]


def test_change_may_not_contradict_the_identity_number(
    register: Register, reception: Actor, at: datetime
) -> None:
    patient = register(papers=[resident(LI_MING)])
    with pytest.raises(Invalid) as caught:
        services.change_patient(
            actor=reception, at=at, patient_id=patient.pk, birth_date=date(1950, 1, 1), sex="1"
        )
    assert set(caught.value.fields) == {"birth_date", "sex"}


@pytest.mark.parametrize("who", ["cashier", "outsider"])
def test_change_is_for_those_who_may(
    register: Register, who: str, request: pytest.FixtureRequest, at: datetime
) -> None:
    patient = register()
    with pytest.raises(Denied if who == "cashier" else Missing):
        services.change_patient(actor=request.getfixturevalue(who), at=at, patient_id=patient.pk, name="李雷")
    patient.refresh_from_db()
    assert patient.name == "王小明"


def test_parts_are_added_and_ended(register: Register, nurse: Actor, at: datetime) -> None:
    patient = register()
    allergy = services.add_allergy(actor=nurse, patient_id=patient.pk, allergy=NewAllergy("花生", "severe"))
    alert = services.add_alert(actor=nurse, patient_id=patient.pk, text="跌倒风险")
    guardian = services.add_guardian(
        actor=nurse, patient_id=patient.pk, guardian=NewGuardian("王父", "父亲", "13800138000")
    )
    services.end_allergy(actor=nurse, at=at, allergy_id=allergy.pk)
    services.end_alert(actor=nurse, at=at, alert_id=alert.pk)
    services.end_guardian(actor=nurse, at=at, guardian_id=guardian.pk)
    chart = queries.patient_chart(nurse, patient.pk, on=DAY)
    assert (chart.header.allergies, chart.header.alerts, chart.current_guardians) == ((), (), ())
    with pytest.raises(AlreadyEnded):
        services.end_allergy(actor=nurse, at=at, allergy_id=allergy.pk)


def test_part_of_another_sites_patient_is_missing(register: Register, outsider: Actor, at: datetime) -> None:
    patient = register(allergies=[NewAllergy("花生")])
    with pytest.raises(Missing):
        services.end_allergy(actor=outsider, at=at, allergy_id=patient.allergies.get().pk)
    assert patient.allergies.get().ended_at is None


def test_pseudonymous_record_is_not_edited(
    setup_actor: Actor, at: datetime, site: Any, reception: Actor
) -> None:
    made = services.register_pseudonyms(
        actor=setup_actor, at=at, site=site, source="old", people=[Pseudonym("7")]
    )
    with pytest.raises(RecordClosed):
        services.change_patient(actor=reception, at=at, patient_id=made["7"], name="李雷")


def test_paper_fills_in_what_it_tells(register: Register, reception: Actor, at: datetime) -> None:
    patient = register()
    services.add_paper(actor=reception, at=at, patient_id=patient.pk, paper=resident(LI_MING))
    patient.refresh_from_db()
    assert (patient.birth_date, patient.sex) == (date(1949, 12, 31), "2")
    services.add_paper(actor=reception, at=at, patient_id=patient.pk, paper=resident(LI_MING))
    assert patient.papers.count() == 1


def test_paper_of_somebody_else_is_refused(register: Register, reception: Actor, at: datetime) -> None:
    register(name="李雷", papers=[resident(LI_MING)])
    patient = register()
    with pytest.raises(LikelyDuplicates):
        services.add_paper(actor=reception, at=at, patient_id=patient.pk, paper=resident(LI_MING))
    assert not patient.papers.exists()


def test_expired_paper_is_refused(register: Register, reception: Actor, at: datetime) -> None:
    patient = register()
    old = NewPaper("passport", "E12345678", valid_to=DAY - timedelta(1))
    with pytest.raises(Invalid):
        services.add_paper(actor=reception, at=at, patient_id=patient.pk, paper=old)


def test_wrong_paper_is_taken_away_with_a_reason(register: Register, reception: Actor) -> None:
    paper = register(papers=[resident(LI_MING)]).papers.get()
    with pytest.raises(Invalid):
        services.remove_paper(actor=reception, paper_id=paper.pk, reason="")
    services.remove_paper(actor=reception, paper_id=paper.pk, reason="录错人")
    assert not IdentityPaper.objects.exists()


def test_every_kind_has_a_text_in_an_empty_clinic(texts: dict[str, ConsentText]) -> None:
    assert set(texts) == set(ConsentKind.values)
    assert services.sync_consent_texts() == 0


def test_consent_is_given_withdrawn_and_given_again(
    register: Register, reception: Actor, at: datetime, texts: dict[str, ConsentText]
) -> None:
    patient = register()
    give = {"actor": reception, "at": at, "patient_id": patient.pk, "text": texts["privacy"]}
    first = services.give_consent(**give)
    with pytest.raises(AlreadyGiven):
        services.give_consent(**give)
    services.withdraw_consent(actor=reception, at=at, consent_id=first.pk)
    assert not queries.facts_for_booking(patient.pk, DAY).has_privacy_consent
    with pytest.raises(AlreadyEnded):
        services.withdraw_consent(actor=reception, at=at, consent_id=first.pk)
    services.give_consent(**give)
    assert queries.facts_for_booking(patient.pk, DAY).has_privacy_consent
    assert patient.consents.count() == 2


def test_minor_answers_by_a_current_guardian(
    register: Register, reception: Actor, at: datetime, texts: dict[str, ConsentText]
) -> None:
    patient = register(birth_date=date(2015, 5, 5), guardian=NewGuardian("王父", "父亲", "13800138000"))
    guardian = patient.guardians.get()
    give = {"actor": reception, "at": at, "patient_id": patient.pk, "text": texts["privacy"]}
    with pytest.raises(Invalid):
        services.give_consent(**give)
    assert services.give_consent(**give, guardian_id=guardian.pk).guardian == guardian
    services.end_guardian(actor=reception, at=at, guardian_id=guardian.pk)
    with pytest.raises(Invalid):
        services.give_consent(**(give | {"text": texts["photos"]}), guardian_id=guardian.pk)


@pytest.mark.parametrize("asks_again", [True, False])
def test_new_version_asks_again_only_where_it_says_so(
    register: Register, director: Actor, at: datetime, texts: dict[str, ConsentText], asks_again: bool
) -> None:
    patient = register(consents=[texts["privacy"]])
    tomorrow = DAY + timedelta(1)
    published = services.publish_consent_text(
        actor=director,
        at=at,
        kind="privacy",
        title="第二版",
        body="……",
        effective_from=tomorrow,
        asks_again=asks_again,
    )
    assert published.version == 2
    assert queries.facts_for_booking(patient.pk, DAY).has_privacy_consent
    assert queries.facts_for_booking(patient.pk, tomorrow).has_privacy_consent is not asks_again
    assert queries.consent_texts_in_force(DAY)["privacy"] == texts["privacy"]
    assert queries.consent_texts_in_force(tomorrow)["privacy"] == published


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"body": " "},
        {"kind": "x"},
        {"effective_from": DAY - timedelta(1)},
        {"body": "x" * 20_001},
    ],
)
def test_unusable_text_is_not_published(director: Actor, at: datetime, wrong: dict, db: None) -> None:
    text = {
        "kind": "privacy",
        "title": "题",
        "body": "文",
        "effective_from": DAY,
        "asks_again": False,
    } | wrong
    with pytest.raises(Invalid) as caught:
        services.publish_consent_text(actor=director, at=at, **text)
    assert list(caught.value.fields) == list(wrong)


def test_text_is_published_by_those_who_may(reception: Actor, at: datetime) -> None:
    with pytest.raises(Denied):
        services.publish_consent_text(
            actor=reception,
            at=at,
            kind="privacy",
            title="题",
            body="文",
            effective_from=DAY,
            asks_again=False,
        )
    assert ConsentText.objects.filter(kind="privacy").count() == 1


def test_text_is_never_changed(texts: dict[str, ConsentText], setup_actor: Actor) -> None:
    text = texts["privacy"]
    text.body = "改了"
    with pytest.raises(DatabaseError), recorded(setup_actor):
        text.save()


def test_phone_is_shown_in_full_and_logged(
    register: Register, reception: Actor, cashier: Actor, at: datetime
) -> None:
    patient = register(phone="13800138000", guardian=NewGuardian("王父", "父亲", "13912345678"))
    assert services.reveal_phone(actor=reception, at=at, patient_id=patient.pk) == "13800138000"
    guardian = patient.guardians.get().pk
    assert (
        services.reveal_phone(actor=reception, at=at, patient_id=patient.pk, guardian_id=guardian)
        == "13912345678"
    )
    with pytest.raises(Denied):
        services.reveal_phone(actor=cashier, at=at, patient_id=patient.pk)
    assert reads(patient) == ["phone", "guardian_phone"]


def test_identity_is_shown_in_full_and_logged(
    register: Register, reception: Actor, nurse: Actor, outsider: Actor, at: datetime
) -> None:
    patient = register(papers=[resident(LI_MING)])
    paper = patient.papers.get().pk
    assert services.reveal_identity(actor=reception, at=at, paper_id=paper) == LI_MING
    with pytest.raises(Denied):
        services.reveal_identity(actor=nurse, at=at, paper_id=paper)
    with pytest.raises(Missing):
        services.reveal_identity(actor=outsider, at=at, paper_id=paper)
    assert reads(patient) == ["identity:resident_id"]


def reads(patient: Patient) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT what FROM audit_read WHERE subject_id = %s ORDER BY at, id", [patient.pk])
        return [row[0] for row in cursor.fetchall()]
