"""What booking has to know about a patient, in two statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists

from liangyi.domains.patients import rules
from liangyi.domains.patients.enums import ConsentKind
from liangyi.domains.patients.models import Guardian, Patient
from liangyi.domains.patients.queries.ages import known_age, set_age
from liangyi.domains.patients.queries.consents import standing
from liangyi.domains.patients.queries.people import person_for
from liangyi.platform.errors import Missing


@dataclass(frozen=True)
class PatientFacts:
    """The person behind `id` as of one day: `canonical_id` and the rest are those of the surviving record."""

    id: UUID
    canonical_id: UUID
    name: str
    sex: str
    birth_date: date | None
    phone: str
    email: str
    is_pseudonymous: bool
    has_guardian: bool
    site_ids: frozenset[UUID]
    consents: frozenset[str]
    adult_age: int = rules.ADULT_AGE

    @property
    def has_privacy_consent(self) -> bool:
        """The privacy notice has been agreed to, and the answer stands."""
        return ConsentKind.PRIVACY in self.consents

    @property
    def may_be_messaged(self) -> bool:
        """Reminders have been agreed to."""
        return ConsentKind.MESSAGES in self.consents

    @property
    def is_active(self) -> bool:
        """Not merged into another record, and known by name."""
        return self.id == self.canonical_id and not self.is_pseudonymous

    def is_minor(self, on_day: date) -> bool:
        """Younger on that day than who decides alone."""
        return rules.is_minor(self.birth_date, on_day, self.adult_age)


def facts_for_booking(patient_id: UUID, on: date, site: UUID | None = None) -> PatientFacts:
    """The facts on that day at a site, whoever asks: who may is the caller's affair. Missing without such a
    record."""
    person = person_for(patient_id)
    if person is None:
        raise Missing()
    guardians = Guardian.objects.filter(patient_id__in=person.ids, ended_at=None)
    answers = standing(on).filter(patient__in=person.ids).values("text__kind")
    row = Patient.objects.annotate(
        has_guardian=Exists(guardians), kinds=ArraySubquery(answers), set_age=set_age(site, on)
    ).get(pk=person.canonical_id)
    return PatientFacts(
        id=patient_id,
        canonical_id=row.pk,
        name=row.name,
        sex=row.sex,
        birth_date=row.birth_date,
        phone=row.phone,
        email=row.email,
        is_pseudonymous=row.is_pseudonymous,
        has_guardian=row.has_guardian,
        site_ids=person.sites,
        consents=frozenset(row.kinds),
        adult_age=known_age(row.set_age),
    )
