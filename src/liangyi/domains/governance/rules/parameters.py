"""Which parameter of a control a number found in a clause could be the value of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import translation

from liangyi.domains.governance.rules.numbers import EVERY, HIGH, LOW, Number, numbers_in
from liangyi.platform.controls.catalogue import Control, Parameter
from liangyi.platform.controls.parameters import bound_problem

_MINUTES = {"分钟": 1, "小时": 60, "天": 1440, "周": 10080}
_DAYS = {"天": 1, "周": 7, "月": 30, "季": 90, "年": 365}
_MONTHS = {"月": 1, "季": 3, "年": 12}
_SCALES = (_MINUTES, _MONTHS, _DAYS)
_SAME = {
    "个工作日": "工作日", "日": "天", "自然日": "天", "个月": "月", "个小时": "小时", "季度": "季",
    "周岁": "岁", "星期": "周", "百分比": "%", "摄氏度": "℃", "名": "人", "位": "人", "课时": "学时",
    "个星期": "周",
}  # fmt: skip
_PERIOD_TITLE = re.compile(r"周期|频次|频率|间隔|每[几隔年季月周日天]|次数|多久")
_PERIOD_NAME = re.compile(r"every|interval|cycle|period|frequency|times|months|per_")

__all__ = ["Number", "Offer", "numbers_in", "offers"]


@dataclass(frozen=True)
class Offer:
    """A value that a clause's words state for a parameter, the number it was read from, and its words."""

    parameter: Parameter
    value: Any
    number: Number
    words: str


def offers(control: Control, text: str) -> list[Offer]:
    """The values that `text` may set for parameters of `control`: unit and kind fit, and the bounds hold.

    Of a range the end that a limit means: the later of "3 to 5 days" where lower is stricter. One offer
    for each parameter and value, in the order of the text.
    """
    found: dict[tuple[str, str], Offer] = {}
    numbers = numbers_in(text) if control.parameters else []
    for parameter in control.parameters:
        for number in numbers:
            value = _value_for(parameter, number)
            if value is not None:
                found.setdefault(
                    (parameter.name, str(value)), Offer(parameter, value, number, text[slice(*number.span)])
                )
    return list(found.values())


def _value_for(parameter: Parameter, number: Number) -> Any:
    if parameter.kind not in ("integer", "decimal") or number.role == _wrong_end(parameter):
        return None
    if number.role == EVERY and not _is_period(parameter):
        return None
    values = (_typed(parameter, value) for value in _in_unit(number, _unit_of(parameter)))
    return next(
        (value for value in values if value is not None and not bound_problem(parameter, value)), None
    )


def _wrong_end(parameter: Parameter) -> str:
    return {"lower": LOW, "higher": HIGH}.get(parameter.stricter, "none")


def _is_period(parameter: Parameter) -> bool:
    words = _chinese(parameter.title)
    return bool(
        _PERIOD_TITLE.search(words) or _PERIOD_NAME.search(parameter.name) or "次" in _unit_of(parameter)
    )


def _unit_of(parameter: Parameter) -> str:
    unit = _chinese(parameter.unit).strip()
    return _SAME.get(unit, unit)


def _chinese(words: Any) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return str(words)


def _in_unit(number: Number, wanted: str) -> Iterator[Decimal]:
    """The number in the wanted unit: three quarters are nine months; twice a year is every six months."""
    if number.unit == wanted:
        yield number.value
    times, _slash, period = number.unit.partition("/")
    if period and wanted in (times, "次"):
        yield number.value
    elif number.role == EVERY and not period and wanted == f"次/{number.unit}" and number.value == 1:
        yield Decimal(1)
    unit, amount = (period, 1 / number.value) if period and number.value else (number.unit, number.value)
    for scale in _SCALES:
        if unit in scale and wanted in scale and unit != wanted:
            yield amount * scale[unit] / scale[wanted]
            return


def _typed(parameter: Parameter, value: Decimal) -> int | Decimal | None:
    rounded = round(value, 6)
    whole = rounded == rounded.to_integral_value()
    if parameter.kind == "integer":
        return int(rounded) if whole else None
    return rounded.to_integral_value() if whole else rounded.normalize()
