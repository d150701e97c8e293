"""Chinese and Arabic numbers of headings."""

from __future__ import annotations

DIGITS = {"零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
DIGITS |= {"六": 6, "七": 7, "八": 8, "九": 9}
UNITS = {"十": 10, "百": 100, "千": 1000}
CHINESE = "〇○零一二两三四五六七八九十百千"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def value_of(numeral: str) -> int:
    """12 of "12", "１２", "十二", "一二" or "⑫"; 0 when it is no number."""
    text = numeral.strip()
    if text in CIRCLED and len(text) == 1:
        return CIRCLED.index(text) + 1
    if text.isdecimal():
        return int(text)
    if not text or any(letter not in CHINESE for letter in text):
        return 0
    return _spoken(text) if any(letter in UNITS for letter in text) else _digits(text)


def _digits(text: str) -> int:
    return int("".join(str(DIGITS[letter]) for letter in text))


def _spoken(text: str) -> int:
    total, digit = 0, 0
    for letter in text:
        if letter in UNITS:
            total += (digit or 1) * UNITS[letter]
            digit = 0
        else:
            digit = DIGITS[letter]
    return total + digit
