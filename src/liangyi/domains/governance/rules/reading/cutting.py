"""A cleaned policy into its clauses."""

from __future__ import annotations

import re

from liangyi.domains.governance.rules.reading.broken import is_broken
from liangyi.domains.governance.rules.reading.kinds import kind_of
from liangyi.domains.governance.rules.reading.numbering import Placed, place
from liangyi.domains.governance.rules.reading.parts import Role, parts_of
from liangyi.domains.governance.rules.reading.pieces import Cleaned, Kind, ReadClause

_FINISHED = re.compile(r"[。！？；!?;.…][”’」』）)】》\"]*$")
_SIGNED = re.compile(
    r"年.{1,5}月.{0,5}日?$|^(?:附件|附录|附表|注)|(?:公司|医院|诊所|门诊部|中心|委员会|签名|签字|盖章|印发|发布)[:：]?$|^[\d./-]+$|^\|"
)
_TITLED = (Role.TITLE, Role.HEADING, Role.RUN_IN)


def cut(cleaned: Cleaned) -> list[ReadClause]:
    """The clauses of `cleaned`, in order. Their texts joined together are its text, letter by letter."""
    text = cleaned.text
    parts = parts_of(text, cleaned.contents)
    kinds: list[Kind] = []
    found: list[ReadClause] = []
    for placed in place(text, parts):
        kind = _kind(text, placed, kinds)
        kinds.append(kind)
        words = text[placed.part.start : placed.part.end]
        found.append(ReadClause(placed.number, placed.path, words, kind, is_broken=is_broken(words)))
    return _with_last_marked(found)


def _kind(text: str, placed: Placed, kinds: list[Kind]) -> Kind:
    part = placed.part
    if part.role in _TITLED:
        return Kind.HEADING
    lead = kinds[placed.hangs_from] if placed.hangs_from >= 0 else None
    start = part.start + (part.marker.end - part.marker.start if part.marker else 0)
    words = text[start : part.end]
    if not re.search(r"\w", words):
        return Kind.NARRATIVE
    return kind_of(words, placed.path, lead)


def _with_last_marked(clauses: list[ReadClause]) -> list[ReadClause]:
    """Marks the last clause when the document breaks off in it."""
    if not clauses or not _breaks_off(clauses):
        return clauses
    last = clauses[-1]
    ended = ReadClause(last.number, last.path, last.text, last.kind, last.is_broken, is_incomplete=True)
    return [*clauses[:-1], ended]


def _breaks_off(clauses: list[ReadClause]) -> bool:
    """The last words are no whole sentence, although sentences here do end in a mark."""
    words = clauses[-1].text.strip()
    if not words or "\t" in words or _FINISHED.search(words) or _SIGNED.search(words):
        return False
    if words.endswith(("，", "、", ",", "：", ":")):
        return True
    others = [clause.text.strip() for clause in clauses[:-1] if clause.kind is not Kind.HEADING]
    finished = sum(1 for other in others if _FINISHED.search(other))
    return bool(others) and finished * 2 > len(others)
