"""The life of a version: draft, review, approved, released, replaced or retired.

Whoever sends a version for review does not approve it. What is released for a later day waits as approved,
with `released_at` set, until its day has come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance.enums import NORMATIVE, MilestoneKind, VersionState
from liangyi.domains.governance.events import PolicyRetired, VersionInForce
from liangyi.domains.governance.models import Clause, Milestone, Policy, PolicyVersion
from liangyi.domains.governance.permissions import APPROVE, MAINTAIN
from liangyi.domains.governance.queries.life import open_clauses_of, scheduled_version_of
from liangyi.domains.governance.rules.comparing import compare
from liangyi.domains.governance.rules.living import months_later
from liangyi.domains.governance.services.receipts import (
    USUAL_DAYS,
    ask_readers,
    excuse_readers,
    write_duties,
)
from liangyi.domains.governance.subjects import POLICY, VERSION
from liangyi.platform import events
from liangyi.platform.actors import Actor, system
from liangyi.platform.approvals import queries as approvals
from liangyi.platform.approvals.events import Decided
from liangyi.platform.approvals.services import request, withdraw
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.controls.queries import parameter
from liangyi.platform.errors import Conflict, Invalid, Missing
from liangyi.platform.worklist.services import finish_for

VERSION_KIND = "governance.version"
REVIEW_KIND = "governance.review_policy"
REVIEW_CONTROL = "governance.policy_review"
_ALIVE = (VersionState.DRAFT, VersionState.REVIEW, VersionState.APPROVED, VersionState.RELEASED)


def submit_version(*, actor: Actor, at: datetime, version: UUID, note: str = "") -> PolicyVersion:
    """Send a draft for review. Conflict unless it is a draft, Invalid when a newer version is released.

    Clauses nobody has confirmed do not keep it back: the reviewer is told how many they are.
    """
    actor.require(MAINTAIN)
    with recorded(actor, reason=note):
        found = locked(version)
        if found.state != VersionState.DRAFT:
            raise Conflict(_("这一版已经不是草稿了"))
        _refuse_overtaken(found)
        found.state = VersionState.REVIEW
        found.save(update_fields=["state"])
        request(
            actor=actor,
            at=at,
            kind=VERSION_KIND,
            site=None,
            subject=(VERSION, found.id),
            facts=_facts(found, note.strip()),
        )
        mark(found.policy, MilestoneKind.SUBMITTED, actor, at, version=found, note=note)
    return found


def note_decision(event: Decided) -> None:
    """What the reviewer said becomes the version's state, in the reviewer's own frame."""
    found = PolicyVersion.objects.select_for_update().filter(id=event.subject_id).first()
    if found is None or found.state != VersionState.REVIEW:
        return
    state, kind = {
        "approved": (VersionState.APPROVED, MilestoneKind.APPROVED),
        "refused": (VersionState.DRAFT, MilestoneKind.REFUSED),
        "withdrawn": (VersionState.DRAFT, MilestoneKind.WITHDRAWN),
    }[event.outcome]
    found.state = state
    found.save(update_fields=["state"])
    Milestone.objects.create(
        policy_id=found.policy_id,
        version=found,
        kind=kind,
        at=event.at,
        by_id=event.decided_by,
        note=event.note,
    )


def release_version(
    *,
    actor: Actor,
    at: datetime,
    version: UUID,
    effective_from: date,
    readers: Sequence[str] = (),
    due_days: int = USUAL_DAYS,
    review_months: int | None = None,
) -> PolicyVersion:
    """Release an approved version from a day on, today or later; the roles of `readers` have to read it.

    What is to apply today is in force at once and replaces the version in force.
    """
    actor.require(MAINTAIN)
    today = local_day(at, HOME_ZONE)
    if effective_from < today:
        raise Invalid({"effective_from": [_("生效日期不能早于今天")]})
    _refuse_rare_review(review_months, today)
    with recorded(actor):
        found = locked(version)
        _refuse_release(found)
        found.effective_from, found.released_at, found.released_by_id = effective_from, at, actor.id
        found.save(update_fields=["effective_from", "released_at", "released_by"])
        if review_months is not None:
            found.policy.review_months = review_months
            found.policy.save(update_fields=["review_months"])
        mark(found.policy, MilestoneKind.RELEASED, actor, at, version=found, note=effective_from.isoformat())
        write_duties(found, readers, due_days, today)
        if effective_from <= today:
            _put_in_force(found, actor, at)
        ask_readers(found, actor=actor, at=at)
    return found


def recall_release(*, actor: Actor, at: datetime, version: UUID, note: str = "") -> PolicyVersion:
    """Take back a release whose day has not come. Conflict once the version is in force."""
    actor.require(MAINTAIN)
    with recorded(actor, reason=note):
        found = _scheduled(version)
        _take_back(found, actor, at, note)
    return found


def bring_forward(*, actor: Actor, at: datetime, version: UUID) -> PolicyVersion:
    """Have a version that waits for its day apply from today."""
    actor.require(MAINTAIN)
    with recorded(actor):
        found = _scheduled(version)
        found.effective_from = local_day(at, HOME_ZONE)
        found.save(update_fields=["effective_from"])
        _put_in_force(found, actor, at)
    return found


def switch_due_versions(*, actor: Actor, at: datetime) -> int:
    """Put every version whose day has come in force, each in a transaction of its own. How many."""
    today = local_day(at, HOME_ZONE)
    due = PolicyVersion.objects.filter(
        state=VersionState.APPROVED, released_at__isnull=False, effective_from__lte=today
    )
    switched = 0
    for version in due.order_by("effective_from", "id").values_list("id", flat=True):
        with recorded(actor, reason="effective_from"):
            found = locked(version)
            if found.state == VersionState.APPROVED and found.released_at is not None:
                _put_in_force(found, actor, at)
                switched += 1
    return switched


def retire_policy(*, actor: Actor, at: datetime, policy: UUID, reason: str) -> Policy:
    """A policy is no longer gone by; whatever of it still lives ends. Invalid without a reason."""
    actor.require(APPROVE)
    text = reason.strip()
    if not text:
        raise Invalid({"reason": [_("废止要写明理由")]})
    with recorded(actor, reason=text):
        found = locked_policy(policy)
        if found.retired_at is not None:
            raise Conflict(_("这份制度已经废止"))
        for version in found.versions.filter(state__in=_ALIVE).select_for_update():
            _end(version, actor, at)
        found.retired_at, found.review_due_on = at, None
        found.save(update_fields=["retired_at", "review_due_on"])
        finish_for((POLICY, found.id), REVIEW_KIND, actor=actor, at=at)
        mark(found, MilestoneKind.RETIRED, actor, at, note=text)
        events.publish(PolicyRetired(found.id, at))
    return found


def mark(
    policy: Policy,
    kind: MilestoneKind,
    actor: Actor,
    at: datetime,
    *,
    version: PolicyVersion | None = None,
    note: str = "",
) -> None:
    """Write down what happened."""
    Milestone.objects.create(
        policy=policy, version=version, kind=kind, at=at, by_id=account_of(actor), note=note.strip()
    )


def locked(version: UUID) -> PolicyVersion:
    """A version with its policy, which is locked first: versions of one policy change one at a time."""
    owner = PolicyVersion.objects.filter(id=version).values_list("policy", flat=True).first()
    if owner is None:
        raise Missing()
    policy = locked_policy(owner)
    found = PolicyVersion.objects.select_for_update().defer("text").get(id=version)
    found.policy = policy
    return found


def locked_policy(policy: UUID) -> Policy:
    """A policy, locked; Missing when it is not there."""
    found = Policy.objects.select_for_update().filter(id=policy).first()
    if found is None:
        raise Missing()
    return found


def account_of(actor: Actor) -> UUID | None:
    """The account behind an actor, if it is a person's."""
    return actor.id if actor.kind == "staff" else None


