"""Pinyin left in brackets after a letter: 医(yī)疗 → 医疗."""

from __future__ import annotations

import re
import unicodedata

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_GLOSS = re.compile(rf"(?<=[\u3400-\u9fff])[(（]([a-zü{_TONED}]{{1,6}})[)）]")
_HAS_TONE = re.compile(f"[{_TONED}]")
_SYLLABLE = re.compile(
    r"(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:[aoe]|ai|ei|ao|ou|an|en|ang|eng|ong|er|"
    r"i|ia|ie|iao|iu|ian|in|iang|ing|iong|u|ua|uo|uai|ui|uan|un|uang|ue|v|ve)"
)
_MARKS = re.compile("[\u0300\u0301\u0304\u030c]")


def strip_glosses(text: str) -> tuple[str, int]:
    """`text` without glosses, and how many there were. Only one toned syllable right after a Chinese
    letter is a gloss: (一), (SOPs), (de) and (résumé) stay."""
    count = 0

    def drop(match: re.Match[str]) -> str:
        nonlocal count
        if not is_toned_syllable(match.group(1)):
            return match.group()
        count += 1
        return ""

    return _GLOSS.sub(drop, text), count


def is_toned_syllable(text: str) -> bool:
    """True for yī, lǜ and zhuàng; false for yi, café and zzā."""
    if not _HAS_TONE.search(text):
        return False
    plain = _MARKS.sub("", unicodedata.normalize("NFD", text))
    bare = unicodedata.normalize("NFC", plain).replace("ü", "v")
    return _SYLLABLE.fullmatch(bare) is not None
