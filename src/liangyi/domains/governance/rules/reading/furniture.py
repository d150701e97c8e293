"""Page furniture: what document sites, printers and word processors put around a policy."""

from __future__ import annotations

import re
from collections import Counter

from liangyi.domains.governance.rules.reading.markers import marker_at
from liangyi.domains.governance.rules.reading.site_lines import (
    BESIDE,
    EDITOR,
    GLUED,
    GLUED_PAGE,
    LIST_END,
    LIST_HEAD,
    NOTE_HEAD,
    SITE_NOTE,
    WHOLE,
)

_PAGE_NAME = re.compile(r"(.{2,60})_第1页")
_SENTENCE = re.compile(r"[。；！？]")
_LONGEST_TITLE_LINE = 80
_SIGNATURE = re.compile(r"(?:公司|医院|诊所|门诊部|卫生院|中心|委员会)$")
_LONGEST_INTRODUCTION = 300


def title_in_furniture(lines: list[str]) -> str:
    """The document's name as a document site repeats it above every page."""
    found = (_PAGE_NAME.fullmatch(line) for line in lines)
    return next((match.group(1).strip() for match in found if match), "")


def without_furniture(lines: list[str]) -> list[str]:
    """The lines that belong to the policy, furniture glued to a line cut off."""
    dropped = [False] * len(lines)
    at = 0
    while at < len(lines):
        length = _block_length(lines, at)
        dropped[at : at + length] = [True] * length
        at += max(length, 1)
    _spread(lines, dropped)
    kept = (line for line, gone in zip(lines, dropped, strict=True) if not gone)
    return [GLUED_PAGE.sub("", GLUED.sub("", line)) for line in kept]


def _spread(lines: list[str], dropped: list[bool]) -> None:
    """Names, bare numbers and dates beside furniture are furniture too, from both sides.

    A date below who signed is the policy's.
    """
    count = len(lines)
    for order, step in ((range(count), -1), (range(count - 1, -1, -1), 1)):
        for at in order:
            beside = 0 <= at + step < count and dropped[at + step]
            signed = at > 0 and not dropped[at - 1] and _SIGNATURE.search(lines[at - 1])
            if beside and not signed and BESIDE.fullmatch(lines[at]):
                dropped[at] = True


def without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Pages of a printed document without the lines that head or foot at least half of them."""
    if len(pages) < 3:
        return pages
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update({_shape(line) for line in (*page[:2], *page[-2:]) if line})
    running = {shape for shape, count in edges.items() if count * 2 >= len(pages) and len(shape) <= 60}
    return [_without_edges(page, running) for page in pages]


def _without_edges(page: list[str], running: set[str]) -> list[str]:
    last = len(page) - 2
    return [line for at, line in enumerate(page) if not (_shape(line) in running and (at < 2 or at >= last))]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())


def _block_length(lines: list[str], at: int) -> int:
    """How many lines from `at` on are furniture; 0 when this one is the policy's."""
    line = lines[at]
    if NOTE_HEAD.fullmatch(line) and any(SITE_NOTE.search(after) for after in lines[at + 1 : at + 3]):
        return 1
    if LIST_HEAD.fullmatch(line):
        return _list_length(lines, at)
    if len(line) > _LONGEST_INTRODUCTION:
        return 0
    return int(bool(WHOLE.fullmatch(line) or _is_site_note(line) or _is_introduction(line)))


def _is_site_note(line: str) -> bool:
    return len(line) < 150 and SITE_NOTE.search(line) is not None


def _is_introduction(line: str) -> bool:
    """An editor's paragraph; one that holds numbering holds the policy too."""
    if EDITOR.search(line) is None:
        return False
    return re.search(r"第[一二三]条|[一二三]、|\d[、.．]\s?[\u4e00-\u9fff]", line) is None


def _list_length(lines: list[str], at: int) -> int:
    """The heading of a list of other documents with its titles; 0 when the policy's text stands below it."""
    end = at + 1
    while end < len(lines) and not (LIST_END.fullmatch(lines[end]) or _is_of_policy(lines[end])):
        end += 1
    has_none = end == at + 1 and end < len(lines) and _is_of_policy(lines[end])
    return 0 if has_none else end - at


def _is_of_policy(line: str) -> bool:
    """Not the title of another document: a sentence, a long line or a numbered item."""
    marker = marker_at(line, 0)
    is_item = marker is not None and marker.kind != "bullet"
    return len(line) > _LONGEST_TITLE_LINE or _SENTENCE.search(line) is not None or is_item
