"""Which controls could carry out a clause: proposals with calibrated scores, "none fits" among them.

Pure and offline: words of the clause, titles above it, and the catalogue as data. What the catalogue says
of a control in Chinese (title, description, terms) is all that is known of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from liangyi.domains.governance.rules.exhorting import is_exhortation
from liangyi.domains.governance.rules.matching_index import Entry, Found, Index
from liangyi.domains.governance.rules.reviewing import NONE
from liangyi.domains.governance.rules.synonyms import in_one_word
from liangyi.platform.controls.catalogue import Control, controls

MOST = 5
LEAST = 0.03
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SHORTEST = 4
# A logistic curve fitted to the labels for tuning: by evidence for the clause's length, and by the lead over
# the next (or, for the others, the distance to the first).
_BASE, _EVIDENCE, _LEAD = -6.5, 2.8, 2.3
# Below this much evidence the catalogue most likely holds nothing for the clause.
_TOO_LITTLE, _NONE_BASE, _NONE_EVIDENCE = 6.7, -0.9, 2.8
_URGING = 4.5
_NOTHING_KNOWN = 0.95

_built: dict[tuple[int, ...], Index] = {}


@dataclass(frozen=True)
class Proposal:
    """A control for a clause (an empty code: none fits) and how likely a reviewer is to agree, 0 to 1."""

    control: str
    score: float


def proposals(text: str, path: Sequence[str] = (), index: Index | None = None) -> list[Proposal]:
    """At most MOST controls and "none fits", the most likely first; from the whole catalogue by default."""
    titles = [in_one_word(title) for title in path]
    found = (index or current_index()).ranked(in_one_word(text.strip()), titles)[: MOST + 1]
    length = math.sqrt(max(_SHORTEST, len(_HAN.findall(text))))
    likely = [Proposal(one.code, _likelihood(found, place, length)) for place, one in enumerate(found[:MOST])]
    ranked = [one for one in likely if one.score >= LEAST]
    ranked.append(Proposal(NONE, _none(found[0].score / length, text) if found else _NOTHING_KNOWN))
    return sorted(ranked, key=lambda one: -one.score)


def index_of(known: Iterable[Control]) -> Index:
    """The index of these controls."""
    with translation.override(settings.LANGUAGE_CODE):
        return Index(
            [Entry(one.code, str(one.title), f"{one.title} {one.description} {one.words}") for one in known]
        )


def current_index() -> Index:
    """The index of the catalogue as it is; built once, and anew when the catalogue has changed."""
    known = list(controls().values())
    key = tuple(map(id, known))
    if key not in _built:
        _built.clear()
        _built[key] = index_of(known)
    return _built[key]


def _likelihood(found: Sequence[Found], place: int, length: float) -> float:
    here = found[place].score
    other = found[1 if place == 0 and len(found) > 1 else 0].score
    return _logistic(_BASE + _EVIDENCE * math.log(here / length) + _LEAD * math.log(here / other))


def _none(evidence: float, text: str) -> float:
    urging = _URGING if is_exhortation(text) else 0.0
    return _logistic(_NONE_BASE + urging - _NONE_EVIDENCE * math.log(evidence / _TOO_LITTLE))


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))
