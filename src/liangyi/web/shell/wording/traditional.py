"""Traditional Chinese, derived by OpenCC.

s2hk changes letters and not vocabulary: 程序 stays the clinical procedure it means here, where the
Taiwan phrase table would make it a computer program.
"""

from __future__ import annotations

from functools import cache

from opencc import OpenCC

LEFT_OVER = {"随著": "隨着", "隨著": "隨着"}


def traditional(text: str) -> str:
    """`text` in traditional letters, with what OpenCC leaves behind put right."""
    converted: str = _converter().convert(text)
    for wrong, right in LEFT_OVER.items():
        converted = converted.replace(wrong, right)
    return converted


@cache
def _converter() -> OpenCC:
    return OpenCC("s2hk")
