"""Places where bytes were lost on the way to us. They are marked, never guessed.

A lost byte leaves a question mark and spoils the letters that follow ("确??蛻粼卺t" was 确保客户在医).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LETTER = r"\u3400-\u9fff"
_SPOT = re.compile(
    r"[\ufffd\ue000-\uf8ff]+"  # a decoder's replacement mark; private letters
    r"|锟斤拷|烫烫烫"  # UTF-8 read as GBK and back
    r"|\?{2,}[^\s\u3002]{0,4}"
    rf"|(?<=[{_LETTER}])\?(?=[;,.:\u3002，；：、])[;,.:\u3002，；：、]?[^\s\u3002]{{0,4}}"
    rf"|(?<=[{_LETTER}])\?[a-zü]{{1,6}}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{{0,3}}\)?"
    rf"|(?<=[{_LETTER}])\?(?=[{_LETTER}])"
)
_QUESTION = re.compile(r"[吗呢何否谁哪几]|什么|怎么|怎样|多少|是不是|有没有|能不能|会不会|可不可以")
_SENTENCE = re.compile(r"[^。！？；\n?!]*\Z")
_MANY_MARKS = re.compile(r"\?{2,}(?=\s|$)")


def broken_spots(text: str) -> Iterator[tuple[int, int]]:
    """The doubtful stretches of `text` as (start, end). A real question mark is none."""
    for match in _SPOT.finditer(text):
        if not _is_question(text, match):
            yield match.start(), match.end()


def is_broken(text: str) -> bool:
    """Whether something of `text` was lost."""
    return next(broken_spots(text), None) is not None


def _is_question(text: str, match: re.Match[str]) -> bool:
    if not match.group().startswith("?"):
        return False
    sentence = _SENTENCE.search(text[max(0, match.start() - 60) : match.start()])
    asks = sentence is not None and _QUESTION.search(sentence.group()) is not None
    return asks and (match.group() == "?" or _MANY_MARKS.match(text, match.start()) is not None)