def next_review(policy: Policy, day: date) -> date:
    """When a policy looked at on `day` comes round: its own period, or the house's where that is shorter."""
    most = int(parameter(REVIEW_CONTROL, "months", None, day))
    return months_later(day, min(policy.review_months, most))


def _facts(version: PolicyVersion, note: str) -> dict[str, Any]:
    """What the reviewer reads: how the version differs from the one in force, and what is still open."""
    before = version.policy.versions.filter(state=VersionState.RELEASED).first()
    changes: Counter[str] = Counter()
    if before is not None:
        old, new = (list(_texts(one)) for one in (before, version))
        changes.update(pair.change.value for pair in compare(old, new))
    return {
        "policy": str(version.policy_id),
        "title": version.policy.title,
        "number": version.number,
        "note": note,
        "in_force": before.number if before is not None else None,
        "changes": dict(changes),
        "rules": version.clauses.filter(kind__in=NORMATIVE).count(),
        "open": open_clauses_of(version),
    }


def _texts(version: PolicyVersion) -> Any:
    return Clause.objects.filter(version=version).order_by("position").values_list("text", flat=True)


def _refuse_overtaken(version: PolicyVersion) -> None:
    newer = version.policy.versions.filter(
        state__in=(VersionState.RELEASED, VersionState.REPLACED), number__gt=version.number
    ).first()
    if newer is not None:
        raise Invalid({"": [_("第 %(number)s 版比这一版新，已经施行过") % {"number": newer.number}]})


