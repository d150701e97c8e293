"""Traditional Chinese to simplified, with what OpenCC leaves behind."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from opencc import OpenCC

# 著 stays 著 in these words and is the particle 着 everywhere else.
_PARTICLE = re.compile(r"(?<=[\u4e00-\u9fff])(?<![显名编土专卓原论昭遗译巨合所拙新旧])著(?![作名称述录者书])")
_LEFT = str.maketrans({"妳": "你", "牠": "它", "祂": "他", "裡": "里", "啟": "启", "臺": "台", "峯": "峰"})


@cache
def _converter() -> Any:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """`text` in simplified letters. Its length may change only where OpenCC knows a phrase."""
    return _PARTICLE.sub("着", _converter().convert(text)).translate(_LEFT)
