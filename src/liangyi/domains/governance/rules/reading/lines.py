"""Lines that a printer or a mail program broke in the middle of a sentence, and line ends that were lost."""

from __future__ import annotations

import re
from collections import Counter

from liangyi.domains.governance.rules.reading.markers import marker_at
from liangyi.domains.governance.rules.words import words

_ENDS = "。；：！？;:!?.)）】”』|"
_GOES_ON = "；;"
_COMMAS = "，,、"
_NARROW, _WIDE = 18, 120
_BAND = 0.85
_PAGE = re.compile(r"(\d{1,3})、\s?")
_LONG_PAGE = 120
# A stray letter that stands for a line end.
_STRAY = re.compile(r"(?:(?<=[。；：！？】])|^)\u0420(?=[【(（\d一二三四五六七八九十第])|(?<=】)\u0420")
_FIRST = r"(?=\s?(?:[(（]\s?[一1]\s?[)）]|[一1][、.．]\s?[^\d\s]|[⑴①⒈㈠]))"
_BRACKETED = re.compile(rf"(?:^|(?<=[。；！？]))(【[^【】。；]{{2,20}}】){_FIRST}")
_TITLE = re.compile(r"(?<=[。；！？])([^，。；：！？,;:!?\s\d(（“\"]{4,26})(?=1[、.．]\s?[^\d\s])")
_TITLE_ENDS = words("title_ends") + words("document_ends")
_ITEM = re.compile(r"\d[、.．]")
_CROWDED = 4


def unwrapped(lines: list[str]) -> list[str]:
    """`lines` with full-width lines joined to what they continue; others are as they were.

    A document is taken as broken by width when a good part of its lines are about as wide as the widest
    and stop in the middle of a sentence. Elsewhere only a rest of a few letters is joined.
    """
    width = _width(lines)
    joined: list[str] = []
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else ""
        if before and marker_at(line, 0) is None and "\t" not in line and _continues(before, line, width):
            joined[-1] = _join(joined[-1], line)
        else:
            joined.append(line)
    return joined


def _continues(before: str, line: str, width: float) -> bool:
    if before[-1] in _COMMAS:
        return True
    if not width:
        return _is_rest(before, line)
    is_full = _columns(before) >= width * _BAND
    return is_full and (before[-1] not in _ENDS or before[-1] in _GOES_ON)


def _is_rest(before: str, line: str) -> bool:
    """A few letters that end the sentence the line above broke off in: "…降压药、减肥" "药。"."""
    return (
        len(line) <= 8
        and line[-1] in "。；"
        and len(before) >= _NARROW
        and "\u4e00" <= before[-1] <= "\u9fff"
        and re.search(r"[，,、；;]", before) is not None
    )


def _columns(line: str) -> float:
    """Width in Chinese letters: Western letters and digits take half the room."""
    return len(line) - sum(letter.isascii() and letter.isalnum() for letter in line) / 2


def _width(lines: list[str]) -> float:
    """The page's width in Chinese letters, 0 when lines are paragraphs."""
    lengths = sorted(_columns(line) for line in lines)
    if len(lengths) < 4:
        return 0
    open_lines = Counter(round(_columns(line)) for line in lines if line[-1] not in _ENDS)
    width = max(
        (length for length in open_lines if _NARROW <= length <= _WIDE),
        key=lambda length: (_near(open_lines, length), length),
        default=0,
    )
    full = _near(open_lines, width)
    wider = sum(1 for length in lengths if length > width * 1.15)
    return width if width and full >= 2 and full * 4 >= len(lines) and wider * 10 <= len(lines) else 0


def _near(lengths: Counter[int], length: int) -> int:
    """How many lines are about as wide as `length`, none much wider counted."""
    return sum(count for other, count in lengths.items() if length * _BAND <= other <= length * 1.1)


def _join(first: str, second: str) -> str:
    latin = first[-1].isascii() and second[0].isascii() and first[-1].isalnum() and second[0].isalnum()
    return first + (" " if latin else "") + second


def without_page_numbers(lines: list[str]) -> list[str]:
    """Pages run together, each headed by its number ("1、…" "2、…") in the middle of a sentence: one text."""
    found = [_PAGE.match(line) for line in lines]
    numbers = [int(match.group(1)) if match else 0 for match in found]
    are_pages = len(lines) > 1 and numbers == list(range(1, len(lines) + 1))
    if not are_pages or any(line[-1] in _ENDS or len(line) < _LONG_PAGE for line in lines[:-1]):
        return lines
    pages = [line[match.end() :] for line, match in zip(lines, found, strict=True) if match]
    whole = pages[0]
    for page in pages[1:]:
        whole = _join(whole, page) if page else whole
    return [whole]


def put_back(lines: list[str]) -> list[str]:
    """Line ends that were lost before and behind titles, where what follows leaves no doubt."""
    return [part for line in lines for part in _at_titles(line).split("\n") if part.strip()]


def _at_titles(line: str) -> str:
    line = _BRACKETED.sub(r"\n\1\n", _STRAY.sub("\n", line))
    if len(_ITEM.findall(line)) < _CROWDED:
        return line
    return _TITLE.sub(lambda match: _set_apart(match.group(1)), line)


def _set_apart(title: str) -> str:
    is_title = title.endswith(_TITLE_ENDS) and marker_at(title, 0) is None
    return f"\n{title}\n" if is_title else title
