"""What readers see of a policy they have been asked to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance import queries
from liangyi.domains.governance.enums import VersionState
from liangyi.domains.governance.models import Attempt, PolicyVersion, Receipt
from liangyi.domains.governance.queries.receipts import CHUNK, PAGE, clauses_to_read
from liangyi.domains.governance.rules.comparing import Change
from liangyi.platform.actors import system
from liangyi.web.governance.pages.reading import change_rows, clause_row

CHANGES_SHOWN = 500


@dataclass(frozen=True)
class ReceiptRow:
    """One's own reading as a line."""

    receipt: Receipt
    text: Any
    tone: str


def list_context(found: list[Receipt], at: datetime, is_done: bool) -> dict[str, Any]:
    """What I have been asked to read."""
    return {
        "rows": [ReceiptRow(row, *_state(row, at)) for row in found[:PAGE]],
        "next_key": found[PAGE - 1].id if len(found) > PAGE else None,
        "is_done": is_done,
    }


def reading_context(receipt: Receipt, after: int | None) -> dict[str, Any]:
    """A stretch of the text from where the reader is, and how far that is."""
    last = last_position(receipt.version)
    start = min(receipt.read_to, last - 1) if after is None else after
    clauses = clauses_to_read(receipt, max(start, -1))
    reached = clauses[-1].position if clauses else last
    total = last + 1
    done = min(receipt.read_to, last) + 1
    return {
        "receipt": receipt,
        "version": receipt.version,
        "policy": receipt.version.policy,
        "rows": [clause_row(clause) for clause in clauses],
        "reached": reached,
        "is_last": reached >= last,
        "before": max(start - CHUNK, -1) if start > -1 else None,
        "done": done,
        "total": total,
        "questions": receipt.version.questions.count(),
        "has_before": version_before(receipt.version) is not None,
    }


def last_position(version: PolicyVersion) -> int:
    """The position of the last clause; -1 in an empty text."""
    last: int | None = version.clauses.aggregate(last=Max("position"))["last"]
    return -1 if last is None else last


def version_before(version: PolicyVersion) -> PolicyVersion | None:
    """What the reader went by until this version."""
    states = (VersionState.RELEASED, VersionState.REPLACED)
    older = version.policy.versions.filter(number__lt=version.number, state__in=states)
    return older.defer("text").order_by("-number").first()


def changes_context(receipt: Receipt, before: PolicyVersion) -> dict[str, Any]:
    """What is new, changed or gone since. Having been asked to read it is the right to see it."""
    pairs = queries.comparison(system("reader"), before, receipt.version)
    changed = [pair for pair in pairs if pair.change not in (Change.UNCHANGED, Change.MOVED)]
    return {
        "receipt": receipt,
        "policy": receipt.version.policy,
        "old": before,
        "new": receipt.version,
        "rows": change_rows(changed[:CHANGES_SHOWN]),
    }


def last_attempt(receipt: Receipt) -> Attempt | None:
    """The reader's last go at the test."""
    return receipt.attempts.order_by("-at", "-id").first()


def wrong_of(attempt: Attempt | None, key: Sequence[int]) -> list[int]:
    """The numbers of the questions that were not right the last time."""
    if attempt is None or len(attempt.answers) != len(key):
        return []
    pairs = zip(key, attempt.answers, strict=True)
    return [number for number, (right, given) in enumerate(pairs, start=1) if right != given]


def _state(receipt: Receipt, at: datetime) -> tuple[Any, str]:
    if receipt.completed_at is not None:
        return _("已完成"), "good"
    if receipt.confirmed_at is not None:
        return _("待答题"), "waiting"
    return (_("已逾期"), "danger") if receipt.due_at < at else (_("待阅读"), "waiting")
