"""What the pages of rules and evidence show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from liangyi.platform import subjects
from liangyi.platform.access.builtin import BUILTIN_ROLES
from liangyi.platform.actors import Actor
from liangyi.platform.controls import catalogue
from liangyi.platform.controls.catalogue import Kind
from liangyi.platform.controls.models import Breach, Override, Verdict
from liangyi.platform.controls.queries import PAGE
from liangyi.platform.controls.services import REVIEW_KIND
from liangyi.platform.subjects import SubjectLabel
from liangyi.platform.worklist.models import WorkItem
from liangyi.platform.worklist.permissions import ASSIGN, can_finish
from liangyi.web.controls.figures import WAYS
from liangyi.web.shell.facts import labelled
from liangyi.web.shell.page import Request

KINDS = {kind: WAYS[kind] for kind in Kind}
OUTCOMES = {
    "refused": (_("已拦下"), "danger"),
    "overridden": (_("越过放行"), "waiting"),
    "passed": (_("通过"), "good"),
}


@dataclass(frozen=True)
class Asked:
    """What the address of a list asks for."""

    control: str
    after: UUID | None


@dataclass(frozen=True)
class Said:
    """One control's word in a verdict."""

    code: str
    title: Any
    reason: str = ""
    facts: Sequence[tuple[Any, str]] = ()
    source: str = ""


@dataclass(frozen=True)
class VerdictRow:
    """A verdict as one reader sees it."""

    verdict: Verdict
    decision: Any
    outcome: Any
    tone: str
    refusals: list[Said]
    subject: SubjectLabel | None


@dataclass(frozen=True)
class Review:
    """The review of an override as one reader sees it."""

    item: WorkItem
    may_finish: bool
    may_assign: bool
    took_part: bool


@dataclass(frozen=True)
class BreachRow:
    """A breach as one reader sees it."""

    breach: Breach
    title: Any
    description: Any
    facts: list[tuple[Any, str]]
    subject: SubjectLabel


def outcome_from(text: str) -> str:
    """The outcome asked for, or none."""
    return text if text in OUTCOMES else ""


def asked_for(request: Request) -> Asked:
    """The filters of a list; a key that is no key begins at the top."""
    code = request.GET.get("control", "")
    return Asked(code if code in catalogue.controls() else "", _uuid(request.GET.get("after", "")))


def verdict_list(actor: Actor, found: list[Verdict], asked: Asked) -> dict[str, Any]:
    """A page of verdicts and the key of the next."""
    return {
        "rows": verdict_rows(actor, found[:PAGE]),
        "next": found[PAGE - 1].id if len(found) > PAGE else None,
        "outcomes": [("", _("全部")), *((code, title) for code, (title, _tone) in OUTCOMES.items())],
        "control": catalogue.controls().get(asked.control),
    }


def verdict_rows(actor: Actor, found: list[Verdict]) -> list[VerdictRow]:
    """The verdicts with their subjects' labels, in a constant number of statements."""
    pairs = {(v.subject_type, v.subject_id) for v in found if v.subject_id is not None}
    labels = subjects.labels(actor, pairs)
    return [_verdict_row(v, labels) for v in found]


def verdict_context(actor: Actor, verdict: Verdict) -> dict[str, Any]:
    """One verdict: what refused, what passed, who set what aside, and its review."""
    overrides = list(verdict.overrides.select_related("account", "second").order_by("control"))
    return {
        "review": _review(actor, verdict, overrides) if overrides else None,
        "row": verdict_rows(actor, [verdict])[0],
        "passed": [_title(code) for code in verdict.passed],
        "overrides": [(_title(o.control), o) for o in overrides],
    }


def _review(actor: Actor, verdict: Verdict, overrides: Sequence[Override]) -> Review | None:
    """Where the review of an override stands; None where none was opened (at no site)."""
    found = WorkItem.objects.select_related("done_by").filter(
        kind=REVIEW_KIND, subject_type="controls.verdict", subject_id=verdict.id, cancelled_at=None
    )
    if (item := found.first()) is None:
        return None
    is_open = item.done_at is None
    is_mine = is_open and can_finish(actor, item)
    took_part = any(actor.id in (one.account_id, one.second_id) for one in overrides)
    may_assign = is_open and (is_mine or actor.may(ASSIGN, item.site_id))
    return Review(item, is_mine and not took_part, may_assign, is_open and took_part)


def breach_list(actor: Actor, found: list[Breach], asked: Asked) -> dict[str, Any]:
    """A page of breaches and the key of the next."""
    return {
        "rows": breach_rows(actor, found[:PAGE]),
        "next": found[PAGE - 1].id if len(found) > PAGE else None,
        "states": [("", _("未解除")), ("closed", _("已解除"))],
        "control": catalogue.controls().get(asked.control),
        "has_watches": bool(catalogue.watches()),
    }


def breach_rows(actor: Actor, found: list[Breach]) -> list[BreachRow]:
    """The breaches with their subjects' labels, in a constant number of statements."""
    labels = subjects.labels(actor, {(b.subject_type, b.subject_id) for b in found})
    return [
        BreachRow(
            b,
            _title(b.control),
            _description(b.control),
            labelled(b.facts),
            labels[b.subject_type, b.subject_id],
        )
        for b in found
    ]


def _verdict_row(verdict: Verdict, labels: dict[subjects.Subject, SubjectLabel]) -> VerdictRow:
    title, tone = OUTCOMES[verdict.outcome]
    subject = labels.get((verdict.subject_type, verdict.subject_id)) if verdict.subject_id else None
    return VerdictRow(
        verdict,
        catalogue.decision_title(verdict.decision),
        title,
        tone,
        [_said(refusal) for refusal in verdict.refusals],
        subject,
    )


def _said(refusal: dict[str, Any]) -> Said:
    code = refusal["control"]
    control = catalogue.controls().get(code)
    source = control.source if control else ""
    return Said(code, _title(code), refusal["reason"], labelled(refusal["facts"]), source)


def _title(code: str) -> Any:
    control = catalogue.controls().get(code)
    return control.title if control else code


def _description(code: str) -> Any:
    control = catalogue.controls().get(code)
    return control.description if control else ""


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def role_name(code: str) -> str:
    """What a role is called out of the box, in the reader's language."""
    name, name_en = BUILTIN_ROLES.get(code, (code, code))
    return name_en if (get_language() or "").startswith("en") else name
