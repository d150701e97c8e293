"""Tables of contents: found, read for the tree they show, and taken out."""

from __future__ import annotations

import re
from itertools import pairwise

from liangyi.domains.governance.rules.numerals import CHINESE
from liangyi.domains.governance.rules.reading.pieces import ContentsEntry

_FEWEST = 3
_IN_ONE_LINE = re.compile(r"\s*([^\d\s][^\d]{1,58}?)[\s.·…]+(\d{1,3})(?=[^\d.、%]|$)")
_LINE = re.compile(r"(?P<title>\S.{0,58}?)(?:\s*[.·…⋯﹒．]{2,}\s*|\t+|\s{1,})[-(（]?(?P<page>\d{1,3})[-)）]?")
_HEAD = re.compile(r"目\s*[录次]|(?i:contents|table of contents)")
_HIGH = re.compile(rf"第[{CHINESE}\d]+[编章部分篇]|[{CHINESE}]+、")
_MIDDLE = re.compile(rf"第[{CHINESE}\d]+节|[(（][{CHINESE}]+[)）]")
_DECIMAL = re.compile(r"(\d+(?:\.\d+)*)[.、\s]*(?=\D)")
_PAGE_GLUED = re.compile(r"第\s*1\s*页")


def take_contents(lines: list[str]) -> tuple[list[str], tuple[ContentsEntry, ...]]:
    """The lines without the table of contents, and what it said, in order."""
    for at, line in enumerate(lines[:40]):
        pairs = _pairs_in(line)
        if len(pairs) >= 2 * _FEWEST:
            return lines[:at] + lines[at + 1 :], _entries([title for title, _page in pairs])
    start, end = _block(lines)
    if end == start:
        return lines, ()
    titles = [_title_of(line) for line in lines[start:end] if not _HEAD.fullmatch(line)]
    return lines[:start] + lines[end:], _entries(titles)


def _pairs_in(line: str) -> list[tuple[str, int]]:
    """Title and page, title and page in one run-together line, pages never falling."""
    if "。" in line:
        return []
    found = [(match.group(1).strip(), int(match.group(2))) for match in _IN_ONE_LINE.finditer(line)]
    covered = sum(len(title) for title, _page in found)
    return found if _rising([page for _title, page in found]) and covered * 2 > len(line) else []


def _rising(pages: list[int]) -> bool:
    return all(first <= second for first, second in pairwise(pages))


def _block(lines: list[str]) -> tuple[int, int]:
    """Where the longest run of "title … page" lines begins and ends among the first lines."""
    best = (0, 0)
    at = 0
    limit = min(len(lines), 400)
    while at < limit:
        end, pages = at, []
        while end < limit and (match := _LINE.fullmatch(lines[end])) and not re.search("[。；]", lines[end]):
            pages.append(int(match.group("page")))
            end += 1
        if (
            end - at >= _FEWEST
            and _rising(pages)
            and end - at > best[1] - best[0]
            and _has_leaders(lines[at:end])
        ):
            best = (at, end)
        at = max(end, at + 1)
    start, end = best
    return (start - 1, end) if end > start > 0 and _HEAD.fullmatch(lines[start - 1]) else best


def _has_leaders(lines: list[str]) -> bool:
    """Dots, tabs or numbering: a list of goods with quantities is no table of contents."""
    led = sum(bool(re.search(r"[.·…⋯﹒．]{2,}|\t", line)) for line in lines)
    numbered = sum(_level(line) is not None for line in lines)
    return led * 2 >= len(lines) or numbered * 2 >= len(lines)


def _title_of(line: str) -> str:
    match = _LINE.fullmatch(line)
    return (match.group("title") if match else line).strip(" .·…\t")


def _entries(titles: list[str]) -> tuple[ContentsEntry, ...]:
    """Levels by numbering; what has none stands below the numbered title before it."""
    found: list[ContentsEntry] = []
    parent = 0
    for title in titles:
        name = _PAGE_GLUED.split(title)[-1].strip()
        level = _level(name)
        if level is not None:
            parent = level
        elif not parent:
            continue  # the document's own title
        if name:
            found.append(ContentsEntry(name, level or parent + 1))
    return tuple(found)


def _level(title: str) -> int | None:
    if _HIGH.match(title):
        return 1
    if _MIDDLE.match(title):
        return 2
    if match := _DECIMAL.match(title):
        return 1 + match.group(1).count(".")
    return None
