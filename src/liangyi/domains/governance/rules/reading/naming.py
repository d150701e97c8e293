"""The policy's own name: found above its text, set apart from what is glued to it, said once.

Sites repeat the name above a policy and number their samples with it ("接待制度 篇1", "接待制度（精选5篇）").
"""

from __future__ import annotations

import re

from liangyi.domains.governance.rules.reading.markers import marker_at
from liangyi.domains.governance.rules.words import words

_KIND = f"(?:{'|'.join(words('document_ends'))})(?:范本|范文|模板)?"
_TAIL = r"(?:[(（][^()（）]{1,12}[)）])?"
_NAME = re.compile(rf"[^，。；：？！:,;?!\t]{{2,36}}{_KIND}{_TAIL}")
_GLUED = re.compile(
    rf"([^，。；：？！:,;?!\t\s]{{2,36}}?{_KIND}{_TAIL})"
    r"(?=第一[章条编]|一、|1\s?[、.．]\s?[^\d\s]|\s?篇\s?1|为(?:了|防止|规范|加强|保|进一步|确保|提高|维护|促进)|根据|依据)"
)
_COLLECTION = (
    r"(?:范本|范文|模板)?\s?[(（]?(?:精选|通用|范本|集锦|最新|推荐|热门|合集|优秀|必备)?\s?\d{1,3}\s?篇[)）]?"
)
_VOLUME = re.compile(r"(?:#+\s*|第\s?[一二三四五六七八九十\d]{1,3}\s?(?:篇|部分)\s?[:：]?\s*)")
_NOTICE = re.compile(r"关于(?:印发|下发|发布|修订)《(.+?)》的通知")
_AFTER_NAME = re.compile(rf"(?:{_COLLECTION}|\s?[【(（]?篇?\s?\d{{1,5}}\s?[】)）]?)$")
_NUMBERED = re.compile(rf"{_NAME.pattern}\s?[【(（]?篇?\s?\d{{1,2}}\s?[】)）]?")
_NUMBERED_BY_BRACKET = re.compile(
    rf"[^，。；：？！:,;?!\t\s]{{2,30}}?{_KIND}[(（][一二三四五六七八九十]{{1,2}}[)）](?=为了?[^\s]{{4}}|根据|依据|一、|第一[章条]|1\s?[、.．])"
)
_DATE = re.compile(r"(?:19|20)\d{2}-\d{2}-\d{2}")
_BRACKETED = re.compile(r"[(（][^()（）]{1,12}[)）]")
_LEFT_OUT = re.compile(r"[(（]略[)）][.。…]*")
# What follows a name that is the subject of its sentence.
_PREDICATE = re.compile(
    r"[(（是由的应须必要自在和与及、》”\"]|不|适用|旨在|规定|要求|包括|分为|执行|实施|如下"
)
_HEAD = 10
_SHORTEST = 4


def is_name(line: str) -> bool:
    """Whether a line could be a policy's name: without marks, ending in 制度, 办法, 须知 and the like."""
    return _NAME.fullmatch(line) is not None


def bare_name(line: str) -> str:
    """The name in a line, without a sample's or collection's number and what a notice puts around it."""
    line = _VOLUME.sub("", line, count=1) if _VOLUME.match(line) else line
    notice = _NOTICE.search(line)
    return (notice.group(1) if notice else _AFTER_NAME.sub("", line)).strip()


def sample_apart(line: str) -> list[str]:
    """A line that begins with a further sample's name ("接待制度(二)为了…") in two."""
    found = _NUMBERED_BY_BRACKET.match(line)
    return [line] if found is None else [line[: found.end()], line[found.end() :]]


def own_name(lines: list[str]) -> str:
    """The policy's name among the first lines; empty when none of them is one."""
    for line in lines[:_HEAD]:
        if _is_item(line) or "。" in line:
            break
        name = bare_name(line)
        if len(name) >= _SHORTEST and is_name(name):
            return name
    first = _GLUED.match(lines[0]) if lines and marker_at(lines[0], 0) is None else None
    return first.group(1) if first and len(first.group(1)) >= _SHORTEST else ""


