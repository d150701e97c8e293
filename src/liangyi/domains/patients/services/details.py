"""What is known of a patient changes: the record itself, allergies, alerts and guardians."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypedDict
from uuid import UUID

from typing_extensions import Unpack

from liangyi.domains.patients import rules
from liangyi.domains.patients.enums import PaperKind
from liangyi.domains.patients.models import Alert, Allergy, Guardian, IdentityPaper, Patient
from liangyi.domains.patients.permissions import CHANGE
from liangyi.domains.patients.queries.people import Person
from liangyi.domains.patients.rules.entries import NewAllergy, NewGuardian
from liangyi.domains.patients.services import checking
from liangyi.domains.patients.services.checking import CheckedPaper, Problems
from liangyi.domains.patients.services.opening import end_part, opened, rebuild_tokens
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.sealing import unseal
from liangyi.platform.search.tokens import pinyin_key


class PatientChanges(TypedDict, total=False):
    """What may be changed; what is left out stays."""

    name: str
    sex: str
    birth_date: date | None
    phone: str
    email: str
    note: str


def change_patient(
    *, actor: Actor, at: datetime, patient_id: UUID, **changes: Unpack[PatientChanges]
) -> Patient:
    """The surviving record with these changes. Birth date and sex must agree with a resident identity
    number that has been shown; Invalid names every wrong field."""
    problems = Problems()
    checked = _checked(problems, changes, local_day(at, HOME_ZONE))
    with recorded(actor):
        patient, person = opened(actor, patient_id, CHANGE)
        for field, value in checked.items():
            setattr(patient, field, value)
        checking.check_against_papers(problems, _resident_papers(person), patient.sex, patient.birth_date)
        problems.stop()
        patient.pinyin = pinyin_key(patient.name)[:200]
        patient.save(update_fields=[*checked, "pinyin"])
        if {"name", "phone"} & checked.keys():
            rebuild_tokens(patient.pk)
    return patient


def add_allergy(*, actor: Actor, patient_id: UUID, allergy: NewAllergy) -> Allergy:
    """A known allergy more."""
    problems = Problems()
    kept = checking.check_allergy(problems, allergy)
    problems.stop()
    with recorded(actor):
        patient, _person = opened(actor, patient_id, CHANGE)
        return Allergy.objects.create(
            patient=patient,
            substance=kept.substance,
            severity=kept.severity,
            reaction=kept.reaction,
            code=kept.code,
        )


def end_allergy(*, actor: Actor, at: datetime, allergy_id: UUID) -> Allergy:
    """Recorded in error or outgrown; AlreadyEnded when somebody did so before."""
    with recorded(actor):
        return end_part(actor, at, Allergy, allergy_id, CHANGE)


def add_alert(*, actor: Actor, patient_id: UUID, text: str) -> Alert:
    """Something everybody who opens the record has to know."""
    problems = Problems()
    words = checking.check_alert(problems, text)
    problems.stop()
    with recorded(actor):
        patient, _person = opened(actor, patient_id, CHANGE)
        return Alert.objects.create(patient=patient, text=words)


def end_alert(*, actor: Actor, at: datetime, alert_id: UUID) -> Alert:
    """No longer so; AlreadyEnded when somebody ended it before."""
    with recorded(actor):
        return end_part(actor, at, Alert, alert_id, CHANGE)


def add_guardian(*, actor: Actor, patient_id: UUID, guardian: NewGuardian) -> Guardian:
    """Who decides for a minor or for somebody without full capacity."""
    problems = Problems()
    kept = checking.check_guardian(problems, guardian)
    problems.stop()
    with recorded(actor):
        patient, _person = opened(actor, patient_id, CHANGE)
        return Guardian.objects.create(
            patient=patient, name=kept.name, relation=kept.relation, phone=kept.phone
        )


def end_guardian(*, actor: Actor, at: datetime, guardian_id: UUID) -> Guardian:
    """Does not decide any more; what was agreed to stands."""
    with recorded(actor):
        return end_part(actor, at, Guardian, guardian_id, CHANGE)


def _checked(problems: Problems, changes: PatientChanges, today: date) -> Mapping[str, Any]:
    checks: dict[str, Any] = {
        "name": rules.clean_name,
        "sex": checking.checked_sex,
        "birth_date": lambda day: checking.checked_birth_date(day, today),
        "phone": checking.checked_phone,
        "email": checking.checked_email,
        "note": lambda text: rules.clean_text(text, checking.NOTE_LIMIT),
    }
    return {field: problems.take(field, checks[field], value) for field, value in changes.items()}


def _resident_papers(person: Person) -> list[CheckedPaper]:
    papers = IdentityPaper.objects.filter(patient__in=person.ids, kind=PaperKind.RESIDENT_ID)
    return [CheckedPaper(paper.kind, unseal(paper.sealed), paper.valid_to) for paper in papers]
