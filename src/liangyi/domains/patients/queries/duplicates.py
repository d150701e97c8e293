"""Who among those already known may be the person about to be registered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from django.db import connection

from liangyi.domains.patients import rules
from liangyi.domains.patients.models import IdentityPaper, Patient, Registration
from liangyi.domains.patients.permissions import VIEW
from liangyi.domains.patients.queries.people import Person, people_for
from liangyi.domains.patients.rules import Facts, Likeness
from liangyi.domains.patients.rules.entries import Candidate
from liangyi.platform.actors import Actor
from liangyi.platform.phones import mask
from liangyi.platform.search.tokens import pinyin_key

MOST = 200

_NEAR = """(SELECT patient_id FROM patients_identitypaper WHERE blind = ANY(%(blinds)s))
UNION (SELECT id FROM patients_patient WHERE phone = %(phone)s AND phone <> '' LIMIT %(most)s)
UNION (SELECT id FROM patients_patient
       WHERE pinyin = %(pinyin)s AND birth_date = %(birth_date)s LIMIT %(most)s)"""


def candidates_for(actor: Actor, facts: Facts, *, site: UUID | None) -> list[Candidate]:
    """The likely and certain ones, surest first, each person once; at every site of the group."""
    near = _near_records(facts)
    if not near:
        return []
    people = people_for(near)
    sureness = _sureness(facts, near, people)
    patients = Patient.objects.in_bulk(list(sureness))
    registrations = _registrations(people[pk] for pk in near)
    found = [
        _candidate(actor, patients[person], registrations[person], likeness, site)
        for person, likeness in sureness.items()
    ]
    return sorted(found, key=lambda c: (not c.is_certain, not c.is_here, c.name, c.patient_id))


def is_like(facts: Facts, person: Person) -> bool:
    """Whether any record of `person` is likely about whoever `facts` describe."""
    near = {pk: patient for pk, patient in _near_records(facts).items() if pk in person.ids}
    return bool(_sureness(facts, near, dict.fromkeys(near, person)))


def _sureness(
    facts: Facts, near: Mapping[UUID, Patient], people: Mapping[UUID, Person]
) -> dict[UUID, Likeness]:
    """Per surviving record the best likeness of any of the person's records; unlike ones are left out."""
    known = _identities(near)
    best: dict[UUID, Likeness] = {}
    for pk, patient in near.items():
        found = rules.likeness(facts, facts_of(patient, known[pk]))
        root = people[pk].canonical_id
        best[root] = max(found, best.get(root, found))
    return {root: found for root, found in best.items() if found}


def facts_of(patient: Patient, identities: dict[str, frozenset[str]]) -> Facts:
    """A record as it is compared."""
    return Facts(patient.name, patient.sex, patient.birth_date, patient.phone, identities)


def _near_records(facts: Facts) -> dict[UUID, Patient]:
    return Patient.objects.filter(pk__in=_near(facts), is_pseudonymous=False).in_bulk()


def _near(facts: Facts) -> list[UUID]:
    blinds = [blind for blinds in facts.identities.values() for blind in blinds]
    params = {
        "blinds": blinds,
        "phone": facts.phone,
        "pinyin": pinyin_key(facts.name),
        "birth_date": facts.birth_date,
        "most": MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, params)
        return [row[0] for row in cursor.fetchall()]


def _identities(patients: Iterable[UUID]) -> dict[UUID, dict[str, frozenset[str]]]:
    found: dict[UUID, dict[str, frozenset[str]]] = defaultdict(dict)
    papers = IdentityPaper.objects.filter(patient_id__in=list(patients))
    for patient, kind, blind in papers.values_list("patient_id", "kind", "blind"):
        found[patient][kind] = found[patient].get(kind, frozenset()) | {blind}
    return found


def _registrations(people: Iterable[Person]) -> dict[UUID, list[Registration]]:
    """By surviving record, those of all records of each person."""
    roots = {pk: person.canonical_id for person in people for pk in person.ids}
    found: dict[UUID, list[Registration]] = defaultdict(list)
    rows = Registration.objects.filter(patient__in=list(roots)).select_related("site")
    for row in rows.order_by("registered_at"):
        found[roots[row.patient_id]].append(row)
    return found


def _candidate(
    actor: Actor, patient: Patient, registrations: list[Registration], likeness: Likeness, site: UUID | None
) -> Candidate:
    open_ones = [row for row in registrations if actor.may(VIEW, row.site_id)]
    return Candidate(
        patient_id=patient.pk,
        is_certain=likeness is Likeness.CERTAIN,
        is_visible=bool(open_ones),
        is_here=any(row.site_id == site for row in registrations),
        name=patient.name if open_ones else rules.masked_name(patient.name),
        sex=patient.sex,
        born=_born(patient, in_full=bool(open_ones)),
        phone=mask(patient.phone),
        record_number=next(_numbers(open_ones, site), ""),
        sites=tuple(dict.fromkeys(row.site.name for row in registrations)),
    )


def _numbers(rows: list[Registration], site: UUID | None) -> Iterator[str]:
    return (row.record_number for row in sorted(rows, key=lambda row: row.site_id != site))


def _born(patient: Patient, *, in_full: bool) -> str:
    if patient.birth_date is None:
        return ""
    return patient.birth_date.isoformat() if in_full else str(patient.birth_date.year)
