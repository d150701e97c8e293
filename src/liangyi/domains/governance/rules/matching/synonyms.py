"""One word for what policies call by several: 病人, 顾客 and 求美者 are all 患者 to the matcher."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from liangyi.domains.governance.rules.words import lines


def in_one_word(text: str) -> str:
    """`text` with each synonym of `data/synonyms.txt` as the first word of its line."""
    known, pattern = _synonyms()
    return pattern.sub(lambda match: known[match[0]], text)


@cache
def _synonyms() -> tuple[Mapping[str, str], re.Pattern[str]]:
    known = {other: first for first, *others in map(str.split, lines("synonyms")) for other in others}
    longest_first = sorted(known, key=len, reverse=True)
    return known, re.compile("|".join(map(re.escape, longest_first)))
