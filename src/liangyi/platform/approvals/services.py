"""Asking, deciding, withdrawing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.platform import events
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.approvals import queries
from liangyi.platform.approvals.enums import ApprovalState
from liangyi.platform.approvals.errors import AlreadyClosed, AlreadyWaiting
from liangyi.platform.approvals.events import Decided
from liangyi.platform.approvals.kinds import ApprovalKind, Step, kinds
from liangyi.platform.approvals.models import Approval, ApprovalStep
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Denied, Invalid, Missing
from liangyi.platform.subjects import Subject
from liangyi.platform.worklist.calendar import add_working_days
from liangyi.platform.worklist.services import cancel_for, finish_for, open_item

DECIDE_KIND = "approvals.decide"
SUBJECT = "approvals.approval"
WORKING_DAYS = 3


def request(
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    site: Site | UUID | None,
    subject: Subject,
    facts: Mapping[str, Any] | None = None,
) -> Approval:
    """Ask for something. The caller has checked the right to ask. Opens work for the first step.

    AlreadyWaiting while the same kind is being asked about the same subject.
    """
    asked = kinds()[kind]
    with recorded(actor, reason=kind):
        approval = Approval(
            kind=kind,
            site_id=site.id if isinstance(site, Site) else site,
            subject_type=subject[0],
            subject_id=subject[1],
            facts=dict(facts or {}),
            requested_by_id=_account(actor),
            requested_at=at,
        )
        Approval.objects.bulk_create([approval], ignore_conflicts=True)
        if not Approval.objects.filter(id=approval.id).exists():
            raise AlreadyWaiting(_("已经有一份在等待审批"))
        _write_steps(approval, asked)
        _open_work(approval, asked.steps[0], actor, at)
    return approval


def decide(
    *,
    actor: Actor,
    at: datetime,
    approval: Approval | UUID,
    approve: bool,
    note: str = "",
    step: int | None = None,
) -> Approval:
    """Take the step at which a request waits. No ends it; the last yes grants it.

    Denied without the step's permission, Invalid for whoever asked or has taken another step, and for a
    no without a reason; AlreadyClosed when somebody was faster: at all, or with `step`, the one that was
    read.
    """
    text = note.strip()
    with recorded(actor, reason=text):
        found = _locked(approval)
        if step is not None and step != found.step:
            raise AlreadyClosed(_("这一步已经有人审批过"))
        return _decided(found, approve, text, actor, at)


def withdraw(*, actor: Actor, at: datetime, approval: Approval | UUID, note: str = "") -> Approval:
    """Take back what one has asked for. Missing for anybody else; AlreadyClosed when it is decided."""
    with recorded(actor, reason=note):
        found = _locked(approval)
        if not actor.is_system and (actor.id is None or found.requested_by_id != actor.id):
            raise Missing()
        found.withdrawal_note = note.strip()
        _close(found, ApprovalState.WITHDRAWN, found.withdrawal_note, actor, at)
        cancel_for((SUBJECT, found.id), DECIDE_KIND, actor=actor, at=at)
    return found


def _write_steps(approval: Approval, kind: ApprovalKind) -> None:
    ApprovalStep.objects.bulk_create(
        ApprovalStep(
            approval=approval,
            position=position,
            role=step.role,
            permission=step.permission,
            requested_by_id=approval.requested_by_id,
        )
        for position, step in enumerate(kind.steps, start=1)
    )


def _locked(approval: Approval | UUID) -> Approval:
    row_id = approval.id if isinstance(approval, Approval) else approval
    found = Approval.objects.select_for_update().filter(id=row_id).first()
    if found is None:
        raise Missing()
    if found.state != ApprovalState.WAITING:
        raise AlreadyClosed(_("已经有人处理过这份申请"))
    return found


def _decided(approval: Approval, approve: bool, note: str, actor: Actor, at: datetime) -> Approval:
    step = _step_for(actor, approval)
    if not approve and not note:
        raise Invalid({"note": [_("不同意要写明理由")]})
    step.decided_by_id, step.decided_at = actor.id, at
    step.is_approved, step.note = approve, note
    step.save(update_fields=["decided_by", "decided_at", "is_approved", "note"])
    finish_for((SUBJECT, approval.id), DECIDE_KIND, actor=actor, at=at)
    _go_on(approval, approve, note, actor, at)
    return approval


def _step_for(actor: Actor, approval: Approval) -> ApprovalStep:
    """The step that waits, for somebody who may take it."""
    steps = {step.position: step for step in approval.steps.all()}
    step = steps[approval.step]
    actor.require(step.permission, approval.site_id)
    if actor.kind != "staff" or actor.id is None:
        raise Denied(step.permission)
    if actor.id == approval.requested_by_id:
        raise Invalid({"": [_("自己提交的申请要由别人审批")]})
    if any(other.decided_by_id == actor.id for other in steps.values()):
        raise Invalid({"": [_("前面的步骤是你审批的，这一步要由别人审批")]})
    return step


def _go_on(approval: Approval, approve: bool, note: str, actor: Actor, at: datetime) -> None:
    """To the next step, or to the end."""
    following = approval.steps.filter(position=approval.step + 1).first()
    if approve and following is not None:
        approval.step = following.position
        approval.save(update_fields=["step"])
        _open_work(approval, Step(following.role, following.permission), actor, at)
        return
    _close(approval, ApprovalState.APPROVED if approve else ApprovalState.REFUSED, note, actor, at)


def _close(approval: Approval, state: ApprovalState, note: str, actor: Actor, at: datetime) -> None:
    approval.state, approval.closed_at = state, at
    approval.save(update_fields=["state", "closed_at", "withdrawal_note"])
    outcome = (state.value, _account(actor), note, at)
    events.publish(Decided(approval.id, approval.kind, approval.subject_type, approval.subject_id, *outcome))


def _open_work(approval: Approval, step: Step, actor: Actor, at: datetime) -> None:
    site = _where(approval, step, actor)
    if site is None:
        return
    open_item(
        actor=actor,
        at=at,
        kind=DECIDE_KIND,
        site=site,
        subject=(SUBJECT, approval.id),
        role=step.role,
        due_at=add_working_days(at, WORKING_DAYS, site.time_zone),
        facts={"kind": approval.kind, "facts": approval.facts},
    )


def _where(approval: Approval, step: Step, actor: Actor) -> Site | None:
    """The site whose people get the work: of what is the group's, one where somebody else may decide."""
    if approval.site_id is not None:
        return Site.objects.get(id=approval.site_id)
    return queries.site_with(step.role, first=actor.site, without=approval.requested_by_id)


def _account(actor: Actor) -> UUID | None:
    return actor.id if actor.kind == "staff" else None
