"""Papers that prove identity: kept sealed, found by their blind number."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from liangyi.domains.patients import rules
from liangyi.domains.patients.errors import LikelyDuplicates
from liangyi.domains.patients.models import IdentityPaper
from liangyi.domains.patients.permissions import CHANGE
from liangyi.domains.patients.queries.duplicates import candidates_for
from liangyi.domains.patients.queries.people import Person
from liangyi.domains.patients.rules import Facts
from liangyi.domains.patients.rules.entries import NewPaper
from liangyi.domains.patients.services import checking
from liangyi.domains.patients.services.checking import CheckedPaper, Problems
from liangyi.domains.patients.services.opening import lock_facts, opened
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.errors import Missing
from liangyi.platform.sealing import seal


def add_paper(*, actor: Actor, at: datetime, patient_id: UUID, paper: NewPaper) -> IdentityPaper:
    """One more paper of the person.

    A resident identity number fills in a missing birth date and sex and must not contradict them. A number
    that somebody else has shown raises LikelyDuplicates: merge the two instead.
    """
    problems = Problems()
    checked = checking.check_papers(problems, [paper], local_day(at, HOME_ZONE))
    with recorded(actor):
        patient, person = opened(actor, patient_id, CHANGE)
        sex, born = checking.check_against_papers(problems, checked, patient.sex, patient.birth_date)
        problems.stop()
        _refuse_anothers(actor, person, checked[0])
        if (sex, born) != (patient.sex, patient.birth_date):
            patient.sex, patient.birth_date = sex, born
            patient.save(update_fields=["sex", "birth_date"])
        return keep_paper(patient.pk, checked[0])


def remove_paper(*, actor: Actor, paper_id: UUID, reason: str) -> None:
    """Takes away a paper that was recorded wrongly; history keeps its sealed number."""
    problems = Problems()
    why = problems.take("reason", checking.required_text, reason, 200, _("请填写原因"))
    problems.stop()
    with recorded(actor, reason=why or ""):
        paper = IdentityPaper.objects.filter(pk=paper_id).first()
        if paper is None:
            raise Missing()
        opened(actor, paper.patient_id, CHANGE)
        paper.delete()


def keep_paper(patient_id: UUID, paper: CheckedPaper) -> IdentityPaper:
    """Writes a checked paper; the same one again stays one, with the newer validity."""
    kept, is_new = IdentityPaper.objects.get_or_create(
        patient_id=patient_id,
        kind=paper.kind,
        blind=paper.blind,
        defaults={"sealed": seal(paper.number), "last_four": paper.number[-4:], "valid_to": paper.valid_to},
    )
    if not is_new and paper.valid_to and kept.valid_to != paper.valid_to:
        kept.valid_to = paper.valid_to
        kept.save(update_fields=["valid_to"])
    return kept


def _refuse_anothers(actor: Actor, person: Person, paper: CheckedPaper) -> None:
    facts = Facts(name="", identities={paper.kind: frozenset({paper.blind})})
    lock_facts(facts)
    others = [c for c in candidates_for(actor, facts, site=actor.site) if c.patient_id != person.canonical_id]
    if others and rules.names_one_person(paper.kind):
        raise LikelyDuplicates(others)
