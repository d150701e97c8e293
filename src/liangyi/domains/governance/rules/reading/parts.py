"""The cleaned text in parts: titles, numbered items, sentences, one behind the other without gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from liangyi.domains.governance.rules.reading.markers import Marker, markers_in
from liangyi.domains.governance.rules.reading.markers import Sequence as Numbers
from liangyi.domains.governance.rules.reading.naming import is_name
from liangyi.domains.governance.rules.reading.pieces import ContentsEntry
from liangyi.domains.governance.rules.reading.sentences import sentence_ends
from liangyi.domains.governance.rules.reading.titles import (
    general_title,
    glued_title,
    run_in_title,
    spaced_title,
)

_SENTENCE_MARK = re.compile(r"[。；！？;!?]")
_TITLE_TYPES = ("volume", "chapter", "section", "markdown", "roman", "zero", "chinese", "plain")
_TITLE_LONGEST = 40
_HEADING_LONGEST = 25
_NOT_HEADING = re.compile(r"[。；！？，,;：:…|]|^\d+$|年.{1,4}月|^[\W\d_]+$|^[(（].*[)）]$")
_SIGNATURE = re.compile(r"(?:公司|医院|诊所|门诊部|卫生院|中心|委员会)$")
_INLINE_MARKERS = 4
# A line of these and a colon heads what follows; one of other words introduces a list.
_LABEL = re.compile(
    r"(?:目的|范围|适用范围|内容|原则|职责|责任|依据|定义|程序|流程|要求|方法|步骤|标准|目标|总目标|附则|考核|奖惩)[:：]"
)
_LABEL_LONGEST = 7
_LAST_LONGEST = 10
_TARGET = re.compile(r"[≥≤＞＜%％]|数\s?\d+$")


class Role(StrEnum):
    """What a part is in the layout; its meaning is decided later."""

    TITLE = "title"
    HEADING = "heading"  # a title without numbering, on its own line
    RUN_IN = "run_in"
    TEXT = "text"
    ROW = "row"


@dataclass(frozen=True)
class Part:
    """`text[start:end]`. `marker` opens a numbered item; `opens` says that a paragraph begins here."""

    start: int
    end: int
    role: Role
    marker: Marker | None = None
    opens: bool = False
    pinned: int = 0


@dataclass(frozen=True)
class _Stretch:
    """From one marker (or line start) to the next."""

    start: int
    content: int
    end: int
    marker: Marker | None
    opens: bool
    pinned: int = 0


def parts_of(text: str, contents: Sequence[ContentsEntry] = ()) -> list[Part]:
    """Every part of `text`, in order."""
    stretches = list(_stretches(text, contents))
    crowded = _crowded(text, stretches)
    found: list[Part] = []
    for at, stretch in enumerate(stretches):
        following = stretches[at + 1] if at + 1 < len(stretches) else None
        found.extend(_parts_in(text, stretch, following, crowded[at]))
    return _without_cells(found)


def _stretches(text: str, contents: Sequence[ContentsEntry]) -> Iterator[_Stretch]:
    pins = _pins(text, contents)
    numbers = Numbers()
    start = 0
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        end = start + len(line)
        yield from _in_line(text, start, end, [pin for pin in pins if start <= pin[0] < end], numbers)
        start = end


def _in_line(
    text: str, start: int, end: int, pins: list[tuple[int, int, int]], numbers: Numbers
) -> Iterator[_Stretch]:
    """The stretches of one line; a pinned title is a stretch of its own."""
    position = start
    for pin_start, pin_end, level in pins:
        if pin_start > position:
            yield from _between(text, position, pin_start, numbers, opens=position == start)
        yield _Stretch(pin_start, pin_end, pin_end, None, True, level)
        numbers.last.clear()
        position = pin_end
    if position < end:
        yield from _between(text, position, end, numbers, opens=position == start or bool(pins))


def _between(text: str, start: int, end: int, numbers: Numbers, *, opens: bool) -> Iterator[_Stretch]:
    line = text[start:end]
    body = line.rstrip("\n")
    if "\t" in body:
        yield _Stretch(start, start, end, None, True)
        return
    markers = list(markers_in(body, numbers))
    if not markers or markers[0].start > 0:
        yield _Stretch(start, start, start + markers[0].start if markers else end, None, opens)
    ends: list[Marker | None] = [*markers[1:], None]
    for marker, after in zip(markers, ends, strict=False):
        stop = start + after.start if after else end
        yield _Stretch(start + marker.start, start + marker.end, stop, marker, opens and marker.start == 0)


def _pins(text: str, contents: Sequence[ContentsEntry]) -> list[tuple[int, int, int]]:
    """Where the titles of the table of contents stand in the text: (start, end, level), in order.

    A title counts only at the border of a sentence, so that its words within prose are left alone.
    """
    found: list[tuple[int, int, int]] = []
    position = 0
    for entry in contents:
        at = _border(text, entry.title, position)
        if at >= 0:
            position = at + len(entry.title)
            found.append((at, position + text.startswith("\n", position), entry.level))
    return found


def _border(text: str, title: str, position: int) -> int:
    at = text.find(title, position)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(title) : at + len(title) + 1]
        starts = at == position or not before or before in "。；！？:：\n”）)"
        first_title = position == 0 and at < 60
        if (starts or first_title) and after not in tuple("，。、；：的,;"):
            return at
        at = text.find(title, at + 1)
    return -1


def _crowded(text: str, stretches: Sequence[_Stretch]) -> list[bool]:
    """For each stretch whether its line holds so much numbering that line ends must have been lost."""
    lines: list[int] = []
    counts: dict[int, int] = {}
    line = 0
    for stretch in stretches:
        line += stretch.start > 0 and text[stretch.start - 1] == "\n"
        lines.append(line)
        counts[line] = counts.get(line, 0) + (stretch.marker is not None or stretch.pinned > 0)
    return [counts[line] >= _INLINE_MARKERS for line in lines]


def _parts_in(text: str, stretch: _Stretch, following: _Stretch | None, eager: bool) -> Iterator[Part]:
    content = text[stretch.content : stretch.end]
    first = Part(stretch.start, stretch.end, Role.TITLE, stretch.marker, stretch.opens, stretch.pinned)
    if stretch.pinned:
        yield first
        return
    if "\t" in content:
        yield Part(stretch.start, stretch.end, Role.ROW, stretch.marker, True)
        return
    if not content.strip():
        yield first if stretch.marker else Part(stretch.start, stretch.end, Role.TEXT, None, stretch.opens)
        return
    role, title = _title(content, stretch, following, eager)
    position = stretch.content + title
    if title:
        yield Part(stretch.start, position, role, stretch.marker, stretch.opens)
    if position < stretch.end or not title:
        yield from _sentences(text, stretch, position, has_title=bool(title))


def _title(content: str, stretch: _Stretch, following: _Stretch | None, eager: bool) -> tuple[Role, int]:
    """The title a stretch begins with, as (role, length); length 0 when it begins with prose."""
    words = content.strip()
    indent = len(content) - len(content.lstrip())
    if stretch.marker is None:
        return _unnumbered(content, words, stretch, following)
    if _is_whole_title(words, stretch.marker, following):
        return Role.TITLE, len(content)
    body = content[indent:]
    length = run_in_title(body, numbered=True) or general_title(body) or spaced_title(body)
    if not length and eager and stretch.marker.kind not in ("article", "bullet", "circled", "word"):
        length = glued_title(body)
    return Role.TITLE, length + indent if length else 0


def _unnumbered(content: str, words: str, stretch: _Stretch, following: _Stretch | None) -> tuple[Role, int]:
    if stretch.opens and following is not None and _is_label(words):
        return Role.HEADING, len(content)
    if not stretch.opens or len(words) > _HEADING_LONGEST or len(words) < 2 or _NOT_HEADING.search(words):
        return Role.HEADING, 0
    is_signature = stretch.start > 0 and _SIGNATURE.search(words) is not None
    return Role.HEADING, 0 if following is None or is_signature else len(content)


def _is_label(words: str) -> bool:
    """ "目的：" or "护士回访办法：" alone on its line."""
    return _LABEL.fullmatch(words) is not None or (words[-1] in ":：" and is_name(words[:-1]))


def _is_whole_title(words: str, marker: Marker, following: _Stretch | None) -> bool:
    """Whether an item is nothing but a title: short, without marks, and something stands beneath it."""
    words = words.lstrip("：: ")  # "第一篇：接待"
    is_colon = words.endswith(("：", ":"))
    is_label = is_colon and len(words) <= _LABEL_LONGEST
    if is_colon and run_in_title(words + "x", numbered=True):
        words = words.rstrip("：: ")
    if _SENTENCE_MARK.search(words) or len(words) > _TITLE_LONGEST or marker.kind in ("bullet", "word"):
        return False
    if _TARGET.search(words):
        return False  # "合格率≥95%"
    if following is None and len(words) > _LAST_LONGEST and not is_colon:
        return False  # the document breaks off here
    if marker.kind in _TITLE_TYPES and not re.search("[，,：:]", words):
        return True
    if re.search("[，,：:]", words) or following is None:
        return False
    return following.marker is None or following.marker.rank > marker.rank or is_label


def _sentences(text: str, stretch: _Stretch, position: int, *, has_title: bool) -> Iterator[Part]:
    """The sentences from `position` on; titles that run in at a sentence's start stand apart."""
    body = text[position : stretch.end]
    begun = 0
    for end in sentence_ends(body):
        at = position + begun
        is_first = not has_title and begun == 0
        start = stretch.start if is_first else at
        marker = stretch.marker if is_first else None
        opens = stretch.opens and is_first
        run_in = 0 if marker else run_in_title(body[begun:end], numbered=False)
        if run_in and len(body[begun:end].strip()) > run_in + 5:
            yield Part(start, at + run_in, Role.RUN_IN, None, opens)
            start, opens = at + run_in, False
        yield Part(start, position + end, Role.TEXT, marker, opens)
        begun = end


def _without_cells(parts: list[Part]) -> list[Part]:
    """Short lines in a row are the cells of a flattened table; two may be title and subtitle."""
    found = list(parts)
    at = 0
    while at < len(parts):
        end = at
        while end < len(parts) and parts[end].role is Role.HEADING:
            end += 1
        if end - at >= 3 or (end == len(parts) and end - at >= 1 and at > 0):
            keep = 1 if at == 0 else 0
            for row in range(at + keep, end):
                found[row] = Part(parts[row].start, parts[row].end, Role.ROW, None, True)
        at = max(end, at + 1)
    return found
