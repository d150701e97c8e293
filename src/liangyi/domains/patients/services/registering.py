"""A person becomes a patient, once in the group and once at each site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from liangyi.domains.patients import rules
from liangyi.domains.patients.enums import Sex
from liangyi.domains.patients.errors import LikelyDuplicates, RecordClosed, RecordMoved
from liangyi.domains.patients.models import Alert, Allergy, ConsentText, Guardian, Patient, Registration
from liangyi.domains.patients.permissions import REGISTER
from liangyi.domains.patients.queries.ages import guardian_age
from liangyi.domains.patients.queries.duplicates import candidates_for, is_like
from liangyi.domains.patients.queries.people import is_visible, person_for
from liangyi.domains.patients.rules.entries import NewAllergy, NewGuardian, NewPaper
from liangyi.domains.patients.rules.indexing import person_tokens
from liangyi.domains.patients.services import checking
from liangyi.domains.patients.services.checking import CheckedPatient, Problems
from liangyi.domains.patients.services.consents import check_in_force, keep_answer
from liangyi.domains.patients.services.numbering import next_record_number
from liangyi.domains.patients.services.opening import lock_facts, rebuild_tokens
from liangyi.domains.patients.services.papers import keep_paper
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import local_day
from liangyi.platform.errors import Missing
from liangyi.platform.search.tokens import pinyin_key


@dataclass(frozen=True)
class _Parts:
    """What comes with the person, checked."""

    guardian: NewGuardian | None
    allergies: tuple[NewAllergy, ...]
    alerts: tuple[str, ...]
    consents: tuple[ConsentText, ...]
    answered_by_guardian: bool


def register_patient(
    *,
    actor: Actor,
    at: datetime,
    site: Site,
    name: str,
    sex: str = Sex.UNKNOWN,
    birth_date: date | None = None,
    papers: Sequence[NewPaper] = (),
    phone: str = "",
    email: str = "",
    note: str = "",
    guardian: NewGuardian | None = None,
    allergies: Sequence[NewAllergy] = (),
    alerts: Sequence[str] = (),
    consents: Sequence[ConsentText] = (),
    confirmed_new: bool = False,
) -> Patient:
    """A new patient with a record number at `site` and all that is known of them, or nothing at all.

    A resident identity number gives birth date and sex. `consents` are the texts agreed to now (by the
    guardian for a minor). Raises Invalid with every error by field, and LikelyDuplicates where somebody
    alike is known at any site of the group; `confirmed_new` says it is another person, which a shared
    identity number overrules.
    """
    actor.require(REGISTER, site.pk)
    today = local_day(at, site.time_zone)
    problems = Problems()
    person = _checked(problems, today, name, sex, birth_date, papers, (phone, email, note))
    parts = _checked_parts(problems, person, site.pk, today, guardian, allergies, alerts, consents)
    problems.stop()
    with recorded(actor):
        _offer_duplicates(actor, person, site, confirmed_new=confirmed_new)
        number = next_record_number(site)
        patient = _keep(person, number, site, at)
        _keep_parts(actor, at, patient, parts)
        for paper in person.papers:
            keep_paper(patient.pk, paper)
    return patient


def register_at_site(
    *,
    actor: Actor,
    at: datetime,
    patient_id: UUID,
    site: Site,
    name: str = "",
    phone: str = "",
    birth_date: date | None = None,
    papers: Sequence[NewPaper] = (),
) -> Registration:
    """Somebody known elsewhere in the group gets a record number at `site`; the old one if there is one.

    Who does not work at any of the person's sites has to know what the person says of themselves: name with
    telephone or birth date, or an identity number, as duplicates are found by. Otherwise Missing.
    """
    actor.require(REGISTER, site.pk)
    with recorded(actor, reason=_("在本院区建档")):
        person = person_for(patient_id)
        if person is None:
            raise Missing()
        if not is_visible(actor, person):
            today = local_day(at, site.time_zone)
            claimed = checking.claimed_facts(
                today=today, name=name, phone=phone, birth_date=birth_date, papers=papers
            )
            if not is_like(claimed, person):
                raise Missing()
        return _registered_once(person.canonical_id, person.ids, site, at)


def _registered_once(canonical: UUID, ids: Sequence[UUID], site: Site, at: datetime) -> Registration:
    patient = Patient.objects.select_for_update().get(pk=canonical)
    if patient.canonical_id is not None:
        raise RecordMoved(_("这份档案刚刚被合并，请刷新后再改"))
    if patient.is_pseudonymous:
        raise RecordClosed(_("这是导入的匿名历史，不能修改"))
    known = Registration.objects.filter(patient__in=ids, site=site).first()
    if known is not None:
        return known
    number = next_record_number(site)
    registration = Registration.objects.create(
        patient=patient, site=site, record_number=number, registered_at=at
    )
    rebuild_tokens(canonical)
    return registration


def _checked(
    problems: Problems,
    today: date,
    name: str,
    sex: str,
    birth_date: date | None,
    papers: Sequence[NewPaper],
    words: tuple[str, str, str],
) -> CheckedPatient:
    phone, email, note = words
    kept = checking.check_papers(problems, papers, today)
    known_sex = problems.take("sex", checking.checked_sex, sex) or Sex.UNKNOWN
    known_sex, born = checking.check_against_papers(problems, kept, known_sex, birth_date)
    return CheckedPatient(
        name=problems.take("name", rules.clean_name, name) or "",
        sex=known_sex,
        birth_date=problems.take("birth_date", checking.checked_birth_date, born, today),
        phone=problems.take("phone", checking.checked_phone, phone) or "",
        email=problems.take("email", checking.checked_email, email) or "",
        note=problems.take("note", rules.clean_text, note, checking.NOTE_LIMIT) or "",
        papers=kept,
    )


def _checked_parts(
    problems: Problems,
    person: CheckedPatient,
    site: UUID,
    today: date,
    guardian: NewGuardian | None,
    allergies: Sequence[NewAllergy],
    alerts: Sequence[str],
    consents: Sequence[ConsentText],
) -> _Parts:
    most = checking.MOST_PARTS
    if max(len(allergies), len(alerts)) > most:
        problems.add("", _("一次最多登记 %(most)d 条") % {"most": most})
    for_minor = rules.needs_guardian(person.birth_date, today, guardian_age(site, today))
    if consents and guardian is None and for_minor:
        problems.add("consents", _("未成年人由监护人同意，请先填写监护人"))
    return _Parts(
        guardian=checking.check_guardian(problems, guardian) if guardian else None,
        allergies=tuple(
            checking.check_allergy(problems, allergy, f"allergies.{i}.")
            for i, allergy in enumerate(allergies[:most])
        ),
        alerts=tuple(
            checking.check_alert(problems, text, f"alerts.{i}") for i, text in enumerate(alerts[:most])
        ),
        consents=check_in_force(problems, consents, today),
        answered_by_guardian=for_minor,
    )


def _offer_duplicates(actor: Actor, person: CheckedPatient, site: Site, *, confirmed_new: bool) -> None:
    facts = person.facts()
    lock_facts(facts)
    found = candidates_for(actor, facts, site=site.pk)
    certain = [candidate for candidate in found if candidate.is_certain]
    if certain or (found and not confirmed_new):
        raise LikelyDuplicates(certain or found)


def _keep(person: CheckedPatient, number: str, site: Site, at: datetime) -> Patient:
    patient = Patient.objects.create(
        name=person.name,
        pinyin=pinyin_key(person.name)[:200],
        sex=person.sex,
        birth_date=person.birth_date,
        phone=person.phone,
        email=person.email,
        note=person.note,
        tokens=person_tokens([(person.name, person.phone)], [number], [site.pk]),
        registered_at=at,
    )
    Registration.objects.create(patient=patient, site=site, record_number=number, registered_at=at)
    return patient


def _keep_parts(actor: Actor, at: datetime, patient: Patient, parts: _Parts) -> None:
    guardian = None
    if parts.guardian:
        guardian = Guardian.objects.create(
            patient=patient,
            name=parts.guardian.name,
            relation=parts.guardian.relation,
            phone=parts.guardian.phone,
        )
    Allergy.objects.bulk_create(
        Allergy(patient=patient, substance=a.substance, severity=a.severity, reaction=a.reaction, code=a.code)
        for a in parts.allergies
    )
    Alert.objects.bulk_create(Alert(patient=patient, text=text) for text in parts.alerts)
    for text in parts.consents:
        keep_answer(actor, at, patient.pk, text, guardian if parts.answered_by_guardian else None)