def _refuse_release(version: PolicyVersion) -> None:
    if version.state != VersionState.APPROVED or version.released_at is not None:
        raise Conflict(_("只有已批准、还没有发布的版本可以发布"))
    _refuse_overtaken(version)
    waiting = scheduled_version_of(version.policy)
    if waiting is not None:
        raise Conflict(_("第 %(number)s 版已经发布，正等待施行：先取消它") % {"number": waiting.number})


def _refuse_rare_review(months: int | None, today: date) -> None:
    most = int(parameter(REVIEW_CONTROL, "months", None, today))
    if months is not None and not 1 <= months <= most:
        raise Invalid({"review_months": [_("复审周期在 1 到 %(most)s 个月之间") % {"most": most}]})


def _scheduled(version: UUID) -> PolicyVersion:
    found = locked(version)
    if found.state != VersionState.APPROVED or found.released_at is None:
        raise Conflict(_("这一版没有在等待施行"))
    return found


def _take_back(version: PolicyVersion, actor: Actor, at: datetime, note: str) -> None:
    version.effective_from = version.released_at = version.released_by = None
    version.save(update_fields=["effective_from", "released_at", "released_by"])
    excuse_readers(version, actor=actor, at=at)
    version.reading_duties.all().delete()
    mark(version.policy, MilestoneKind.RECALLED, actor, at, version=version, note=note)


def _put_in_force(version: PolicyVersion, actor: Actor, at: datetime) -> None:
    """The version in force ends, this one takes its place, and its review comes round anew."""
    policy = version.policy
    before = policy.versions.select_for_update().filter(state=VersionState.RELEASED).first()
    if before is not None:
        before.state, before.ended_at = VersionState.REPLACED, at
        before.save(update_fields=["state", "ended_at"])
        excuse_readers(before, actor=actor, at=at)
        mark(policy, MilestoneKind.REPLACED, actor, at, version=before)
    version.state = VersionState.RELEASED
    version.save(update_fields=["state"])
    policy.review_due_on = months_later(
        version.effective_from or local_day(at, HOME_ZONE), policy.review_months
    )
    policy.retired_at = None
    policy.save(update_fields=["review_due_on", "retired_at"])
    finish_for((POLICY, policy.id), REVIEW_KIND, actor=actor, at=at)
    mark(policy, MilestoneKind.IN_FORCE, actor, at, version=version)
    replaced = before.id if before is not None else None
    events.publish(VersionInForce(policy.id, version.id, replaced, at))


def _end(version: PolicyVersion, actor: Actor, at: datetime) -> None:
    """A version of a policy that is retired: nothing of it waits for anybody any more."""
    if version.state == VersionState.REVIEW:
        asked = approvals.waiting_on((VERSION, version.id), VERSION_KIND)
        if asked is not None:
            withdraw(actor=system("retire"), at=at, approval=asked)
    excuse_readers(version, actor=actor, at=at)
    version.state, version.ended_at = VersionState.RETIRED, at
    version.save(update_fields=["state", "ended_at"])