def is_sample(line: str) -> bool:
    """Whether a line is a policy's name with the number of a sample: "接待制度 2", "接待制度【篇2】"."""
    return _NUMBERED.fullmatch(line) is not None


def names_said_once(lines: list[str], name: str) -> list[str]:
    """`lines` with the policy's name, and others printed above the text, said once on lines of their own.

    Only above the first numbered item is a repetition left out: below it a name heads a part of its own.
    A further sample ("接待制度2") keeps its heading: what stands below it is another policy.
    """
    others = [line for line in lines[:_HEAD] if is_name(line) and marker_at(line, 0) is None]
    for known in dict.fromkeys([name, *others]):
        if len(known) >= _SHORTEST:
            lines = _said_once(lines, known, is_title=known == name)
    return lines


def _said_once(lines: list[str], name: str, *, is_title: bool) -> list[str]:
    found: list[str] = []
    sample, is_head, was_named = 1, True, False
    split = [part for line in lines for part in _at_samples(line, name)]
    for at, line in enumerate(split):
        before = bare_name(split[at - 1]) if at else name
        if 0 < at < len(split) - 1 and _DATE.fullmatch(line) and split[at - 1] == split[at + 1] == name:
            continue  # the site's date between a name and its repetition
        rest, number = _after_name(line, name, sample, follows_name=before == name)
        is_repeated = is_head and was_named and (is_title or before == name)
        if rest == line:
            found.extend([] if is_repeated and _is_collection(line, name) else [line])
        else:
            is_left_out = _LEFT_OUT.fullmatch(rest) is not None
            if not (is_left_out if number > 1 else is_repeated):
                found.append(line.removesuffix(rest).strip() if number > 1 or not rest else name)
            found.extend([rest] if rest and not is_left_out else [])
        sample = max(sample, number)
        was_named = was_named or rest != line or bare_name(line) == name
        is_head = is_head and not _is_item(found[-1] if found else "")
    return found


def _is_item(line: str) -> bool:
    marker = marker_at(line, 0) if line else None
    return marker is not None and marker.kind not in ("volume", "markdown")


def _at_samples(line: str, name: str) -> list[str]:
    """A line that holds several samples ("…。接待制度篇2为了…") at their names."""
    return re.split(rf"(?<=[。；！？])(?={re.escape(name)}\s?篇\s?\d)", line)


def _is_collection(line: str, name: str) -> bool:
    """ "2024年接待制度（精选5篇）"."""
    return name in line and len(line) <= len(name) + 20 and re.search(rf"{_COLLECTION}$", line) is not None


def _after_name(line: str, name: str, sample: int, *, follows_name: bool) -> tuple[str, int]:
    """What follows the name and its numbers at the head of a line, and the last sample's number.

    The whole line where the name is only the beginning of a sentence.
    """
    rest, number = line, 0
    while rest.startswith(name):
        rest = rest[len(name) :]
        if found := re.match(_COLLECTION, rest):
            rest = rest[found.end() :]
        elif found := _sample(rest, sample):
            number = int(found.group(1))
            rest = rest[found.end() :]
    stripped = rest.strip()
    if rest == line or not stripped or number:
        return (stripped, number) if rest != line else (line, 0)
    if _BRACKETED.fullmatch(stripped):
        return line, 0
    if marker_at(stripped, 0) is not None or (follows_name and not _PREDICATE.match(stripped)):
        return stripped, number
    return line, 0


def _sample(rest: str, sample: int) -> re.Match[str] | None:
    """The number of the sample that is due: "篇1" of "篇11、登记…", "2" of "2为加强…", none of "1.目的"."""
    due = rf"(?:{sample}|{sample + 1})"
    return re.match(rf"\s?[【(（]?篇\s?({due})\s?[】)）]?", rest) or re.match(
        rf"\s?({due}|\d{{4,5}}$)(?![\d.．、)）年月日条章号版项个])", rest
    )
