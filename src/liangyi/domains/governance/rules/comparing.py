"""Two versions of a policy side by side: what is new, changed, gone, moved, unchanged.

Equal clauses are paired first, in order; what is left is paired by common letter pairs. The cost grows
with the length of the texts, not with the number of pairs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

_MARKER = re.compile(
    r"^\s*(?:#+|第[^\s章节条编篇]{1,6}[章节条编篇]|[(（]?[一二三四五六七八九十百\d]{1,4}[)）、.．]+|[\d.]+(?=\s)|[①-⑳]|[-–—•●·])\s*"
)
_NOTHING = re.compile(r"[\s，。、；：！？,.;:!?“”\"'（）()《》-]+")
SIMILAR = 0.5
_COMMON = 60
_CANDIDATES = 12
_NEAR = 3


class Change(StrEnum):
    """What happened to a clause between two versions."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    MOVED = "moved"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Pair:
    """A clause before and after, by their index; None where there is none."""

    change: Change
    old: int | None
    new: int | None
    likeness: float


def compare(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Pairs in the order of the new version, each gone clause behind the one it followed."""
    before, after = [essence(text) for text in old], [essence(text) for text in new]
    pairs = _equal(before, after)
    in_place = _longest_rise(sorted(pairs.items()))
    changed = _similar(before, after, pairs)
    found = [
        Pair(Change.UNCHANGED if at in in_place else Change.MOVED, was, at, 1.0) for at, was in pairs.items()
    ]
    found += [Pair(Change.CHANGED, was, at, score) for at, (was, score) in changed.items()]
    taken = {pair.old for pair in found}
    met = {pair.new for pair in found}
    found += [Pair(Change.NEW, None, at, 0.0) for at in range(len(new)) if at not in met]
    found += [Pair(Change.GONE, was, None, 0.0) for was in range(len(old)) if was not in taken]
    return _ordered(found)


def essence(text: str) -> str:
    """The words that count: without numbering, marks and spaces, so that renumbering changes nothing."""
    return _NOTHING.sub("", _MARKER.sub("", text)) or text.strip()


def _equal(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    waiting: dict[str, deque[int]] = defaultdict(deque)
    for at, text in enumerate(before):
        waiting[text].append(at)
    return {at: waiting[text].popleft() for at, text in enumerate(after) if waiting[text]}


def _longest_rise(pairs: Sequence[tuple[int, int]]) -> set[int]:
    """The new indices of the longest run of pairs that kept their order: those did not move."""
    ends: list[int] = []
    heads: list[int] = []
    back: list[int] = []
    for at, (_new, old) in enumerate(pairs):
        place = bisect_left(ends, old)
        back.append(heads[place - 1] if place else -1)
        if place == len(ends):
            ends.append(old)
            heads.append(at)
        else:
            ends[place], heads[place] = old, at
    kept: set[int] = set()
    at = heads[-1] if heads else -1
    while at >= 0:
        kept.add(pairs[at][0])
        at = back[at]
    return kept


def _similar(
    before: Sequence[str], after: Sequence[str], pairs: dict[int, int]
) -> dict[int, tuple[int, float]]:
    """Among what has no equal: new index → (old index, likeness), the likest first."""
    old_left = set(range(len(before))) - set(pairs.values())
    grams = {at: _grams(before[at]) for at in old_left}
    holders: dict[str, list[int]] = defaultdict(list)
    for at in sorted(old_left):
        for gram in grams[at]:
            holders[gram].append(at)
    scored: list[tuple[float, int, int]] = []
    expected = -1
    for at in range(len(after)):
        expected = pairs.get(at, expected + 1)
        if at not in pairs:
            near = [was for was in range(expected - _NEAR, expected + _NEAR + 1) if was in old_left]
            found = _candidates(_grams(after[at]), grams, holders, near)
            scored += [(score, at, was) for was, score in found]
    return _greedily(scored)


def _candidates(
    wanted: Counter[str], grams: dict[int, Counter[str]], holders: dict[str, list[int]], near: list[int]
) -> list[tuple[int, float]]:
    """Old clauses that share rare letter pairs or stand where one would look first, if alike enough."""
    shared: Counter[int] = Counter()
    for gram in wanted:
        if len(holders.get(gram, ())) <= _COMMON:
            shared.update(holders.get(gram, ()))
    found = []
    for was in {was for was, _count in shared.most_common(_CANDIDATES)}.union(near):
        both = (wanted & grams[was]).total()
        score = 2 * both / (wanted.total() + grams[was].total())
        if score >= SIMILAR:
            found.append((was, score))
    return found


def _greedily(scored: list[tuple[float, int, int]]) -> dict[int, tuple[int, float]]:
    found: dict[int, tuple[int, float]] = {}
    used: set[int] = set()
    for score, at, was in sorted(scored, key=lambda entry: (-entry[0], abs(entry[1] - entry[2]), entry[1])):
        if at not in found and was not in used:
            found[at] = (was, score)
            used.add(was)
    return found


def _grams(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(max(len(text) - 1, 1)))


def _ordered(pairs: list[Pair]) -> list[Pair]:
    """New order; a clause that is gone stands behind what came before it in the old version."""
    place = {pair.old: pair.new for pair in pairs if pair.old is not None and pair.new is not None}
    last = -1
    anchors: dict[int, int] = {}
    for was in range(max((pair.old for pair in pairs if pair.old is not None), default=-1) + 1):
        last = place.get(was, last)
        anchors[was] = last
    return sorted(
        pairs,
        key=lambda pair: (
            (pair.new, 0, 0) if pair.new is not None else (anchors[pair.old or 0], 1, pair.old or 0)
        ),
    )
