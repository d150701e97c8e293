"""Opens a person's record for a write: may the actor, is it the surviving one, lock it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from liangyi.domains.patients.errors import AlreadyEnded, RecordClosed, RecordMoved
from liangyi.domains.patients.models import Alert, Allergy, Guardian, Patient, Registration
from liangyi.domains.patients.permissions import require_at_any
from liangyi.domains.patients.queries.people import Person, person_for, visible_person
from liangyi.domains.patients.rules import Facts
from liangyi.domains.patients.rules.indexing import person_tokens
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Missing

PartT = TypeVar("PartT", Alert, Allergy, Guardian)


def opened(actor: Actor, patient_id: UUID, permission: str) -> tuple[Patient, Person]:
    """The person's surviving record, locked. Missing, Denied, RecordMoved or RecordClosed otherwise."""
    person = visible_person(actor, patient_id)
    require_at_any(actor, permission, person.sites)
    patient = Patient.objects.select_for_update().get(pk=person.canonical_id)
    if patient.canonical_id is not None:
        raise RecordMoved(_("这份档案刚刚被合并，请刷新后再改"))
    if patient.is_pseudonymous:
        raise RecordClosed(_("这是导入的匿名历史，不能修改"))
    return patient, person


def end_part(actor: Actor, at: datetime, kind: type[PartT], part_id: UUID, permission: str) -> PartT:
    """Ends a current allergy, alert or guardian; AlreadyEnded when somebody did so before."""
    part = kind.objects.filter(pk=part_id).first()
    if part is None:
        raise Missing()
    opened(actor, part.patient_id, permission)
    part.refresh_from_db()
    if part.ended_at is not None:
        raise AlreadyEnded(_("已经停用了，请刷新"))
    part.ended_at = at
    part.save(update_fields=["ended_at"])
    return part


def lock_facts(facts: Facts) -> None:
    """Two people registering somebody alike wait for each other, for the rest of the transaction."""
    texts = [f"phone:{facts.phone}"] if facts.phone else []
    texts += [f"born:{facts.name}:{facts.birth_date}"] if facts.birth_date else []
    texts += [f"paper:{kind}:{blind}" for kind, blinds in facts.identities.items() for blind in blinds]
    lock_words(texts or [f"name:{facts.name}"])


def lock_words(words: Iterable[str]) -> None:
    """Advisory locks on these words until the transaction ends, always in the same order."""
    keys = sorted({_key(word) for word in words})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key", [keys])


def rebuild_tokens(patient_id: UUID) -> None:
    """Brings the search tokens of the surviving record in line with all records of the person."""
    person = person_for(patient_id)
    if person is None:
        return
    records = Patient.objects.in_bulk(person.ids)
    root = records.pop(person.canonical_id)
    named = [(record.name, record.phone) for record in (root, *records.values())]
    numbers = Registration.objects.filter(patient__in=person.ids).values_list("record_number", flat=True)
    root.tokens = [] if root.is_pseudonymous else person_tokens(named, list(numbers), person.sites)
    root.save(update_fields=["tokens"])


def _key(word: str) -> int:
    digest = hashlib.sha256(f"patients:{word}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
