"""Verdicts and breaches as subjects of work."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from liangyi.platform import subjects
from liangyi.platform.actors import Actor
from liangyi.platform.controls.catalogue import decision_title
from liangyi.platform.controls.models import Breach, Verdict
from liangyi.platform.controls.permissions import breaches_visible_to, verdicts_visible_to
from liangyi.platform.controls.work import title_of


def _verdict_labels(ids: Collection[UUID]) -> dict[UUID, str]:
    rows = Verdict.objects.filter(id__in=ids).values_list("id", "decision")
    return {row_id: str(decision_title(decision)) for row_id, decision in rows}


def _breach_labels(ids: Collection[UUID]) -> dict[UUID, str]:
    """What the breach is about, or the rule where that has no name."""
    rows = list(Breach.objects.filter(id__in=ids).values_list("id", "control", "subject_type", "subject_id"))
    known = subjects.names((kind, subject) for _id, _control, kind, subject in rows)
    return {row_id: known.get((kind, subject), title_of(code)) for row_id, code, kind, subject in rows}


def _visible_verdicts(actor: Actor, ids: Collection[UUID]) -> set[UUID]:
    return set(verdicts_visible_to(actor).filter(id__in=ids).values_list("id", flat=True))


def _visible_breaches(actor: Actor, ids: Collection[UUID]) -> set[UUID]:
    return set(breaches_visible_to(actor).filter(id__in=ids).values_list("id", flat=True))


subjects.register(
    "controls.verdict",
    label=_verdict_labels,
    url=lambda row_id: f"/controls/verdicts/{row_id}/",
    may_see=_visible_verdicts,
)
subjects.register(
    "controls.breach",
    label=_breach_labels,
    url=lambda row_id: f"/controls/breaches/{row_id}/",
    may_see=_visible_breaches,
)
