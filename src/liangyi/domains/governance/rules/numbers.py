"""Numbers with units in the words of a clause: 5 个工作日, 二十四小时, 百分之九十五, 3至5天, 每年至少一次."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from liangyi.domains.governance.rules.numerals import value_of

EVERY, LOW, HIGH = "every", "low", "high"

UNITS = {
    "个工作日": "工作日", "工作日": "工作日", "个小时": "小时", "小时": "小时", "h": "小时", "hours": "小时",
    "分钟": "分钟", "min": "分钟", "minutes": "分钟", "秒": "秒", "天": "天", "日": "天", "days": "天",
    "周岁": "岁", "岁": "岁", "周": "周", "个星期": "周", "星期": "周", "个月": "月", "月": "月",
    "个季度": "季", "季度": "季", "季": "季", "年": "年", "%": "%", "％": "%", "‰": "‰", "成": "成",
    "摄氏度": "℃", "℃": "℃", "°C": "℃", "度": "℃", "万元": "万元", "元": "元", "次": "次", "人次": "人次",
    "人": "人", "名": "人", "位": "人", "例": "例", "份": "份", "件": "件", "学时": "学时", "课时": "学时",
    "分": "分", "米": "米",
}  # fmt: skip
_SPOKEN = "〇零一二两三四五六七八九十百千万"
_NUMBER = rf"(?:\d[\d,]*(?:\.\d+)?|[{_SPOKEN}]+(?:点[{_SPOKEN}]+)?|半)"
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_PERIOD = r"个?工作日|个?小时|[日天周年月]|个?星期|个月|个?季度?|学年|年度"
_PERCENT = re.compile(rf"百分之({_NUMBER})(?:[至到~～—-]+(?:百分之)?({_NUMBER}))?")
_TIMES = re.compile(
    rf"(?P<each>每隔?)?(?P<every>{_NUMBER})?\s*(?P<period>{_PERIOD})"
    rf"(?:[^，。；：\d]{{0,8}}?(?P<times>{_NUMBER})\s*次(?!性))?"
)
_PLAIN = re.compile(
    rf"(?<![第\d.同某])(?P<low>{_NUMBER})\s*(?:(?:{_UNIT})?\s*(?:[~～—–-]+|至|到)\s*(?P<high>{_NUMBER}))?\s*个?\s*(?P<half>半)?(?P<unit>{_UNIT})",
    re.IGNORECASE,
)
_NO_NUMBER_BEHIND = {
    "次": "性序", "年": "来度龄级代", "月": "份", "人": "员民事体文力", "成": "立为员本果分品功",
    "度": "过", "分": "析类别级为开组管层工门离配享发布", "日": "常期志", "天": "然花", "元": "素",
    "位": "于置", "件": "事", "名": "称单字录", "米": "饭", "份": "额",
}  # fmt: skip
_SMALLER = {"小时": (60, "分钟"), "天": (24, "小时"), "年": (12, "月"), "月": (30, "天")}
_MONEY = {"万元": (Decimal(10000), "元")}


@dataclass(frozen=True)
class Number:
    """A number that a text states. `role` tells how: EVERY (each period, or so many times in it), LOW and
    HIGH (the ends of a range), else "". `unit` is one of the values of UNITS, or "次/年" and the like."""

    value: Decimal
    unit: str
    span: tuple[int, int]
    role: str = ""


def numbers_in(text: str) -> list[Number]:
    """The numbers with units, in the order of the text; ordinals, dates and numbering are none."""
    found: list[Number] = []
    for number in [*_periods(text), *_percents(text), *_plain(text)]:
        if not any(_overlap(number.span, other.span) and number.span != other.span for other in found):
            found.append(number)
    return sorted(found, key=lambda number: number.span)


def decimal_of(numeral: str) -> Decimal | None:
    """95 of "95", "九十五" or "95.0"; 0.5 of "半"; None when it is no number."""
    if numeral == "半":
        return Decimal("0.5")
    if numeral[:1].isdecimal():
        return Decimal(numeral.replace(",", ""))
    whole, _point, part = numeral.partition("点")
    tens, ten_thousand, ones = whole.rpartition("万")
    value = Decimal(value_of(tens) if tens else int(bool(ten_thousand))) * 10000 + value_of(ones)
    if part:
        value += Decimal("0." + "".join(str(value_of(digit)) for digit in part))
    return value or (Decimal(0) if set(numeral) <= set("〇零") else None)


def _periods(text: str) -> Iterator[Number]:
    for match in _TIMES.finditer(text):
        times = match["times"]
        if not match["each"] and (times is None or match["every"] not in ("一", "1")):
            continue
        every = decimal_of(match["every"]) if match["every"] else Decimal(1)
        count = decimal_of(times) if times else None
        if every is None:
            continue
        unit = _period(match["period"])
        if count is None or count == 1:
            end = match.end() if times else match.end("period")
            yield Number(*_whole(every, unit), (match.start(), end), EVERY)
        elif every == 1:
            yield Number(count, f"次/{unit}", match.span(), EVERY)


def _period(word: str) -> str:
    plain = word.removeprefix("个")
    return {"日": "天", "年度": "年", "学年": "年", "季度": "季", "星期": "周"}.get(plain, plain)


def _percents(text: str) -> Iterator[Number]:
    for match in _PERCENT.finditer(text):
        yield from _ends(decimal_of(match[1]), decimal_of(match[2]) if match[2] else None, "%", match.span())


def _plain(text: str) -> Iterator[Number]:
    for match in _PLAIN.finditer(text):
        if _is_no_quantity(text, match):
            continue
        unit = UNITS.get(match["unit"]) or UNITS[match["unit"].lower()]
        low = decimal_of(match["low"])
        if match["half"] and low is not None:
            low += Decimal("0.5")
        high = decimal_of(match["high"]) if match["high"] else None
        yield from _ends(low, high, unit, match.span())


def _ends(low: Decimal | None, high: Decimal | None, unit: str, span: tuple[int, int]) -> Iterator[Number]:
    if low is None:
        return
    if high is None:
        yield Number(*_whole(low, unit), span)
        return
    yield Number(*_whole(low, unit), span, LOW)
    yield Number(*_whole(high, unit), span, HIGH)


def _whole(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Half an hour as 30 minutes, half a year as six months, ten thousand yuan in yuan, 九成 as 90 %."""
    if unit in _MONEY:
        factor, unit = _MONEY[unit]
        return value * factor, unit
    if unit == "成":
        return value * 10, "%"
    smaller = _SMALLER.get(unit)
    if value % 1 and smaller:
        value, unit = value * smaller[0], smaller[1]
    return (value if value % 1 else value.to_integral_value()), unit


def _is_no_quantity(text: str, match: re.Match[str]) -> bool:
    """Dates, years, and words that only look like a number: 2024年, 5月1日, 一次性, 一人一档."""
    unit, low, behind = match["unit"], match["low"], text[match.end() : match.end() + 1]
    before = text[max(0, match.start() - 2) : match.start()]
    if behind and behind in _NO_NUMBER_BEHIND.get(unit, ""):
        return True
    if unit == "年" and low.isdecimal() and len(low) == 4:
        return True
    if unit == "月":
        return "个" not in match[0] and not re.match(r"[之以]?内|以[上下]|后", text[match.end() :])
    if unit == "日":
        return "月" in before or before.endswith("每")
    if unit == "度":
        return not low[:1].isdecimal()
    if unit in ("分", "成", "位", "名", "人", "件", "份") and low in ("一", "万", "十", "百", "千"):
        return not re.search(
            r"至少|不少于|不低于|少于|超过|配备", text[max(0, match.start() - 5) : match.start()]
        )
    return False


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
