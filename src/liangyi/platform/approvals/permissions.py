"""Who may see requests, and who may say yes or no."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from liangyi.platform.access.registry import declare
from liangyi.platform.actors import Actor
from liangyi.platform.approvals.enums import ApprovalState
from liangyi.platform.approvals.kinds import kinds
from liangyi.platform.approvals.models import Approval, ApprovalStep

VIEW = "approvals.view"

declare(VIEW, _("查看全部审批"), roles=("quality", "director"))


def approvals_visible_to(actor: Actor) -> QuerySet[Approval]:
    """What I asked for, what I may decide or might have, and all at the sites where I see approvals."""
    if actor.is_system:
        return Approval.objects.all()
    if actor.kind != "staff":
        return Approval.objects.none()
    seen = Q(requested_by=actor.id) | _at_my_sites(actor, VIEW)
    return Approval.objects.filter(seen | Exists(ApprovalStep.objects.filter(_of_mine(actor))))


def decidable_by(actor: Actor) -> QuerySet[Approval]:
    """The waiting requests of others that wait for a word the actor may say."""
    if actor.kind != "staff":
        return Approval.objects.none()
    steps = ApprovalStep.objects.filter(approval=OuterRef("pk"))
    now = steps.filter(_of_mine(actor), position=OuterRef("step"))
    return Approval.objects.filter(
        ~Q(requested_by=actor.id) | Q(requested_by=None),
        Exists(now),
        ~Exists(steps.filter(decided_by=actor.id)),
        state=ApprovalState.WAITING,
    )


def can_decide(actor: Actor, approval: Approval) -> bool:
    """Whether the actor may take the step at which the request waits."""
    return decidable_by(actor).filter(pk=approval.pk).exists()


def _of_mine(actor: Actor) -> Q:
    """Steps (of the request in the outer query) whose permission the actor holds where it counts."""
    found = Q(pk__in=[])
    for permission in sorted({step.permission for kind in kinds().values() for step in kind.steps}):
        if sites := actor.sites_with(permission):
            here = Q(approval__site=None) | Q(approval__site__in=sites)
            found |= Q(here, permission=permission)
    return Q(approval=OuterRef("pk")) & found


def _at_my_sites(actor: Actor, permission: str) -> Q:
    sites = actor.sites_with(permission)
    return Q(site__in=sites) | Q(site=None) if sites else Q(pk__in=[])
