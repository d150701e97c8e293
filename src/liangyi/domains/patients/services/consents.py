"""Consents: versions of texts, answers to them, and their withdrawal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from liangyi.domains.patients import rules
from liangyi.domains.patients.data.consent_texts import EFFECTIVE_FROM, FIRST_TEXTS
from liangyi.domains.patients.enums import ConsentKind
from liangyi.domains.patients.errors import AlreadyEnded, AlreadyGiven
from liangyi.domains.patients.events import ConsentWithdrawn
from liangyi.domains.patients.models import Consent, ConsentText, Guardian, Patient
from liangyi.domains.patients.permissions import CHANGE, PUBLISH_CONSENT
from liangyi.domains.patients.queries.ages import guardian_age
from liangyi.domains.patients.queries.consents import consent_texts_in_force
from liangyi.domains.patients.queries.people import Person
from liangyi.domains.patients.services import checking
from liangyi.domains.patients.services.checking import Problems
from liangyi.domains.patients.services.opening import lock_words, opened
from liangyi.platform import actors, events
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.errors import Missing

TITLE_LIMIT = 100
BODY_LIMIT = 20_000


def give_consent(
    *, actor: Actor, at: datetime, patient_id: UUID, text: ConsentText, guardian_id: UUID | None = None
) -> Consent:
    """The answer "yes" to the version in force; for a minor by a current guardian, who has to be named."""
    today = local_day(at, HOME_ZONE)
    problems = Problems()
    with recorded(actor):
        patient, person = opened(actor, patient_id, CHANGE)
        check_in_force(problems, [text], today)
        guardian = _answering(problems, actor, patient, person, guardian_id, today)
        problems.stop()
        if Consent.objects.filter(patient__in=person.ids, text=text, withdrawn_at=None).exists():
            raise AlreadyGiven(_("这个版本已经同意过了"))
        return keep_answer(actor, at, patient.pk, text, guardian)


def withdraw_consent(*, actor: Actor, at: datetime, consent_id: UUID) -> Consent:
    """Taken back, as easily as it was given; the answer itself stays on record (PIPL art 15)."""
    with recorded(actor):
        consent = Consent.objects.select_related("text").filter(pk=consent_id).first()
        if consent is None:
            raise Missing()
        opened(actor, consent.patient_id, CHANGE)
        consent.refresh_from_db(fields=["withdrawn_at"])
        if consent.withdrawn_at is not None:
            raise AlreadyEnded(_("已经撤回了，请刷新"))
        consent.withdrawn_at = at
        consent.save(update_fields=["withdrawn_at"])
        events.publish(ConsentWithdrawn(consent.patient_id, consent.text.kind, at))
        return consent


def publish_consent_text(
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    title: str,
    body: str,
    effective_from: date,
    asks_again: bool,
) -> ConsentText:
    """The next version of a text for the whole group; earlier ones and their answers stay as they are.

    `asks_again` ends answers to earlier versions on the day this one comes into effect.
    """
    actor.require(PUBLISH_CONSENT)
    problems = Problems()
    words = _checked_text(problems, kind, title, body)
    if effective_from < local_day(at, HOME_ZONE):
        problems.add("effective_from", _("生效日期不能早于今天"))
    problems.stop()
    with recorded(actor):
        lock_words([f"consent text:{kind}"])
        last = ConsentText.objects.filter(kind=kind).aggregate(
            version=Max("version"), day=Max("effective_from")
        )
        if last["day"] and effective_from < last["day"]:
            problems.add("effective_from", _("不能早于上一版的生效日期 %(day)s") % {"day": last["day"]})
        problems.stop()
        return ConsentText.objects.create(
            kind=kind,
            version=(last["version"] or 0) + 1,
            title=words[0],
            body=words[1],
            effective_from=effective_from,
            asks_again=asks_again,
        )


def sync_consent_texts() -> int:
    """Every kind has its first text, in an empty clinic too; how many were missing."""
    with recorded(actors.system("migrate")):
        known = set(ConsentText.objects.values_list("kind", flat=True))
        missing = [
            ConsentText(kind=kind, version=1, title=title, body=body, effective_from=EFFECTIVE_FROM)
            for kind, (title, body) in FIRST_TEXTS.items()
            if kind not in known
        ]
        ConsentText.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


def check_in_force(problems: Problems, texts: Sequence[ConsentText], today: date) -> tuple[ConsentText, ...]:
    """Only what is in force may be answered: what was read is what is agreed to."""
    current = {text.pk for text in consent_texts_in_force(today).values()} if texts else set()
    if any(text.pk not in current for text in texts):
        problems.add("consents", _("同意书已有新版本，请重新阅读后再勾选"))
    return tuple({text.pk: text for text in texts}.values())


def keep_answer(
    actor: Actor, at: datetime, patient_id: UUID, text: ConsentText, guardian: Guardian | None
) -> Consent:
    """Writes a checked answer."""
    return Consent.objects.create(
        patient_id=patient_id, text=text, given_at=at, guardian=guardian, taken_by_id=actor.id
    )


def _answering(
    problems: Problems,
    actor: Actor,
    patient: Patient,
    person: Person,
    guardian_id: UUID | None,
    today: date,
) -> Guardian | None:
    if guardian_id is None:
        if rules.needs_guardian(patient.birth_date, today, guardian_age(actor.site, today)):
            problems.add("guardian", _("未成年人由监护人同意，请选择监护人"))
        return None
    guardian = Guardian.objects.filter(pk=guardian_id, patient__in=person.ids, ended_at=None).first()
    if guardian is None:
        problems.add("guardian", _("请从现有监护人中选择"))
    return guardian


def _checked_text(problems: Problems, kind: str, title: str, body: str) -> tuple[str, str]:
    if kind not in ConsentKind.values:
        problems.add("kind", _("请从列表中选择类型"))
    return (
        problems.take("title", checking.required_text, title, TITLE_LIMIT, _("请填写标题")) or "",
        problems.take("body", checking.required_text, body, BODY_LIMIT, _("请填写正文")) or "",
    )
