"""What the pages show of a policy's life: its state, who is next, what happened, who has read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance.enums import MilestoneKind, VersionState
from liangyi.domains.governance.models import Milestone, Policy, PolicyVersion, Receipt
from liangyi.domains.governance.permissions import APPROVE, MAINTAIN
from liangyi.domains.governance.queries.life import milestones_of, open_clauses_of
from liangyi.domains.governance.queries.receipts import PAGE, Readings, readings_of, receipts_of
from liangyi.domains.governance.rules.living import Next, next_of
from liangyi.domains.governance.services.life import VERSION_KIND
from liangyi.domains.governance.subjects import VERSION
from liangyi.platform.access.models import Role
from liangyi.platform.actors import Actor
from liangyi.platform.approvals import queries as approvals
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.web.shell.formats import named

TONES = {
    VersionState.DRAFT: "quiet",
    VersionState.REVIEW: "waiting",
    VersionState.APPROVED: "info",
    VersionState.RELEASED: "good",
    VersionState.REPLACED: "quiet",
    VersionState.RETIRED: "quiet",
}
PRESSING = timedelta(days=30)
_PAST = (VersionState.RELEASED, VersionState.REPLACED)


@dataclass(frozen=True)
class Step:
    """What comes next for a version: in words, who takes it, and the button for whoever may."""

    text: Any
    who: Sequence[str] = ()
    verb: Any = ""
    url: str = ""
    is_pressing: bool = True


@dataclass(frozen=True)
class Line:
    """Something that happened."""

    at: datetime
    text: Any
    who: str
    note: str
    version: int | None


@dataclass(frozen=True)
class VersionRow:
    """A version of the policy, with the one it is compared to."""

    version: PolicyVersion
    tone: str
    before: int | None
    readings: Readings


def life_context(
    actor: Actor, policy: Policy, version: PolicyVersion, versions: Sequence[PolicyVersion], at: datetime
) -> dict[str, Any]:
    """The panel of a version, the line of the policy, and all versions."""
    figures = readings_of(versions, at)
    return {
        "tone": TONES[VersionState(version.state)],
        "step": _step(actor, policy, version, versions, local_day(at, HOME_ZONE)),
        "open_clauses": open_clauses_of(version) if version.state not in _PAST else 0,
        "readings": figures.get(version.id, Readings()),
        "lines": _lines(policy, versions),
        "rows": [_row(row, versions, figures) for row in versions],
        "is_scheduled": is_scheduled(version),
        "can_test": version.released_at is None and version.state in ("draft", "review", "approved"),
        "can_retire": policy.retired_at is None and actor.may(APPROVE),
    }


def is_scheduled(version: PolicyVersion) -> bool:
    """Whether a version is released and waits for its day."""
    return version.state == VersionState.APPROVED and version.released_at is not None


def readers_context(actor: Actor, version: PolicyVersion, at: datetime, after: UUID | None) -> dict[str, Any]:
    """Who has to read a version, and who has, from a key on."""
    found = receipts_of(actor, version, after=after)
    return {
        "policy": version.policy,
        "version": version,
        "rows": [(row, *_reading_state(row, at)) for row in found[:PAGE]],
        "next_key": found[PAGE - 1].id if len(found) > PAGE else None,
        "readings": readings_of([version], at).get(version.id, Readings()),
    }


def _reading_state(receipt: Receipt, at: datetime) -> tuple[Any, str]:
    if receipt.completed_at is not None:
        return _("已完成"), "good"
    if receipt.due_at < at:
        return _("已逾期"), "danger"
    return (_("待答题"), "waiting") if receipt.confirmed_at is not None else (_("待阅读"), "waiting")


def _step(
    actor: Actor, policy: Policy, version: PolicyVersion, versions: Iterable[PolicyVersion], today: date
) -> Step:
    newer = [row.number for row in versions if row.state in _PAST and row.number > version.number]
    if newer and version.state not in _PAST:
        return Step(_("第 %(number)s 版比它新，已经施行过；这一版不再往下走") % {"number": max(newer)})
    step = _STEPS[next_of(version.state, is_scheduled(version))](actor, policy, version)
    far = policy.review_due_on is not None and policy.review_due_on > today + PRESSING
    return replace(step, is_pressing=not (version.state == VersionState.RELEASED and far))


def _submit(actor: Actor, _policy: Policy, version: PolicyVersion) -> Step:
    url = reverse("governance:submit_version", args=[version.id]) if actor.may(MAINTAIN) else ""
    return Step(_("等待提交审核"), _holders(MAINTAIN), _("提交审核"), url)


def _decide(_actor: Actor, _policy: Policy, version: PolicyVersion) -> Step:
    asked = approvals.waiting_on((VERSION, version.id), VERSION_KIND)
    if asked is None:
        return Step(_("等待审批"), _holders(APPROVE))
    names = [account.display_name for account in approvals.deciders_of(asked)]
    return Step(_("等待审批"), names, _("去审批"), reverse("approvals:approval", args=[asked.id]))


def _release(actor: Actor, _policy: Policy, version: PolicyVersion) -> Step:
    url = reverse("governance:release", args=[version.id]) if actor.may(MAINTAIN) else ""
    return Step(_("已批准，等待发布"), _holders(MAINTAIN), _("发布"), url)


def _day(_actor: Actor, _policy: Policy, version: PolicyVersion) -> Step:
    return Step(_("已发布，%(day)s 起施行") % {"day": version.effective_from})


def _review(actor: Actor, policy: Policy, _version: PolicyVersion) -> Step:
    url = reverse("governance:review_policy", args=[policy.id]) if actor.may(MAINTAIN) else ""
    return Step(_("%(day)s 前复审") % {"day": policy.review_due_on}, _holders(MAINTAIN), _("复审"), url)


def _nothing(_actor: Actor, _policy: Policy, _version: PolicyVersion) -> Step:
    return Step("")


_STEPS = {
    Next.SUBMIT: _submit,
    Next.DECIDE: _decide,
    Next.RELEASE: _release,
    Next.DAY: _day,
    Next.REVIEW: _review,
    Next.NOTHING: _nothing,
}


def _holders(permission: str) -> list[str]:
    roles = Role.objects.filter(permissions__contains=[permission]).order_by("-is_builtin", "name")
    return [named(role) for role in roles]


def _lines(policy: Policy, versions: Iterable[PolicyVersion]) -> list[Line]:
    """What happened, the latest first; the import of each version with it."""
    lines = [_line(row) for row in milestones_of(policy)]
    lines += [
        Line(row.imported_at, _("导入"), str(row.imported_by or ""), "", row.number) for row in versions
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _line(row: Milestone) -> Line:
    kind = MilestoneKind(row.kind)
    number = row.version.number if row.version else None
    if kind is MilestoneKind.RELEASED:
        text = _("发布，%(day)s 起施行") % {"day": row.note}
        return Line(row.at, text, str(row.by or ""), "", number)
    return Line(row.at, kind.label, str(row.by or ""), row.note, number)


def _row(
    version: PolicyVersion, versions: Sequence[PolicyVersion], figures: dict[Any, Readings]
) -> VersionRow:
    """Compared to the last one before it that was in force, else to the one just before."""
    older = [row for row in versions if row.number < version.number]
    in_force = [row.number for row in older if row.state in _PAST]
    before = max(in_force) if in_force else max((row.number for row in older), default=None)
    tone = TONES[VersionState(version.state)]
    return VersionRow(version, tone, before, figures.get(version.id, Readings()))
