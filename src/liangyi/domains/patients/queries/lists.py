"""The patients of a site, newest first, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from liangyi.domains.patients.enums import ConsentKind
from liangyi.domains.patients.models import Allergy, Guardian, Registration
from liangyi.domains.patients.permissions import VIEW
from liangyi.domains.patients.queries.consents import standing
from liangyi.platform.actors import Actor
from liangyi.platform.phones import mask

PAGE = 30


@dataclass(frozen=True)
class ListFilter:
    """What a list is narrowed to. `born_after` keeps those younger than an age."""

    registered_from: datetime | None = None
    born_after: date | None = None
    without_privacy_consent: bool = False
    without_guardian: bool = False


@dataclass(frozen=True)
class ListedPatient:
    """One line of the list."""

    id: UUID
    name: str
    sex: str
    birth_date: date | None
    phone: str
    record_number: str
    registered_at: datetime
    has_allergy: bool
    has_privacy_consent: bool


def patients_for_list(
    actor: Actor, site: UUID, narrowed: ListFilter, *, on: date, after: str = "", limit: int = PAGE
) -> list[ListedPatient]:
    """Up to `limit` patients registered at `site`, the newest record number first, below number `after`.

    One statement, whatever the number of rows. Merged and pseudonymous records are left out.
    """
    actor.require(VIEW, site)
    rows = Registration.objects.filter(
        site=site, patient__canonical=None, patient__is_pseudonymous=False
    ).select_related("patient")
    if after:
        rows = rows.filter(record_number__lt=after)
    marked = rows.annotate(has_allergy=_current(Allergy), agreed=_agreed(on))
    return [_listed(row) for row in _narrowed(marked, narrowed, on).order_by("-record_number")[:limit]]


def _narrowed(rows: QuerySet[Registration], narrowed: ListFilter, on: date) -> QuerySet[Registration]:
    if narrowed.registered_from:
        rows = rows.filter(registered_at__gte=narrowed.registered_from)
    if narrowed.born_after:
        rows = rows.filter(patient__birth_date__gt=narrowed.born_after)
    if narrowed.without_guardian:
        rows = rows.exclude(_current(Guardian))
    if narrowed.without_privacy_consent:
        rows = rows.exclude(_agreed(on))
    return rows


def _current(part: type[Allergy] | type[Guardian]) -> Q:
    """Whether the person has a current one: on this record or on one merged straight into it."""
    return _of_person(part.objects.filter(ended_at=None))


def _agreed(on: date) -> Q:
    return _of_person(standing(on).filter(text__kind=ConsentKind.PRIVACY))


def _of_person(parts: QuerySet[Any]) -> Q:
    own = Exists(parts.filter(patient=OuterRef("patient")))
    return own | Exists(parts.filter(patient__canonical=OuterRef("patient")))


def _listed(row: Any) -> ListedPatient:
    return ListedPatient(
        id=row.patient_id,
        name=row.patient.name,
        sex=row.patient.sex,
        birth_date=row.patient.birth_date,
        phone=mask(row.patient.phone),
        record_number=row.record_number,
        registered_at=row.registered_at,
        has_allergy=row.has_allergy,
        has_privacy_consent=row.agreed,
    )
