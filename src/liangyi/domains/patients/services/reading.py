"""Sensitive reads: what is masked everywhere is shown in full once, and that is logged."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from liangyi.domains.patients.models import Guardian, IdentityPaper, Patient
from liangyi.domains.patients.permissions import REVEAL_IDENTITY, REVEAL_PHONE, can_at_any
from liangyi.domains.patients.queries.people import SUBJECT, Person, is_visible, visible_person
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import log_read
from liangyi.platform.errors import Denied, Missing
from liangyi.platform.sealing import unseal


def reveal_phone(*, actor: Actor, at: datetime, patient_id: UUID, guardian_id: UUID | None = None) -> str:
    """The whole telephone number of the patient, or of one of their guardians; logged."""
    person = visible_person(actor, patient_id, at=at)
    _require(actor, REVEAL_PHONE, person)
    if guardian_id is None:
        phone = Patient.objects.values_list("phone", flat=True).get(pk=person.canonical_id)
        return _logged(actor, at, person, "phone", phone)
    guardian = Guardian.objects.filter(pk=guardian_id, patient__in=person.ids).first()
    if guardian is None:
        raise Missing()
    return _logged(actor, at, person, "guardian_phone", guardian.phone)


def reveal_identity(*, actor: Actor, at: datetime, paper_id: UUID) -> str:
    """The whole number of a paper; logged."""
    paper = IdentityPaper.objects.filter(pk=paper_id).first()
    if paper is None:
        raise Missing()
    person = visible_person(actor, paper.patient_id, at=at)
    _require(actor, REVEAL_IDENTITY, person)
    return _logged(actor, at, person, f"identity:{paper.kind}", unseal(paper.sealed))


def log_chart_read(*, actor: Actor, at: datetime, patient_id: UUID) -> None:
    """Somebody has opened the chart: patients may ask who did."""
    person = visible_person(actor, patient_id, at=at)
    _logged(actor, at, person, "chart", "")


def _require(actor: Actor, permission: str, person: Person) -> None:
    """Held at one of the person's sites; in an emergency look, which has no such site, anywhere."""
    allowed = (
        can_at_any(actor, permission, person.sites) if is_visible(actor, person) else actor.may(permission)
    )
    if not allowed:
        raise Denied(permission)


def _logged(actor: Actor, at: datetime, person: Person, what: str, shown: str) -> str:
    log_read(actor=actor, at=at, subject_type=SUBJECT, subject_id=person.canonical_id, what=what)
    return shown
