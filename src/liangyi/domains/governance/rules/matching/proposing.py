"""Which controls could carry out a clause: proposals with calibrated scores, "none fits" among them.

Pure and offline: words of the clause, what stands round it, and the catalogue as data. What the catalogue
says of a control in Chinese (title, description, terms) and sentences of policies for it are all that is
known of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from liangyi.domains.governance.rules.matching.exhorting import is_exhortation
from liangyi.domains.governance.rules.matching.index import Asked, Entry, Found, Index
from liangyi.domains.governance.rules.matching.surroundings import near as rules_beside
from liangyi.domains.governance.rules.matching.synonyms import in_one_word
from liangyi.domains.governance.rules.matching.wordings import wordings
from liangyi.domains.governance.rules.reading.pieces import Reading
from liangyi.domains.governance.rules.reviewing import NONE
from liangyi.platform.controls.catalogue import Control, controls

MOST = 5
LEAST = 0.03
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SHORTEST = 4
# A logistic curve fitted to the labels for tuning: by evidence for the clause's length, and by the lead over
# the next (or, for the others, the distance to the first).
_BASE, _EVIDENCE, _LEAD = -3.15, 1.4, 3.3
# Below this much evidence the catalogue most likely holds nothing for the clause.
_TOO_LITTLE, _NONE_BASE, _NONE_EVIDENCE = 4.0, -0.9, 2.8
_URGING = 4.5
_NOTHING_KNOWN = 0.95

_built: dict[tuple[int, ...], Index] = {}


@dataclass(frozen=True)
class Proposal:
    """A control for a clause (an empty code: none fits) and how likely a reviewer is to agree, 0 to 1."""

    control: str
    score: float


def proposals(
    text: str,
    path: Sequence[str] = (),
    *,
    title: str = "",
    near: Sequence[tuple[int, str]] = (),
    index: Index | None = None,
) -> list[Proposal]:
    """At most MOST controls and "none fits", the most likely first; from the whole catalogue by default.

    `path` are the titles above the clause, `title` the document's, `near` the rules beside it with their
    distance (see `surroundings`).
    """
    asked = Asked(
        in_one_word(text.strip()),
        [in_one_word(one) for one in path],
        in_one_word(title),
        [(distance, in_one_word(one)) for distance, one in near],
    )
    found = (index or current_index()).ranked(asked)[: MOST + 1]
    length = math.sqrt(max(_SHORTEST, len(_HAN.findall(text))))
    likely = [Proposal(one.code, _likelihood(found, place, length)) for place, one in enumerate(found[:MOST])]
    ranked = [one for one in likely if one.score >= LEAST]
    ranked.append(Proposal(NONE, _none(found[0].score / length, text) if found else _NOTHING_KNOWN))
    return sorted(ranked, key=lambda one: -one.score)


def proposals_of(reading: Reading) -> dict[str, list[Proposal]]:
    """The proposals for each obligation and prohibition of a document, by its number."""
    clauses, title = reading.clauses, reading.cleaned.title
    return {
        clause.number: proposals(clause.text, clause.path, title=title, near=rules_beside(clauses, place))
        for place, clause in enumerate(clauses)
        if clause.kind.is_normative
    }


def index_of(known: Iterable[Control]) -> Index:
    """The index of these controls."""
    with translation.override(settings.LANGUAGE_CODE):
        return Index([_entry(control) for control in known])


def _entry(control: Control) -> Entry:
    text = in_one_word(f"{control.title} {control.description} {control.words}")
    said = [in_one_word(sentence) for sentence in wordings().get(control.code, ())]
    return Entry(control.code, in_one_word(str(control.title)), text, said)


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
