"""A refusal as the reader meets it: the control's title, its source and the clauses it serves beside the
gate's own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from liangyi.domains.governance.permissions import VIEW
from liangyi.domains.governance.queries.evidence import ClauseRef, clauses_behind
from liangyi.platform.access.builtin import BUILTIN_ROLES
from liangyi.platform.actors import Actor
from liangyi.platform.controls import catalogue
from liangyi.platform.errors import Refusal, Refused
from liangyi.web.shell.facts import labelled

CLAUSES = 3


@dataclass(frozen=True)
class ShownClause:
    """A clause by policy and number; the link only for whoever may read policies."""

    policy: str
    number: str
    text: str
    url: str


@dataclass(frozen=True)
class ShownRefusal:
    """One refusal, ready for the template."""

    control: str
    title: Any
    source: str
    reason: Any
    facts: list[tuple[Any, str]]
    remedy: Any
    remedy_url: str
    overridable_by: list[str]
    clauses: list[ShownClause]


def shown(refused: Refused | Refusal, actor: Actor | None = None) -> list[ShownRefusal]:
    """Every refusal of `refused` with its control's title, source and clauses in force. One statement."""
    refusals = refused.refusals if isinstance(refused, Refused) else [refused]
    serves = clauses_behind({one.control for one in refusals} & catalogue.controls().keys())
    may_read = actor is not None and actor.may(VIEW, actor.site)
    return [_shown(refusal, serves.get(refusal.control, ()), may_read) for refusal in refusals]


def _shown(refusal: Refusal, clauses: Sequence[ClauseRef], may_read: bool) -> ShownRefusal:
    control = catalogue.controls().get(refusal.control)
    return ShownRefusal(
        control=refusal.control,
        title=control.title if control else "",
        source=str(control.source) if control else "",
        reason=refusal.reason,
        facts=labelled(refusal.facts),
        remedy=refusal.remedy,
        remedy_url=refusal.remedy_url,
        overridable_by=[_role_name(code) for code in refusal.overridable_by],
        clauses=[
            ShownClause(ref.policy, ref.number, ref.text, ref.url if may_read else "")
            for ref in clauses[:CLAUSES]
        ],
    )


def _role_name(code: str) -> str:
    name, name_en = BUILTIN_ROLES.get(code, (code, code))
    return name_en if (get_language() or "").startswith("en") else name
