"""The numbering of Chinese policies, wherever in a line it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from liangyi.domains.governance.rules.numerals import CHINESE, CIRCLED, value_of

_C = f"[{CHINESE}]"
_CANDIDATE = re.compile(
    rf"(?P<volume>第\s?(?:{_C}{{1,4}}|\d{{1,3}})\s?(?:编|篇|部分))"
    rf"|(?P<chapter>第\s?(?:{_C}{{1,4}}|\d{{1,3}})\s?章)"
    rf"|(?P<section>第\s?(?:{_C}{{1,4}}|\d{{1,3}})\s?节)"
    rf"|(?P<article>第\s?(?:{_C}{{1,5}}|\d{{1,4}})\s?条(?:之{_C})?)"
    rf"|(?P<word>(?:第{_C}{{1,2}}|其{_C})(?=[，,、：:])[，,、：:]|{_C}{{1,2}}是(?!否|非))"
    rf"|(?P<chinese>{_C}{{1,3}}\s?[、．.])"
    rf"|(?P<bracket>[(（]\s?{_C}{{1,3}}\s?[)）][、.．]?|[㈠-㈩][、.．]?)"
    r"|(?P<zero>0[1-9](?=[\u4e00-\u9fff]))"
    rf"|(?P<decimal>\d{{1,3}}(?:[.．]\d{{1,3}}){{1,4}}(?![\d%％])[.．、]?)"
    rf"|(?P<number>\d{{1,3}}\s?(?:[.．](?!\d)|、)|[⒈-⒛][、.．]?)"
    rf"|(?P<round>[(（]\s?\d{{1,2}}\s?[)）][、.．]?|[⑴-⒇][、.．]?)"
    rf"|(?P<half>\d{{1,2}}\s?[)）][、.．]?)"
    rf"|(?P<circled>[{CIRCLED}][、.．]?)"
    rf"|(?P<bullet>[-–—•●○■□◆◇▪·*✓√➢►❖](?=\s?[\u4e00-\u9fffA-Za-z“\"(（《\d]))"
)
_AT_START = re.compile(
    r"(?P<markdown>#{1,6}\s)"
    r"|(?P<roman>[IVX]{1,4}[.．、]\s?)"
    rf"|(?P<chinese>{_C}{{1,2}}\s?[:：])"
    r"|(?P<letter>[(（]?[a-zA-Z][.．、)）]\s?(?![a-z]\.))"
    r"|(?P<plain>\d{1,2}\s(?=[\u4e00-\u9fff]{2,16}$))"
)
RANKS = {
    "volume": 10,
    "chapter": 20,
    "section": 30,
    "article": 40,
    "roman": 45,
    "zero": 48,
    "chinese": 50,
    "bracket": 60,
    "plain": 70,
    "number": 70,
    "decimal": 70,
    "round": 80,
    "half": 82,
    "circled": 85,
    "letter": 87,
    "word": 88,
    "bullet": 90,
}
_UNITS = re.compile(
    r"\s?(?:米|厘米|毫|微|千|公|克|升|倍|元|万|亿|小时|分|秒|天|日|月|年|岁|次|个|人|张|级|度|℃|°|%|％|"
    r"[mMkKcC]?[mMgGlL]\b|MPa|kPa|ml|mg|cm|mm|kg)(?![\u4e00-\u9fff](?<![以内左的每后前及至]))"
)
_REFERENCE_AFTER = re.compile(
    rf"\s?(?:规定|所|的|之规定|、第|和第|至第|及第|或|第[{CHINESE}\d]+[款项]|款|项|中[^心]|至|[)）])"
)
_REFERENCE_BEFORE = re.compile(
    r"(?:按照|根据|依据|依照|违反|符合|本[法办规条细制]\S{0,2}|条例|办法|规定|见|与|和|及|、|至|第|条|款|附件|表|图|注)\s?$"
)
_NOT_GLUED = re.compile(r"[统唯之逐万专同单任某每第周星期表图注款条例等年月]$|(?<!条)件$")
_REFERRED_TO = ("volume", "chapter", "section", "article", "bracket", "round", "half")
_SENTENCE_ENDS = "。；：！？:;!?"
_CLOSERS = "”’」』\"'】》 "
_TITLE_LONGEST = 30
_LETTER_K = 11
# "02号", "05年", "03室" are no numbers of sections.
_COUNTED = re.compile(r"\s?(?:[号室床版年月日时分点个次台楼层岁例人]|诊室|诊间)")
_SECOND_ZERO = re.compile(rf"02(?!{_COUNTED.pattern})[\u4e00-\u9fff]")
_SECOND_WORD = re.compile(r"[；;。]\s?二是")
_WINDOW = 60
_PROSE = re.compile(r"[。；！？，,;]|应(?![用急对])|[须将被把]")


@dataclass(frozen=True)
class Marker:
    """A numbering marker in a line: `start` to `end` is its own text, `value` 0 for a bullet."""

    kind: str
    rank: int
    value: int
    start: int
    end: int


@dataclass
class Sequence:
    """Which numbers came last, so that a marker in the middle of a line can be told from prose."""

    last: dict[str, int] = field(default_factory=dict)
    decimals: tuple[int, ...] = ()

    def expects(self, kind: str, value: int) -> bool:
        return value == 1 or value == self.last.get(kind, 0) + 1

    def expects_decimal(self, parts: tuple[int, ...]) -> bool:
        """1.1 begins; after 1.2 come 1.3, 1.2.1, 2.1; after 1.2.1 also 1.3; after 3. comes 3.1."""
        known = self.decimals or (self.last.get("number", 0),)
        if parts[-1] == 1:
            return parts[0] in (known[0], known[0] + 1, self.last.get("number", 0)) or not known[0]
        return any(parts == (*known[:depth], known[depth] + 1) for depth in range(len(known)))

    def note(self, marker: Marker, text: str) -> None:
        self.last["number" if marker.kind == "plain" else marker.kind] = marker.value
        if marker.kind == "decimal":
            self.decimals = decimal_parts(text)


def decimal_parts(text: str) -> tuple[int, ...]:
    """(1, 2) of "1.2" or "１．２、"."""
    return tuple(int(part) for part in re.findall(r"\d+", text))


def marker_at(line: str, start: int) -> Marker | None:
    """The marker a line begins with."""
    found = next(markers_in(line, Sequence(), only_start=True), None)
    return found if found is not None and found.start == start else None


def markers_in(line: str, sequence: Sequence, *, only_start: bool = False) -> Iterator[Marker]:
    """Every marker of a line, in order; `sequence` is carried from line to line."""
    position = 0
    if match := _AT_START.match(line):
        marker = _with_one_for_l(_made(match), match.group(), sequence)
        if marker.kind != "chinese" or sequence.expects(marker.kind, marker.value):
            sequence.note(marker, match.group())
            yield marker
            position = marker.end
        if marker.kind == "markdown":
            return
    boundary = position
    while match := _CANDIDATE.search(line, position):
        marker = _made(match)
        if _stands(line, marker, boundary, sequence):
            sequence.note(marker, match.group())
            yield marker
            boundary = position = marker.end
        else:
            position = max(match.start() + 1, match.end() - 1)
            if match.group()[0].isdigit():
                position = _after_digits(line, match.start())
        if only_start:
            return


def _after_digits(line: str, start: int) -> int:
    at = start
    while at < len(line) and (line[at].isdigit() or line[at] in ".．"):
        at += 1
    return max(at, start + 1)


def _made(match: re.Match[str]) -> Marker:
    kind = match.lastgroup or ""
    text = match.group()
    if kind == "markdown":
        return Marker(kind, text.count("#"), 0, match.start(), match.end())
    parts = decimal_parts(text) if kind == "decimal" else ()
    value = parts[-1] if parts else _value(kind, text)
    rank = RANKS[kind] + max(len(parts) - 1, 0)
    return Marker(kind, rank, value, match.start(), match.end())


def _with_one_for_l(marker: Marker, text: str, sequence: Sequence) -> Marker:
    """ "(l)" is a badly read "(1)" where no letter k came before it."""
    if marker.kind != "letter" or "l" not in text or sequence.last.get("letter") == _LETTER_K:
        return marker
    kind = "round" if text[0] in "(（" else "half" if text.rstrip()[-1] in ")）" else "number"
    return Marker(kind, RANKS[kind], 1, marker.start, marker.end)


def _value(kind: str, text: str) -> int:
    if kind == "bullet":
        return 0
    if kind == "letter":
        return ord(next(letter for letter in text.lower() if letter.isalpha())) - ord("a") + 1
    if kind == "roman":
        return {
            "I": 1,
            "II": 2,
            "III": 3,
            "IV": 4,
            "V": 5,
            "VI": 6,
            "VII": 7,
            "VIII": 8,
            "IX": 9,
            "X": 10,
        }.get(re.sub("[^IVX]", "", text), 0)
    found = re.search(rf"{_C}+|\d+|[{CIRCLED}]", text) or re.search(
        rf"{_C}+|\d+", unicodedata.normalize("NFKC", text)
    )
    return value_of(found.group()) if found else 0


def _stands(line: str, marker: Marker, boundary: int, sequence: Sequence) -> bool:
    """Whether this really is a marker here, and not a decimal, a reference or prose."""
    before = line[max(0, marker.start - _WINDOW) : marker.start]
    after = line[marker.end : marker.end + _WINDOW]
    if not _fits(line, marker, before, after):
        return False
    if marker.kind in ("zero", "word") and not _is_due(line, marker, sequence):
        return False
    if not before.strip():
        return marker.kind != "decimal" or sequence.expects_decimal(decimal_parts(_text(line, marker)))
    if marker.kind == "decimal" and not sequence.expects_decimal(decimal_parts(_text(line, marker))):
        return False
    if boundary and not line[boundary : marker.start].strip() and marker.kind != "bullet":
        return marker.value == 1  # "三、（一）": right behind the one above it
    tail = before.rstrip(_CLOSERS)
    if tail and tail[-1] in _SENTENCE_ENDS:
        return tail[-1] not in ":：" or marker.kind == "bullet" or _follows(marker, sequence)
    return _is_glued(line[max(boundary, marker.start - _WINDOW) : marker.start], marker, after, sequence)


def _is_due(line: str, marker: Marker, sequence: Sequence) -> bool:
    """ "一是…；二是…" and "01…02…" count only from the first to the next, and only where there are two."""
    text = _text(line, marker)
    if marker.kind == "word" and not text.endswith("是"):
        return True
    if marker.value == 1:
        return (_SECOND_WORD if marker.kind == "word" else _SECOND_ZERO).search(line, marker.end) is not None
    return marker.value == sequence.last.get(marker.kind, 0) + 1


def _text(line: str, marker: Marker) -> str:
    return line[marker.start : marker.end]


def _fits(line: str, marker: Marker, before: str, after: str) -> bool:
    """What holds wherever the marker stands."""
    previous = line[marker.start - 1] if marker.start else ""
    if marker.kind in ("number", "decimal", "half"):
        if previous and (previous in ".-/(．（第" or (previous.isascii() and previous.isalnum())):
            return False
        if marker.kind == "decimal" and _UNITS.match(after):
            return False
        return not (marker.kind == "half" and before.rfind("(") > before.rfind(")"))
    if marker.kind == "zero":
        return not (previous.isascii() and previous.isalnum()) and not _COUNTED.match(after)
    if marker.kind == "chinese" and after[:1] and after[0] in CHINESE:
        return _heads_line(before) and value_of(after[0]) < marker.value
    if marker.kind in ("chinese", "bracket", "round"):
        return not after[:1] or after[0] not in "款项条"
    if marker.kind in ("volume", "chapter", "section", "article"):
        return not _REFERENCE_AFTER.match(after) and previous not in tuple("【《〈“「『")
    return True


def _heads_line(before: str) -> bool:
    """ "四、一名医师…" begins a line or follows a sentence; "一、二级医院" and "四、五级" name grades."""
    return not before.strip() or before.rstrip(_CLOSERS)[-1:] in ("。", "；")


def _follows(marker: Marker, sequence: Sequence) -> bool:
    last = sequence.last.get(marker.kind, 0)
    return marker.value == 1 or last < marker.value <= last + 2


def _is_glued(since: str, marker: Marker, after: str, sequence: Sequence) -> bool:
    """A marker right behind a title: the stretch before it is title-like, and the number is the next."""
    title = since.strip()
    if marker.kind == "bullet":
        return after.startswith(" ") and _is_title_like(title)
    if marker.kind == "word" or not sequence.expects(marker.kind, marker.value):
        return False
    if marker.kind == "circled":
        return marker.value > 1
    if _goes_on_counting(since, marker, after, sequence):
        return True
    if marker.kind in _REFERRED_TO and _REFERENCE_BEFORE.search(since):
        return False
    return not _NOT_GLUED.search(title) and _is_title_like(title) and bool(after) and not after[0].isdigit()


def _goes_on_counting(since: str, marker: Marker, after: str, sequence: Sequence) -> bool:
    """ "1.甲级率≥90%（去年87%）2.签署率100% 3.…": the next number, behind a bracket or a space."""
    is_next = marker.kind == "number" and marker.value == sequence.last.get("number", 0) + 1 > 1
    return is_next and since[-1:] in (")", "）", " ") and "\u4e00" <= after.strip()[:1] <= "\u9fff"


def _is_title_like(text: str) -> bool:
    return 0 < len(text) <= _TITLE_LONGEST and not _PROSE.search(text)
