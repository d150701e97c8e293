"""One person may have several records: the surviving one and those merged into it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from liangyi.domains.patients.permissions import sites_visible_to
from liangyi.platform.access.models import BreakGlass
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Missing

SUBJECT = "patients.patient"

_PEOPLE = """SELECT asked.id, root.id, array_agg(DISTINCT one.id),
       array_remove(array_agg(DISTINCT r.site_id), NULL)
FROM patients_patient asked
JOIN patients_patient root ON root.id = coalesce(asked.canonical_id, asked.id)
JOIN patients_patient one ON one.id = root.id OR one.canonical_id = root.id
LEFT JOIN patients_registration r ON r.patient_id = one.id
WHERE asked.id = ANY(%s) GROUP BY 1, 2"""


@dataclass(frozen=True)
class Person:
    """The surviving record, all records of the person (itself included), and where they are registered."""

    canonical_id: UUID
    ids: tuple[UUID, ...]
    sites: frozenset[UUID]


def people_for(ids: Collection[UUID]) -> dict[UUID, Person]:
    """For each record the person behind it, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, [list(ids)])
        rows = cursor.fetchall()
    return {asked: Person(root, tuple(records), frozenset(sites)) for asked, root, records, sites in rows}


def person_for(patient_id: UUID) -> Person | None:
    """The person behind any of their records, in one statement."""
    return people_for([patient_id]).get(patient_id)


def visible_person(actor: Actor, patient_id: UUID, *, at: datetime | None = None) -> Person:
    """The person, or Missing for other sites' unless an emergency look is open at `at`."""
    person = person_for(patient_id)
    if person is None or not (is_visible(actor, person) or _is_broken_open(actor, person, at)):
        raise Missing()
    return person


def is_visible(actor: Actor, person: Person) -> bool:
    """Registered, under any record, where the actor may look."""
    visible = sites_visible_to(actor)
    return visible is None or not person.sites.isdisjoint(visible)


def _is_broken_open(actor: Actor, person: Person, at: datetime | None) -> bool:
    if at is None or actor.id is None:
        return False
    return BreakGlass.objects.filter(
        account=actor.id,
        subject_type=SUBJECT,
        subject_id__in=person.ids,
        opened_at__lte=at,
        expires_at__gt=at,
    ).exists()
