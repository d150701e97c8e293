"""Who has to read a version, how far they have come, and whether they have understood it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance.enums import VersionState
from liangyi.domains.governance.models import Attempt, PolicyVersion, Question, ReadingDuty, Receipt
from liangyi.domains.governance.permissions import MAINTAIN
from liangyi.domains.governance.queries.receipts import Reader, readers_of, released_versions_with_duties
from liangyi.domains.governance.rules.living import Asked, Flaw, flaws_of, right_answers
from liangyi.domains.governance.subjects import RECEIPT
from liangyi.platform.access.models import Role
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.controls.queries import parameter
from liangyi.platform.errors import Conflict, Invalid, Missing
from liangyi.platform.worklist.calendar import add_working_days
from liangyi.platform.worklist.services import (
    Personal,
    cancel_for_many,
    finish_for,
    open_personal_items,
)

READ_KIND = "governance.read_policy"
READ_CONTROL = "governance.reading_receipts"
USUAL_DAYS = 7
FLAWS: Mapping[Flaw, Any] = {
    Flaw.TOO_MANY: _("最多五道题"),
    Flaw.NO_TEXT: _("写下题目"),
    Flaw.FEW_OPTIONS: _("给出两到四个选项"),
    Flaw.SAME_OPTIONS: _("选项不能重复"),
    Flaw.NO_ANSWER: _("指明哪个选项正确"),
}


def write_test(*, actor: Actor, at: datetime, version: UUID, questions: Sequence[Asked]) -> list[Question]:
    """Put down the whole test of a version that is not released yet; without questions there is none."""
    actor.require(MAINTAIN)
    if flaws := flaws_of(questions):
        raise Invalid(
            {f"question_{place}" if place >= 0 else "": [FLAWS[flaw]] for place, flaw in flaws.items()}
        )
    with recorded(actor):
        found = PolicyVersion.objects.select_for_update().defer("text").filter(id=version).first()
        if found is None:
            raise Missing()
        if found.released_at is not None or found.state in (VersionState.REPLACED, VersionState.RETIRED):
            raise Conflict(_("已经发布的版本不能再改题目"))
        found.questions.all().delete()
        return Question.objects.bulk_create(
            Question(
                version=found,
                position=position,
                text=asked.text.strip(),
                options=[option.strip() for option in asked.options],
                answer=asked.answer,
            )
            for position, asked in enumerate(questions, start=1)
        )


def write_duties(version: PolicyVersion, roles: Sequence[str], due_days: int, on: date) -> None:
    """Say whose holders have to read. Invalid for a role that is not there, or a term longer than the
    house allows."""
    most = int(parameter(READ_CONTROL, "days", None, on))
    if roles and not 1 <= due_days <= most:
        raise Invalid({"due_days": [_("期限在 1 到 %(most)s 个工作日之间") % {"most": most}]})
    if Role.objects.filter(code__in=roles).count() < len(set(roles)):
        raise Invalid({"readers": [_("没有这个角色")]})
    ReadingDuty.objects.bulk_create(
        ReadingDuty(version=version, role=role, due_days=due_days) for role in sorted(set(roles))
    )


def ask_readers(version: PolicyVersion, *, actor: Actor, at: datetime) -> int:
    """Ask everybody whose role has to read the version and who has not been asked; how many it were."""
    with recorded(actor):
        wanted = readers_of(version)
        known = dict(version.receipts.values_list("account", "cancelled_at"))
        fresh = [reader for reader in wanted if reader.account not in known]
        again = [reader for reader in wanted if known.get(reader.account) is not None]
        receipts = [
            *Receipt.objects.bulk_create(_receipts(version, fresh, at)),
            *_asked_again(version, again, at),
        ]
        facts = {"title": version.policy.title, "number": version.number}
        work = [
            Personal(READ_KIND, row.site_id, (RECEIPT, row.id), row.account_id, row.due_at, facts)
            for row in receipts
        ]
        open_personal_items(work, actor=actor, at=at)
    return len(receipts)


def ask_new_readers(*, actor: Actor, at: datetime) -> int:
    """Ask whoever has come to a role since, and excuse who holds none of the roles any more."""
    asked = 0
    for version in released_versions_with_duties():
        with recorded(actor, reason="readers"):
            if not _still_read(version):
                continue
            staying = {reader.account for reader in readers_of(version)}
            excuse_readers(version, actor=actor, at=at, but=staying)
            asked += ask_readers(version, actor=actor, at=at)
    return asked


def excuse_readers(version: PolicyVersion, *, actor: Actor, at: datetime, but: Iterable[UUID] = ()) -> int:
    """Ask nobody (but those) to read the version any more; what is done stays. How many."""
    waiting = version.receipts.filter(completed_at=None, cancelled_at=None).exclude(account__in=list(but))
    ids = list(waiting.values_list("id", flat=True))
    if ids:
        Receipt.objects.filter(id__in=ids).update(cancelled_at=at)
        cancel_for_many(RECEIPT, ids, READ_KIND, actor=actor, at=at)
    return len(ids)


def note_progress(*, actor: Actor, at: datetime, receipt: UUID, position: int) -> Receipt:
    """The reader has come as far as the clause at `position`. Going back loses nothing."""
    with recorded(actor):
        found = _mine(actor, receipt)
        reached = min(position, _last_position(found))
        if reached > found.read_to:
            found.read_to = reached
            found.save(update_fields=["read_to"])
    return found


def confirm_reading(*, actor: Actor, at: datetime, receipt: UUID) -> Receipt:
    """The reader has read all of it. Without a test that is all. Invalid before the last clause."""
    with recorded(actor):
        found = _mine(actor, receipt)
        if found.read_to < _last_position(found):
            raise Invalid({"": [_("还没有读到最后一条")]})
        if found.confirmed_at is None:
            found.confirmed_at = at
            found.save(update_fields=["confirmed_at"])
            if not found.version.questions.exists():
                _complete(found, actor, at)
    return found


def answer_test(*, actor: Actor, at: datetime, receipt: UUID, answers: Sequence[int | None]) -> Attempt:
    """One go at the test; all right completes the receipt. Every go is kept."""
    with recorded(actor):
        found = _mine(actor, receipt)
        if found.confirmed_at is None:
            raise Invalid({"": [_("先读完并确认，再答题")]})
        key = list(found.version.questions.order_by("position").values_list("answer", flat=True))
        if len(answers) != len(key) or None in answers:
            raise Invalid({"": [_("每道题都要选一个答案")]})
        right = right_answers(key, answers)
        attempt = Attempt.objects.create(
            receipt=found, at=at, answers=list(answers), right=right, total=len(key)
        )
        if right == len(key):
            _complete(found, actor, at)
    return attempt


def _still_read(version: PolicyVersion) -> bool:
    """Whether the version is still to be read, now that nobody else can release, replace or recall it."""
    living = PolicyVersion.objects.select_for_update().filter(released_at__isnull=False, ended_at=None)
    return living.filter(id=version.id).values_list("id").first() is not None


def _receipts(version: PolicyVersion, readers: Iterable[Reader], at: datetime) -> list[Receipt]:
    due = _Due(at)
    return [
        Receipt(
            version=version,
            account_id=reader.account,
            site_id=reader.site,
            asked_at=at,
            due_at=due.of(reader),
        )
        for reader in readers
    ]


def _asked_again(version: PolicyVersion, readers: Iterable[Reader], at: datetime) -> list[Receipt]:
    """Those who were excused and hold the role again."""
    due = _Due(at)
    by_account = {reader.account: reader for reader in readers}
    receipts = list(version.receipts.filter(account__in=by_account))
    for row in receipts:
        reader = by_account[row.account_id]
        row.cancelled_at, row.asked_at, row.site_id = None, at, reader.site
        row.due_at = due.of(reader)
    Receipt.objects.bulk_update(receipts, ["cancelled_at", "asked_at", "site", "due_at"])
    return receipts


class _Due:
    """When a reader is to be done; reckoned once for each zone and number of days."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.known: dict[tuple[str, int], datetime] = {}

    def of(self, reader: Reader) -> datetime:
        key = (reader.time_zone, reader.due_days)
        if key not in self.known:
            self.known[key] = add_working_days(self.at, reader.due_days, reader.time_zone)
        return self.known[key]


def _mine(actor: Actor, receipt: UUID) -> Receipt:
    """The actor's own receipt, locked, while it is still to be done."""
    rows = Receipt.objects.select_for_update(of=("self",)).select_related("version")
    found = rows.defer("version__text").filter(id=receipt, account=actor.id).first()
    if found is None or actor.kind != "staff":
        raise Missing()
    if found.completed_at is not None or found.cancelled_at is not None:
        raise Conflict(_("这一份已经读完，或不再要求阅读"))
    return found


def _last_position(receipt: Receipt) -> int:
    last: int | None = receipt.version.clauses.aggregate(last=Max("position"))["last"]
    return -1 if last is None else last


def _complete(receipt: Receipt, actor: Actor, at: datetime) -> None:
    receipt.completed_at = at
    receipt.save(update_fields=["completed_at"])
    finish_for((RECEIPT, receipt.id), READ_KIND, actor=actor, at=at)
