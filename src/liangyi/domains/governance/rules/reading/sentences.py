"""Prose into sentences, and sentences into single obligations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liangyi.domains.governance.rules.reading.kinds import is_normative

_END = re.compile(r"(?:[。！？；;!?…]+[”’」』）)】》\"]*|\.(?=\s+[A-Z“\"]))\s*|\n+")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|No|Dr|Mr|Ms|Prof|vs|Fig|Art|Sec)|\b[A-Z])$")
_OPEN, _CLOSE = "（(“「『《【[", "）)”」』》】]"
_BAN = re.compile(r"[，,](?=(?:并|且|但|更|也|均|绝)?(?:不得|严禁|禁止|不准|不许|切勿)[^，。；]{2,})")
_CONDITION = re.compile(r"(?:的|者|时|前|后|期间|情况下|情形下)\s*$")
# "接触病人前；清洁操作前": moments, although a verb stands before them.
_MOMENT = re.compile(r"[前后时]$")
_SHORTEST = 8
_BARE = 12


def sentence_ends(text: str) -> list[int]:
    """Where sentences of `text` end, the last at its end. Nothing is cut inside brackets or quotes."""
    ends: list[int] = []
    start = 0
    for match in _END.finditer(text):
        if _is_inside(text[start : match.start()]) and "\n" not in match.group():
            continue
        if _is_no_end(text, match) or _is_enumeration(text, start, match):
            continue
        ends.extend(_bans(text, start, match.end()))
        ends.append(match.end())
        start = match.end()
    if start < len(text):
        ends.extend(_bans(text, start, len(text)))
        ends.append(len(text))
    return ends


def _is_no_end(text: str, match: re.Match[str]) -> bool:
    mark = match.group()
    if mark.startswith("?") and not mark.startswith("? ") and match.end() < len(text):
        return True  # a broken spot, or a question inside a sentence
    return mark.startswith(".") and _ABBREVIATION.search(text[: match.start()]) is not None


def _is_enumeration(text: str, start: int, match: re.Match[str]) -> bool:
    """ "病历应包括：主诉；现病史；诊断。" is one duty: what follows the semicolon is a bare thing."""
    if match.group()[0] not in "；;" or not re.search("[：:]", text[start : match.start()]):
        return False
    following = re.split(r"[；;。！？\n]", text[match.end() : match.end() + 40], maxsplit=1)[0]
    return 0 < len(following) <= _BARE and (
        not is_normative(following) or _MOMENT.search(following) is not None
    )


def _is_inside(text: str) -> bool:
    """Whether a bracket or quote opened in `text` is still open; unbalanced ones after 80 letters are not."""
    for opening, closing in zip(_OPEN, _CLOSE, strict=True):
        at = text.rfind(opening)
        if at >= 0 and closing not in text[at:] and len(text) - at < 80:
            return True
    return False


def _bans(text: str, start: int, end: int) -> Iterator[int]:
    """Cuts "…应及时记录，不得涂改。" into the duty and the ban, when the first part is a duty of its own.

    "未经告知的，不得手术。" stays whole: what stands before the ban says when it holds.
    """
    begun = start
    for match in _BAN.finditer(text, start, end):
        first = text[begun : match.start()]
        if len(first.strip()) < _SHORTEST or _CONDITION.search(first):
            continue
        if not _is_inside(first) and is_normative(first):
            yield match.end()
            begun = match.end()
