"""What the pages of approvals show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from liangyi.platform import subjects
from liangyi.platform.access.builtin import BUILTIN_ROLES
from liangyi.platform.access.models import Account
from liangyi.platform.actors import Actor
from liangyi.platform.approvals import kinds, queries
from liangyi.platform.approvals.enums import ApprovalState
from liangyi.platform.approvals.models import Approval, ApprovalStep
from liangyi.platform.approvals.permissions import VIEW, can_decide
from liangyi.platform.approvals.queries import PAGE
from liangyi.platform.errors import Missing
from liangyi.platform.subjects import SubjectLabel

TONES = {
    ApprovalState.WAITING: "waiting",
    ApprovalState.APPROVED: "good",
    ApprovalState.REFUSED: "danger",
    ApprovalState.WITHDRAWN: "quiet",
}
Reader = Callable[..., list[Approval]]
LISTS: dict[str, tuple[Any, Reader]] = {
    "": (_("待我审批"), queries.waiting_for),
    "mine": (_("我提交的"), queries.requested_by),
    "all": (_("全部"), queries.visible_to),
}


@dataclass(frozen=True)
class ApprovalRow:
    """A request as a line."""

    approval: Approval
    title: str
    tone: str


@dataclass(frozen=True)
class StepRow:
    """One step: whose word, and what it was."""

    step: ApprovalStep
    role: str
    text: Any
    tone: str
    is_here: bool


def list_context(actor: Actor, which: str, after: str) -> dict[str, Any]:
    """One page of a list of requests; all of them only for whoever sees all."""
    tabs = [(code, title) for code, (title, _read) in LISTS.items() if code != "all" or actor.may(VIEW)]
    if which not in {code for code, _title in tabs}:
        raise Missing()
    found = LISTS[which][1](actor, after=_key(after), limit=PAGE + 1)
    rows = [ApprovalRow(row, _title(row), TONES[ApprovalState(row.state)]) for row in found[:PAGE]]
    return {
        "rows": rows,
        "tabs": tabs,
        "which": which,
        "next_key": rows[-1].approval.id if len(found) > PAGE else None,
    }


def approval_context(actor: Actor, approval: Approval) -> dict[str, Any]:
    """One request: what is asked, how far it has come, and what the reader may do."""
    kind = kinds.kinds().get(approval.kind)
    return {
        "approval": approval,
        "title": _title(approval),
        "tone": TONES[ApprovalState(approval.state)],
        "lines": [line for line in (kind.lines(approval.facts) if kind else ()) if line[1] not in ("", None)],
        "subject": _subject(actor, approval),
        "steps": [_step_row(approval, step) for step in approval.steps.all()],
        "deciders": _names(queries.deciders_of(approval)),
        "can_decide": can_decide(actor, approval),
        "can_withdraw": approval.state == ApprovalState.WAITING and approval.requested_by_id == actor.id,
    }


def role_name(code: str) -> str:
    """What a role is called out of the box, in the reader's language."""
    name, name_en = BUILTIN_ROLES.get(code, (code, code))
    return name_en if (get_language() or "").startswith("en") else name


def _subject(actor: Actor, approval: Approval) -> SubjectLabel:
    """The subject under its own label, at the page its kind names."""
    shown = subjects.label(actor, (approval.subject_type, approval.subject_id))
    kind = kinds.kinds().get(approval.kind)
    return SubjectLabel(shown.label, kind.url(approval)) if shown.visible and kind else shown


def _title(approval: Approval) -> str:
    return kinds.title_of(approval.kind, approval.facts)


def _step_row(approval: Approval, step: ApprovalStep) -> StepRow:
    is_here = approval.state == ApprovalState.WAITING and step.position == approval.step
    if step.is_approved is None:
        text, tone = (_("等待审批"), "waiting") if is_here else (_("未到这一步"), "quiet")
    else:
        text, tone = (_("同意"), "good") if step.is_approved else (_("不同意"), "danger")
    return StepRow(step, role_name(step.role), text, tone, is_here)


def _names(accounts: Sequence[Account]) -> list[str]:
    return [account.display_name for account in accounts]


def _key(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Missing() from None
