"""How far a version has come, what happened to a policy, and which policies come round for review."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef

from liangyi.domains.governance.enums import NORMATIVE, MatchState, VersionState
from liangyi.domains.governance.models import Match, Milestone, Policy, PolicyVersion, Question

SHOWN = 200


def open_clauses_of(version: PolicyVersion) -> int:
    """How many obligations and prohibitions nobody has confirmed a control for, or that none fits."""
    confirmed = Match.objects.filter(identity=OuterRef("identity"), state=MatchState.CONFIRMED)
    return version.clauses.filter(~Exists(confirmed), kind__in=NORMATIVE).count()


def scheduled_version_of(policy: Policy) -> PolicyVersion | None:
    """The version that is released and waits for its day."""
    waiting = policy.versions.filter(state=VersionState.APPROVED, released_at__isnull=False)
    return waiting.defer("text").first()


def version_in_force(policy: Policy) -> PolicyVersion | None:
    """The version the house goes by."""
    return policy.versions.filter(state=VersionState.RELEASED).defer("text").first()


def milestones_of(policy: Policy) -> list[Milestone]:
    """What happened to a policy, the latest first. The caller has checked who reads it."""
    rows = policy.milestones.select_related("by", "version").defer("version__text")
    return list(rows.order_by("-at", "-id")[:SHOWN])


def policies_coming_round(until: date) -> list[Policy]:
    """Policies in force whose review is due by that day."""
    rows = Policy.objects.filter(
        review_due_on__lte=until, retired_at=None, versions__state=VersionState.RELEASED
    )
    return list(rows.order_by("review_due_on", "id"))


def questions_for(version: PolicyVersion) -> list[Question]:
    """The test of a version; while none is written, that of the version in force."""
    own = list(version.questions.order_by("position"))
    if own or version.released_at is not None:
        return own
    before = version_in_force(version.policy)
    return list(before.questions.order_by("position")) if before is not None else []
