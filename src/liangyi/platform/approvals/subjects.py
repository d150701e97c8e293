"""Requests, as worklist and history call them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from liangyi.platform import subjects
from liangyi.platform.actors import Actor
from liangyi.platform.approvals.kinds import title_of
from liangyi.platform.approvals.models import Approval
from liangyi.platform.approvals.permissions import approvals_visible_to
from liangyi.platform.approvals.services import SUBJECT


def _labels(ids: Collection[UUID]) -> dict[UUID, str]:
    rows = Approval.objects.filter(id__in=ids).values_list("id", "kind", "facts")
    return {row: title_of(kind, facts) for row, kind, facts in rows}


def _may_see(actor: Actor, ids: Collection[UUID]) -> set[UUID]:
    return set(approvals_visible_to(actor).filter(id__in=ids).values_list("id", flat=True))


subjects.register(SUBJECT, label=_labels, url=lambda row: f"/approvals/{row}/", may_see=_may_see)
