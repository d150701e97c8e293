"""A refusal as the reader meets it: the control's title and source beside the gate's own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from liangyi.platform.access.builtin import BUILTIN_ROLES
from liangyi.platform.controls import catalogue
from liangyi.platform.errors import Refusal, Refused
from liangyi.web.shell.facts import labelled


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


def shown(refused: Refused | Refusal) -> list[ShownRefusal]:
    """Every refusal of `refused` with its control's title and source."""
    refusals = refused.refusals if isinstance(refused, Refused) else [refused]
    return [_shown(refusal) for refusal in refusals]


def _shown(refusal: Refusal) -> ShownRefusal:
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
    )


def _role_name(code: str) -> str:
    name, name_en = BUILTIN_ROLES.get(code, (code, code))
    return name_en if (get_language() or "").startswith("en") else name
