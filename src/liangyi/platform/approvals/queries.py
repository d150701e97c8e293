"""What waits for whom, and what has been decided about a subject."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from liangyi.platform.access.models import Account, Grant, Site
from liangyi.platform.actors import Actor
from liangyi.platform.approvals.enums import ApprovalState
from liangyi.platform.approvals.models import Approval, ApprovalStep
from liangyi.platform.approvals.permissions import approvals_visible_to, decidable_by
from liangyi.platform.errors import Missing
from liangyi.platform.subjects import Subject

PAGE = 50


def waiting_for(actor: Actor, *, after: UUID | None = None, limit: int = PAGE) -> list[Approval]:
    """What the actor may decide now, the oldest first."""
    found = _whole(decidable_by(actor)).order_by("id")
    return list((found if after is None else found.filter(id__gt=after))[:limit])


def requested_by(actor: Actor, *, after: UUID | None = None, limit: int = PAGE) -> list[Approval]:
    """What the actor asked for, the newest first."""
    return _newest(Approval.objects.filter(requested_by=actor.id), after, limit)


def visible_to(actor: Actor, *, after: UUID | None = None, limit: int = PAGE) -> list[Approval]:
    """Every request the actor may see, the newest first."""
    return _newest(approvals_visible_to(actor), after, limit)


def approval_for(actor: Actor, approval: UUID) -> Approval:
    """One request with its steps; Missing when it is not there or not for this actor."""
    found = _whole(approvals_visible_to(actor)).filter(id=approval).first()
    if found is None:
        raise Missing()
    return found


def history_of(subject: Subject, kind: str = "") -> list[Approval]:
    """All that was ever asked about a subject, the newest first. The caller has checked who reads it."""
    return histories_of(subject[0], [subject[1]], kind)


def histories_of(subject_type: str, ids: Collection[UUID], kind: str = "") -> list[Approval]:
    """`history_of` for several subjects of one type, in two statements."""
    found = Approval.objects.filter(subject_type=subject_type, subject_id__in=ids)
    return list(_whole(found.filter(kind=kind) if kind else found).order_by("-id"))


def waiting_on(subject: Subject, kind: str) -> Approval | None:
    """The request about a subject that has not been decided yet."""
    waiting = Approval.objects.filter(
        kind=kind, subject_type=subject[0], subject_id=subject[1], state=ApprovalState.WAITING
    )
    return _whole(waiting).first()


def deciders_of(approval: Approval) -> list[Account]:
    """Who could take the step at which a request waits, by name; nobody when it waits no more."""
    step = next((step for step in approval.steps.all() if step.position == approval.step), None)
    if step is None or approval.state != ApprovalState.WAITING:
        return []
    taken = {step.decided_by_id for step in approval.steps.all()} | {approval.requested_by_id}
    granted = holders_of(step.permission, approval.site_id).exclude(account__in=taken - {None})
    return list(Account.objects.filter(id__in=granted.values("account")).order_by("display_name"))


def holders_of(permission: str, site: UUID | None) -> QuerySet[Grant]:
    """The grants that give living accounts a permission at a site, or anywhere."""
    found = Grant.objects.filter(
        role__permissions__contains=[permission], account__is_active=True, account__ended_at=None
    )
    return found if site is None else found.filter(Q(site=None) | Q(site=site))


def site_with(role: str, *, first: UUID | None = None, without: UUID | None = None) -> Site | None:
    """The site that gets a role's work on what is the group's: `first` if somebody (but `without`) holds
    the role there, else another such site, else any; None in a group without sites."""
    sites = list(Site.objects.filter(is_active=True).order_by("name", "id"))
    sites.sort(key=lambda site: site.id != first)
    grants = Grant.objects.filter(role__code=role, account__is_active=True, account__ended_at=None)
    held = set(grants.exclude(account=without).values_list("site_id", flat=True))
    return next((site for site in sites if site.id in held or None in held), next(iter(sites), None))


def _newest(found: QuerySet[Approval], after: UUID | None, limit: int) -> list[Approval]:
    rows = _whole(found).order_by("-id")
    return list((rows if after is None else rows.filter(id__lt=after))[:limit])


def _whole(found: QuerySet[Approval]) -> QuerySet[Approval]:
    steps = ApprovalStep.objects.select_related("decided_by").order_by("position")
    return found.select_related("requested_by", "site").prefetch_related(Prefetch("steps", steps))
