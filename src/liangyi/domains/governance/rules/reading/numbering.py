"""Where a clause stands: its number and the titles above it.

A number joins one component per level with dots: "3" for 三、 or 第三章, "3.2" for (二) under it. What has
no number of its own counts as paragraph of what it stands in: "3.2.p1" is the first one under 3.2. Where a
list begins again under the same title its numbers get a letter: "1b", "2b". So a number is unique in its
document, and keeps what is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from liangyi.domains.governance.rules.reading.markers import RANKS, Marker, decimal_parts, marker_at
from liangyi.domains.governance.rules.reading.naming import is_sample
from liangyi.domains.governance.rules.reading.parts import Part, Role

HEADING_RANK, RUN_IN_RANK = 65, 95
_SAMPLE_RANK = 5
_FEWEST_CHAPTERS = 2
_LIST_RANK = 70
_TITLE_SHOWN = 40


@dataclass
class Level:
    """An open title or item."""

    rank: int
    number: str
    title: str
    is_titled: bool = False
    paragraphs: int = 0
    rounds: dict[str, int] = field(default_factory=dict)
    lead: int = -1
    has_items: bool = False
    is_lead: bool = False
    marker: Marker | None = None

    def child(self, component: str) -> str:
        return f"{self.number}.{component}" if self.number else component

    def numbered(self, value: str) -> str:
        """The component for a printed number; a list that starts again gets the next letter."""
        count = self.rounds[value] = self.rounds.get(value, 0) + 1
        return f"{value}{'' if count == 1 else _letter(count)}"

    def paragraph(self) -> str:
        self.paragraphs += 1
        return f"p{self.paragraphs}"


@dataclass(frozen=True)
class Placed:
    """A part with its place. `hangs_from` is the index of the sentence with a colon above it, or -1."""

    part: Part
    number: str
    path: tuple[str, ...]
    hangs_from: int


def place(text: str, parts: list[Part]) -> Iterator[Placed]:
    """The place of every part, in order."""
    levels = [Level(-100, "", "")]
    used: set[str] = set()
    last: dict[str, int] = {}
    parts = _with_articles_below(parts)
    for at, part in enumerate(parts):
        rank = _rank(text, parts, at, levels)
        _close(levels, part, rank, last, opens=part.opens and not _goes_on(text, part))
        parent = levels[-1]
        number = _unused(parent.child(_component(parent, part, text)), used)
        path = tuple(level.title for level in levels if level.title)
        yield Placed(part, number, path, max((level.lead for level in levels), default=-1))
        if part.marker is not None:
            last[part.marker.kind] = part.marker.value
        if rank is not None:
            parent.has_items = parent.has_items or part.marker is not None
            levels.append(_opened(text, parts, at, rank, number))


def _with_articles_below(parts: list[Part]) -> list[Part]:
    """Where articles count on under 一、 二、 (一、总则 第一条 … 二、人员 第三条) they are chapters."""
    pairs = [(one.marker, other.marker) for one, other in pairwise(parts) if one.role is Role.TITLE]
    above = sum(
        1
        for one, other in pairs
        if one and other and one.kind == "chinese" and other.kind == "article" and other.value > 1
    )
    if above < _FEWEST_CHAPTERS:
        return parts
    return [
        replace(part, marker=replace(part.marker, rank=RANKS["section"]))
        if part.marker and part.marker.kind == "chinese" and part.role is Role.TITLE
        else part
        for part in parts
    ]


def _unused(number: str, used: set[str]) -> str:
    """`number`, or with the next letter when two ways of counting meet in it."""
    found, count = number, 1
    while found in used:
        count += 1
        found = f"{number}{_letter(count)}"
    used.add(found)
    return found


def _rank(text: str, parts: list[Part], at: int, levels: list[Level]) -> int | None:
    """The level a part opens; None for plain text."""
    part = parts[at]
    if part.pinned:
        return part.pinned - 20
    if part.marker is not None:
        return part.marker.rank
    if part.role is Role.RUN_IN:
        return RUN_IN_RANK
    if part.role in (Role.HEADING, Role.TITLE):
        return None if at == 0 else _heading_rank(text, parts, at, levels)
    following = parts[at + 1].marker if _is_lead(text, parts, at) else None
    return following.rank - 1 if following else None


def _heading_rank(text: str, parts: list[Part], at: int, levels: list[Level]) -> int:
    """A heading stands above the list that begins again beneath it, and another sample above everything."""
    words = text[parts[at].start : parts[at].end].strip()
    if is_sample(words):
        return _SAMPLE_RANK
    above = parts[at - 1]
    if (
        above.role is Role.TITLE
        and above.marker
        and text[above.start : above.end].rstrip().endswith((":", "："))
    ):
        return RUN_IN_RANK  # "1.方针：" and its words on the next line
    following = parts[at + 1].marker if at + 1 < len(parts) else None
    begins_again = (
        following is not None
        and following.value == 1
        and any(level.rank == following.rank for level in levels)
    )
    return (
        following.rank - 1 if following and begins_again and following.rank < HEADING_RANK else HEADING_RANK
    )


def _is_lead(text: str, parts: list[Part], at: int) -> bool:
    """A sentence of an unnumbered paragraph that ends in a colon, with a list beneath it."""
    if not text[parts[at].start : parts[at].end].rstrip().endswith((":", "：")):
        return False
    following = parts[at + 1] if at + 1 < len(parts) else None
    if following is None or following.marker is None or following.marker.rank < RANKS["bracket"]:
        return False
    while at > 0 and not parts[at].opens and parts[at].marker is None:
        at -= 1
    return parts[at].opens and parts[at].marker is None


def _goes_on(text: str, part: Part) -> bool:
    """Whether a line goes on with the item above it, which ended in a semicolon only."""
    return part.role is Role.TEXT and text[max(0, part.start - 9) : part.start].rstrip()[-1:] in tuple("；;")


def _close(levels: list[Level], part: Part, rank: int | None, last: dict[str, int], *, opens: bool) -> None:
    """Close what ends where this part begins."""
    before = _one_before(levels, part.marker)
    if before:
        del levels[before:]
    elif rank is not None:
        while len(levels) > 1 and levels[-1].rank >= rank and not _nests(levels, part, last):
            levels.pop()
    if opens and part.marker is None and not part.pinned:
        lowest = RANKS["bracket"] - 1 if any(level.is_lead for level in levels) else HEADING_RANK + 1
        while (
            len(levels) > 1
            and levels[-1].rank >= lowest
            and (levels[-1].has_items or not levels[-1].is_titled)
        ):
            levels.pop()


def _one_before(levels: list[Level], marker: Marker | None) -> int:
    """Where the item stands that this one follows in its own list ("3." after "2."); 0 when none is open."""
    if marker is None or marker.value < 2:
        return 0
    for at in range(len(levels) - 1, 0, -1):
        known = levels[at].marker
        if known is not None and (known.rank, known.kind, known.value) == (
            marker.rank,
            marker.kind,
            marker.value - 1,
        ):
            return at
    return 0


def _nests(levels: list[Level], part: Part, last: dict[str, int]) -> bool:
    """ "1. 职责" with "(一)" right beneath it: an unusual order that its first number gives away."""
    marker, top = part.marker, levels[-1]
    if marker is None or top.rank == marker.rank or top.rounds or top.paragraphs:
        return False
    if top.marker is not None and top.marker.kind == "decimal" and marker.kind == "number" and top.is_titled:
        return marker.value in (
            1,
            last.get("number", 0) + 1,
        )  # "2.1 医疗：" with a list that goes on counting
    return (
        marker.value == 1
        and _LIST_RANK <= top.rank < RUN_IN_RANK
        and all(level.rank != marker.rank for level in levels)
    )


def _component(parent: Level, part: Part, text: str) -> str:
    value = part.marker.value if part.marker else 0
    if part.pinned:
        value = _printed_value(text[part.start : part.end])
    if part.marker and part.marker.kind == "decimal":
        return parent.numbered(_decimal(parent, part.marker, text[part.start : part.end]))
    return parent.numbered(str(value)) if value else parent.paragraph()


def _decimal(parent: Level, marker: Marker, words: str) -> str:
    """The last part of "2.1.3" under 2.1; the whole where what is printed above it is not there."""
    *above, last = decimal_parts(words[: marker.end - marker.start])
    prefix = ".".join(str(part) for part in above)
    return str(last) if parent.number == prefix else f"{prefix}.{last}"


def _printed_value(title: str) -> int:
    marker = marker_at(title.strip(), 0)
    return marker.value if marker else 0


def _opened(text: str, parts: list[Part], at: int, rank: int, number: str) -> Level:
    part = parts[at]
    whole = text[part.start : part.end]
    words = whole.strip()
    is_lead = words.endswith((":", "：")) and part.role is Role.TEXT
    titled = part.role in (Role.TITLE, Role.HEADING) and whole.endswith("\n")
    return Level(
        rank,
        number,
        title_of(words),
        titled,
        marker=part.marker,
        lead=at if is_lead else -1,
        is_lead=is_lead and part.marker is None,
    )


def title_of(words: str) -> str:
    """A title as it is shown in a path: without its colon, and not endless."""
    shown = re.sub(r"^#+\s*", "", words.strip()).rstrip("：: \n")
    return shown if len(shown) <= _TITLE_SHOWN else shown[: _TITLE_SHOWN - 1] + "…"


def _letter(count: int) -> str:
    return chr(ord("a") + count - 1) if count <= 26 else f"z{count}"
