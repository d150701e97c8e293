"""The index by which clauses find controls: letters and letter pairs, weighed by how telling they are.

Ranking is BM25 over pairs of neighbouring letters, so that no word list is needed; for the best of them
single letters, the cover of the control's title and its field are weighed in. The titles above a clause,
the document's title and the rules beside the clause count as weaker evidence.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from liangyi.domains.governance.rules.words import words

# Measured on the labels that are for tuning; single digits after the point, more would be chance.
PATH, PATH_DECAY, PATH_LETTERS, TITLES = 0.6, 0.4, 30, 2
DOCUMENT, NEAR, NEAR_LETTERS = 0.2, 0.2, 60
WORDING = 0.15
SATURATION, LENGTH = 0.6, 0.6
LETTER, COMMON, COVER, AREA = 0.7, 0.3, 0.5, 0.3
FINALISTS, AREA_OF = 20, 12

_RUN = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z]{2,}")
# Letters of grammar, and pairs that every rule is full of: they tell nothing of what a rule is about.
_GRAMMAR = frozenset(
    "的了和与及或等在对为并将使以从其应要须是有中后前内上下不各每按由就也都被把让向之于所者个"
)
_COMMON = frozenset(words("common_pairs"))


@dataclass(frozen=True)
class Entry:
    """What of a control clauses are matched by, in Chinese; `wordings` are sentences of policies for it."""

    code: str
    title: str
    text: str
    wordings: Sequence[str] = ()


@dataclass(frozen=True)
class Asked:
    """A clause with what stands round it: titles above it (highest first), the document's title, and rules
    beside it with their distance."""

    text: str
    path: Sequence[str] = ()
    title: str = ""
    near: Sequence[tuple[int, str]] = ()

    @property
    def titles(self) -> list[str]:
        """The lowest titles above it, the nearest first, as far as they count."""
        return [title[:PATH_LETTERS] for title in reversed(self.path[-TITLES:])]

    @property
    def around(self) -> list[tuple[float, str]]:
        """What stands round it, each with how much it counts."""
        titles = self.titles
        found = [(PATH * PATH_DECAY**depth, title) for depth, title in enumerate(titles)]
        if self.title and self.title not in titles:
            found.append((DOCUMENT, self.title[:PATH_LETTERS]))
        return found + [(NEAR / distance, text[:NEAR_LETTERS]) for distance, text in self.near]


@dataclass(frozen=True)
class Found:
    """A control and how well it answers to a clause."""

    code: str
    score: float


def letters_of(text: str) -> Iterator[str]:
    """The single letters that mean something."""
    return (letter for run in _RUN.findall(text) for letter in run if letter not in _GRAMMAR)


def pairs_of(text: str) -> Iterator[str]:
    """The pairs of neighbouring Chinese letters, and Western words whole."""
    for run in _RUN.findall(text):
        if run.isascii():
            yield run.lower()
        else:
            yield from (run[at : at + 2] for at in range(len(run) - 1))


class Index:
    """Controls ready to be found. Built once for a catalogue; asking changes nothing."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._codes = [entry.code for entry in entries]
        self._areas = [code.partition(".")[0] for code in self._codes]
        self._letters = _weighed(entries, letters_of, LETTER)
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, pairs in enumerate(_weighed(entries, pairs_of)):
            for pair, weight in pairs.items():
                self._postings[pair].append((place, weight))
        self._titles = [self._title(entry.title) for entry in entries]
        # A title is asked for by each clause under it, a clause by each of its neighbours.
        self._pairs_told = lru_cache(maxsize=512)(self._scores)

    def ranked(self, asked: Asked) -> list[Found]:
        """The best controls for a clause, the best first."""
        around = asked.around
        scores = dict(self._pairs_told(asked.text))
        for share, said in around:
            for place, score in self._pairs_told(said).items():
                scores[place] = scores.get(place, 0.0) + share * score
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:FINALISTS]
        letters = _letters_told([(1.0, asked.text), *around])
        titles = asked.titles
        finals = [(place, self._final(place, score, letters, asked.text, titles)) for place, score in best]
        found = (Found(self._codes[place], score) for place, score in self._by_area(finals))
        return sorted(found, key=lambda one: (-one.score, one.code))

    def _scores(self, text: str) -> Mapping[int, float]:
        """What the pairs of `text` tell of each control."""
        scores: dict[int, float] = {}
        for pair, count in Counter(pairs_of(text)).items():
            times = math.sqrt(count)
            for place, weight in self._postings.get(pair, ()):
                scores[place] = scores.get(place, 0.0) + times * weight
        return scores

    def _final(
        self, place: int, score: float, letters: Mapping[str, float], text: str, titles: Sequence[str]
    ) -> float:
        """With single letters and with how much of the control's own title is said, here or above."""
        known = self._letters[place]
        score += sum(weight * known[letter] for letter, weight in letters.items() if letter in known)
        title = self._titles[place]
        said = sum(weight for pair, weight in title.items() if pair in text)
        above = sum(
            weight
            for pair, weight in title.items()
            if pair not in text and any(pair in one for one in titles)
        )
        return score * (1 + COVER * (said + above / 2) / (sum(title.values()) or 1.0))

    def _by_area(self, finals: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
        """Controls of the field that most of the best belong to gain a little."""
        shares: dict[str, float] = defaultdict(float)
        for place, score in sorted(finals, key=lambda one: -one[1])[:AREA_OF]:
            shares[self._areas[place]] += score
        total = sum(shares.values()) or 1.0
        return [(place, score * (1 + AREA * shares[self._areas[place]] / total)) for place, score in finals]

    def _title(self, title: str) -> dict[str, float]:
        return {pair: _rarity(pair, len(self._postings[pair]), len(self._codes)) for pair in pairs_of(title)}


def _weighed(
    entries: Sequence[Entry], cut: Callable[[str], Iterator[str]], share: float = 1.0
) -> list[dict[str, float]]:
    """What each control is known by, weighed as BM25 does: rarity, and number in proportion to length."""
    counts = [_counted(entry, cut) for entry in entries]
    known = Counter(part for found in counts for part in found)
    average = sum(sum(found.values()) for found in counts) / (len(counts) or 1) or 1.0
    ready = []
    for found in counts:
        damping = SATURATION * (1 - LENGTH + LENGTH * sum(found.values()) / average)
        weights = {
            part: _rarity(part, known[part], len(entries)) * count * (SATURATION + 1) / (count + damping)
            for part, count in found.items()
        }
        ready.append({part: share * weight for part, weight in weights.items()})
    return ready


def _counted(entry: Entry, cut: Callable[[str], Iterator[str]]) -> Mapping[str, float]:
    """How often each part stands in what is known of a control; a wording's parts count once, and less."""
    found: dict[str, float] = dict(Counter(cut(entry.text)))
    for wording in entry.wordings:
        for part in set(cut(wording)):
            found[part] = found.get(part, 0.0) + WORDING
    return found


def _letters_told(said: Sequence[tuple[float, str]]) -> Mapping[str, float]:
    told: dict[str, float] = defaultdict(float)
    for share, text in said:
        for letter, count in Counter(letters_of(text)).items():
            told[letter] += share * math.sqrt(count)
    return told


def _rarity(part: str, known: int, entries: int) -> float:
    rarity = math.log(1 + (entries - known + 0.5) / (known + 0.5))
    return rarity * COMMON if part in _COMMON else rarity
