"""What a clause is, and what else a reviewer may say that it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from liangyi.domains.governance.enums import NORMATIVE, ClauseKind
from liangyi.domains.governance.models import Clause
from liangyi.domains.governance.queries import KindSaid
from liangyi.web.governance.pages.reading import TONES

KEYS = {ClauseKind.OBLIGATION: "o", ClauseKind.PROHIBITION: "p", ClauseKind.NARRATIVE: "a"}
ORDER = (*NORMATIVE, *(kind for kind in ClauseKind if kind not in NORMATIVE))


@dataclass(frozen=True)
class KindChoice:
    """A kind the clause could be, and the key that says so."""

    value: str
    label: Any
    key: str


def kind_choices(clause: Clause) -> dict[str, Any]:
    """The kind, how it was read where a reviewer said otherwise, and the others to choose from."""
    return {
        "kind_tone": TONES.get(clause.kind, "quiet"),
        "is_rule": clause.kind in NORMATIVE,
        "kinds": [KindChoice(kind, kind.label, KEYS.get(kind, "")) for kind in ORDER if kind != clause.kind],
    }


def kind_words(said: KindSaid) -> str:
    """A word on a clause's kind as a line of its history."""
    labels = {"before": ClauseKind(said.before).label, "kind": ClauseKind(said.kind).label}
    return _("类型：%(before)s → %(kind)s") % labels
