"""One patient: the record itself, the header that every page shows, and the whole chart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from liangyi.domains.patients import rules
from liangyi.domains.patients.enums import ConsentKind
from liangyi.domains.patients.models import (
    Alert,
    Allergy,
    Consent,
    Guardian,
    IdentityPaper,
    Patient,
    Registration,
)
from liangyi.domains.patients.permissions import sites_visible_to
from liangyi.domains.patients.queries.ages import known_age, set_age
from liangyi.domains.patients.queries.consents import standing_kinds
from liangyi.domains.patients.queries.people import Person, visible_person
from liangyi.platform.actors import Actor
from liangyi.platform.phones import mask


@dataclass(frozen=True)
class PatientHeader:
    """What is always in view. Everything known under any of the person's records counts."""

    patient: Patient
    person: Person
    on: date
    adult_age: int
    registrations: tuple[Registration, ...]
    record_number: str
    allergies: tuple[Allergy, ...]
    alerts: tuple[Alert, ...]
    consents: frozenset[str]

    @property
    def age(self) -> int | None:
        """Whole years, or None where the birth date is not known."""
        return rules.age_on(self.patient.birth_date, self.on) if self.patient.birth_date else None

    @property
    def is_minor(self) -> bool:
        """Needs a guardian's consent."""
        return rules.is_minor(self.patient.birth_date, self.on, self.adult_age)

    @property
    def masked_phone(self) -> str:
        """As it is shown until somebody asks for the whole."""
        return mask(self.patient.phone)

    @property
    def has_privacy_consent(self) -> bool:
        """The privacy notice has been agreed to, and the answer stands."""
        return ConsentKind.PRIVACY in self.consents


@dataclass(frozen=True)
class PatientChart:
    """The header with all that stands behind it, ended things included."""

    header: PatientHeader
    guardians: tuple[Guardian, ...]
    papers: tuple[IdentityPaper, ...]
    answers: tuple[Consent, ...]
    merged: tuple[Patient, ...]

    @property
    def current_guardians(self) -> tuple[Guardian, ...]:
        """Those who may decide now."""
        return tuple(guardian for guardian in self.guardians if guardian.ended_at is None)


def patient_for(actor: Actor, patient_id: UUID, *, at: datetime | None = None) -> Patient:
    """The surviving record behind `patient_id`; Missing for other sites'.

    With `at`, another site's record is open too while the actor's emergency look (break-glass) lasts.
    """
    return Patient.objects.get(pk=visible_person(actor, patient_id, at=at).canonical_id)


def patient_header(actor: Actor, patient_id: UUID, *, on: date, at: datetime | None = None) -> PatientHeader:
    """The header on that day, in six statements; Missing as patient_for."""
    person = visible_person(actor, patient_id, at=at)
    registrations = tuple(
        Registration.objects.filter(patient__in=person.ids).select_related("site").order_by("registered_at")
    )
    current = {"patient__in": person.ids, "ended_at": None}
    patient = Patient.objects.annotate(set_age=set_age(actor.site, on)).get(pk=person.canonical_id)
    return PatientHeader(
        patient=patient,
        person=person,
        on=on,
        adult_age=known_age(patient.set_age),
        registrations=registrations,
        record_number=_number_shown(actor, registrations, person.canonical_id),
        allergies=tuple(Allergy.objects.filter(**current).order_by("id")),
        alerts=tuple(Alert.objects.filter(**current).order_by("id")),
        consents=standing_kinds(person.ids, on),
    )


def patient_chart(actor: Actor, patient_id: UUID, *, on: date, at: datetime | None = None) -> PatientChart:
    """Everything about the patient that this domain keeps, in ten statements; Missing as patient_for."""
    header = patient_header(actor, patient_id, on=on, at=at)
    ids = header.person.ids
    answers = Consent.objects.filter(patient__in=ids).select_related("text", "guardian", "taken_by")
    return PatientChart(
        header=header,
        guardians=tuple(Guardian.objects.filter(patient__in=ids).order_by("id")),
        papers=tuple(IdentityPaper.objects.filter(patient__in=ids).defer("sealed").order_by("id")),
        answers=tuple(answers.order_by("-given_at", "-id")),
        merged=tuple(Patient.objects.filter(canonical=header.patient.pk).order_by("id")),
    )


def _number_shown(actor: Actor, registrations: tuple[Registration, ...], canonical: UUID) -> str:
    """That of the active site before another one's, the surviving record's before a merged one's."""
    visible = sites_visible_to(actor)
    shown = [row for row in registrations if visible is None or row.site_id in visible]
    best_first = sorted(
        shown or registrations, key=lambda r: (r.site_id != actor.site, r.patient_id != canonical)
    )
    return best_first[0].record_number if best_first else ""
