"""Reading policies, and laying two versions side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from liangyi.domains.governance.enums import ClauseKind
from liangyi.domains.governance.models import Clause, Policy, PolicyImport, PolicyVersion
from liangyi.domains.governance.permissions import policies_visible_to
from liangyi.domains.governance.rules.comparing import Change, compare
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Missing

PAGE = 50
_LEFT_WAITING = timedelta(minutes=2)


@dataclass(frozen=True)
class ClausePair:
    """One clause before and after; None where there is none."""

    change: Change
    old: Clause | None
    new: Clause | None
    likeness: float


def policies_for_list(actor: Actor, *, after: UUID | None = None, limit: int = PAGE) -> Sequence[Policy]:
    """Visible policies, newest first, each with `newest` (its newest version) as an attribute list."""
    newest = PolicyVersion.objects.filter(policy=OuterRef("policy")).order_by("-number").values("id")[:1]
    versions = (
        PolicyVersion.objects.filter(id=Subquery(newest))
        .annotate(
            clause_count=Count("clauses"),
            rule_count=Count("clauses", filter=Q(clauses__kind__in=("obligation", "prohibition"))),
        )
        .defer("text")
    )
    rows = policies_visible_to(actor).order_by("-id")
    if after is not None:
        rows = rows.filter(id__lt=after)
    return list(rows.prefetch_related(Prefetch("versions", queryset=versions, to_attr="newest"))[:limit])


def policy_for(actor: Actor, policy: UUID) -> Policy:
    """One policy; Missing when it is not there or not for this actor."""
    found = policies_visible_to(actor).filter(id=policy).first()
    if found is None:
        raise Missing()
    return found


def versions_of(policy: Policy) -> QuerySet[PolicyVersion]:
    """The versions, newest first, without their texts."""
    return (
        policy.versions.select_related("source", "imported_by")
        .defer("text", "source__content")
        .order_by("-number")
    )


def version_for(actor: Actor, policy: UUID, number: int | None = None) -> PolicyVersion:
    """A version by its number; without one the newest."""
    versions = versions_of(policy_for(actor, policy))
    found = (versions if number is None else versions.filter(number=number)).first()
    if found is None:
        raise Missing()
    return found


def clauses_of(version: PolicyVersion) -> QuerySet[Clause]:
    """The clauses of a version in the order of the text."""
    return version.clauses.order_by("position")


def clause_for(actor: Actor, clause: UUID) -> Clause:
    """One clause with its version and policy; `is_newest` where no later version of the policy is there."""
    later = PolicyVersion.objects.filter(
        policy=OuterRef("version__policy"), number__gt=OuterRef("version__number")
    )
    visible = Clause.objects.filter(version__policy__in=policies_visible_to(actor))
    whole = visible.select_related("version__policy").defer("version__text")
    found = whole.annotate(is_newest=~Exists(later)).filter(id=clause).first()
    if found is None:
        raise Missing()
    return found


def counts_of(version: PolicyVersion) -> Mapping[str, int]:
    """How many clauses of each kind, in the order of ClauseKind."""
    rows = dict(version.clauses.values_list("kind").annotate(count=Count("id")).order_by())
    return {kind: rows.get(kind, 0) for kind in ClauseKind.values}


def comparison(actor: Actor, old: PolicyVersion, new: PolicyVersion) -> list[ClausePair]:
    """The clauses of two versions of a policy side by side, in the order of the newer."""
    policy_for(actor, new.policy_id)
    if old.policy_id != new.policy_id:
        raise Missing()
    before, after = list(clauses_of(old)), list(clauses_of(new))
    pairs = compare([clause.text for clause in before], [clause.text for clause in after])
    return [
        ClausePair(
            pair.change,
            before[pair.old] if pair.old is not None else None,
            after[pair.new] if pair.new is not None else None,
            pair.likeness,
        )
        for pair in pairs
    ]


def import_for(actor: Actor, waiting: UUID) -> PolicyImport:
    """An import under way, for whoever started it."""
    rows = PolicyImport.objects.select_related("source", "version").defer("source__content", "version__text")
    if not actor.is_system:
        rows = rows.filter(requested_by_id=actor.id)
    found = rows.filter(id=waiting).first()
    if found is None:
        raise Missing()
    return found


def imports_left_waiting(at: datetime) -> list[UUID]:
    """Imports whose job seems to be lost."""
    rows = PolicyImport.objects.filter(state="waiting", requested_at__lt=at - _LEFT_WAITING)
    return list(rows.order_by("requested_at").values_list("id", flat=True)[:100])
