"""How Chinese names are read: pinyin by syllable, with the readings a character takes as a surname."""

from __future__ import annotations

import re
from itertools import islice, product

# Surnames that running text reads otherwise, or that families read in more than one way. The usual
# reading stands first; all are indexed. Simplified and traditional forms are read alike.
SURNAMES: dict[str, tuple[str, ...]] = {
    "单單": ("shan", "dan", "chan"),
    "曾": ("zeng", "ceng"),
    "仇": ("qiu", "chou"),
    "区區": ("ou", "qu"),
    "查": ("zha", "cha"),
    "解": ("xie", "jie"),
    "盖蓋": ("ge", "gai"),
    "尉": ("wei", "yu"),
    "朴": ("piao", "pu"),
    "繁": ("po", "fan"),
    "种": ("chong", "zhong"),
    "员員": ("yun", "yuan"),
    "贠": ("yun", "yuan"),
    "乐樂": ("yue", "le"),
    "覃": ("qin", "tan"),
    "翟": ("zhai", "di"),
    "秘": ("bi", "mi"),
    "缪繆": ("miao", "mou"),
    "宓": ("mi", "fu"),
    "折": ("she", "zhe"),
    "召": ("shao", "zhao"),
    "晟": ("cheng", "sheng"),
    "柏": ("bai", "bo"),
    "薄": ("bo", "bao"),
    "黑": ("he", "hei"),
    "祭": ("zhai", "ji"),
    "卜": ("bu",),
    "隗": ("wei", "kui"),
    "长長": ("zhang", "chang"),
    "牟": ("mou", "mu"),
    "能": ("nai", "neng"),
    "阚闞": ("kan",),
    "佴": ("nai", "er"),
    "郇": ("xun", "huan"),
    "郗": ("xi", "chi"),
    "都": ("du",),
    "洗": ("xian", "xi"),
    "句": ("gou", "ju"),
    "费費": ("fei", "bi"),
    "么": ("yao", "me"),
    "适": ("kuo", "shi"),
    "重": ("chong", "zhong"),
    "藏": ("zang",),
}
COMPOUND_SURNAMES: dict[str, tuple[str, ...]] = {
    "尉迟": ("yu chi", "wei chi"),
    "尉遲": ("yu chi", "wei chi"),
    "万俟": ("mo qi", "wan si"),
    "萬俟": ("mo qi", "wan si"),
    "单于": ("chan yu", "shan yu"),
    "單于": ("chan yu", "shan yu"),
    "长孙": ("zhang sun", "chang sun"),
    "長孫": ("zhang sun", "chang sun"),
    "澹台": ("tan tai", "dan tai"),
    "澹臺": ("tan tai", "dan tai"),
    "令狐": ("ling hu",),
    "乐正": ("yue zheng",),
    "樂正": ("yue zheng",),
}
MOST_READINGS = 4

_BY_CHARACTER = {character: readings for characters, readings in SURNAMES.items() for character in characters}
_SYLLABLE = re.compile(r"[a-z]+")


def readings(name: str) -> list[list[str]]:
    """The ways to read a Chinese `name`, each a list of syllables, the usual way first; ü is written v.

    `readings("单雪")` → `[["shan", "xue"], ["dan", "xue"], ["chan", "xue"]]`. At most MOST_READINGS.
    """
    surname, rest = _surname_and_rest(name)
    given = [_spellings(syllable) for syllable in _syllables(rest)]
    ways = (list(start) + list(tail) for start in surname for tail in product(*given))
    return [way for way in islice(ways, MOST_READINGS) if way]


def _surname_and_rest(name: str) -> tuple[list[list[str]], str]:
    if name[:2] in COMPOUND_SURNAMES:
        return [reading.split() for reading in COMPOUND_SURNAMES[name[:2]]], name[2:]
    if name[:1] in _BY_CHARACTER:
        return [[reading] for reading in _BY_CHARACTER[name[:1]]], name[1:]
    first = _syllables(name[:1])
    return ([[spelling] for spelling in _spellings(first[0])] if first else [[]]), name[1:]


def _syllables(text: str) -> list[str]:
    """Read as running text, so that words decide between readings; unknown characters are left out."""
    from pypinyin import lazy_pinyin  # its dictionaries are a sixth of what a command takes to start

    return [part for part in lazy_pinyin(text) if _SYLLABLE.fullmatch(part)]


def _spellings(syllable: str) -> tuple[str, ...]:
    """lü is typed lv, lu, and stands as lyu in passports."""
    if "v" in syllable:
        return syllable, syllable.replace("v", "u"), syllable.replace("v", "yu")
    return (syllable,)
