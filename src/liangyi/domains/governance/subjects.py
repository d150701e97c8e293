"""Policies and clauses, as platform engines show them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from liangyi.domains.governance.models import Clause, Policy
from liangyi.domains.governance.permissions import policies_visible_to
from liangyi.platform import subjects
from liangyi.platform.actors import Actor

POLICY = "governance.policy"
CLAUSE = "governance.clause"
_SHOWN = 40


def _policy_labels(ids: Collection[UUID]) -> dict[UUID, str]:
    return dict(Policy.objects.filter(id__in=ids).values_list("id", "title"))


def _policies_seen(actor: Actor, ids: Collection[UUID]) -> Collection[UUID]:
    return set(policies_visible_to(actor).filter(id__in=ids).values_list("id", flat=True))


def _clause_labels(ids: Collection[UUID]) -> dict[UUID, str]:
    rows = Clause.objects.filter(id__in=ids).values_list("id", "version__policy__title", "number", "text")
    return {row: f"{title} {number} {text.strip()[:_SHOWN]}" for row, title, number, text in rows}


def _clauses_seen(actor: Actor, ids: Collection[UUID]) -> Collection[UUID]:
    seen = Clause.objects.filter(id__in=ids, version__policy__in=policies_visible_to(actor))
    return set(seen.values_list("id", flat=True))


subjects.register(POLICY, label=_policy_labels, url=lambda row: f"/policies/{row}/", may_see=_policies_seen)
subjects.register(
    CLAUSE, label=_clause_labels, url=lambda row: f"/policies/clauses/{row}/", may_see=_clauses_seen
)
