"""What a parameter may be set to, which of several values binds most, and what is in force on a day.

Pure: no database. Values are kept as JSON; a decimal as text, so that it stays exact.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from liangyi.platform.controls.catalogue import Parameter
from liangyi.platform.errors import Invalid

LONGEST_TEXT = 200
DAY = timedelta(days=1)
_NUMBER = re.compile(r"([+-]?[0-9][0-9,]*(?:\.[0-9]+)?)\s*(\D{0,10})")
_YES, _NO = frozenset({"是", "yes", "true", "1"}), frozenset({"否", "no", "false", "0"})


@dataclass(frozen=True)
class Span:
    """A value from `first` to `last`, both included; without `last` for good. `is_site` says that it is one
    site's own, not the group's."""

    value: Any
    first: date
    last: date | None = None
    is_site: bool = False

    def covers(self, day: date) -> bool:
        """Whether `day` lies within."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Step:
    """A value that holds from `first` on, until the next step."""

    first: date
    value: Any


# What was typed


def checked(parameter: Parameter, typed: Any) -> Any:
    """The value somebody typed, as it is kept. Invalid on "value" when it is none of the kind, out of
    bounds, or laxer than the law allows: then the law is named."""
    value = _read(parameter, typed)
    if problem := bound_problem(parameter, value):
        raise _invalid(problem)
    return stored(value)


def bound_problem(parameter: Parameter, value: Any) -> str:
    """Why a value of the right kind may not be set; empty when it may."""
    if parameter.kind not in ("integer", "decimal"):
        return ""
    if parameter.lowest is not None and _number(value) < _number(parameter.lowest):
        return _bound(parameter, parameter.lowest, is_low=True)
    if parameter.highest is not None and _number(value) > _number(parameter.highest):
        return _bound(parameter, parameter.highest, is_low=False)
    return ""


def legal_bound(parameter: Parameter) -> Any:
    """The laxest value that the law allows; None where no law says so."""
    if not parameter.legal:
        return None
    return {"higher": parameter.lowest, "lower": parameter.highest}.get(parameter.stricter)


def stored(value: Any) -> Any:
    """As JSON keeps it."""
    return str(value) if isinstance(value, Decimal) else value


def typed_value(parameter: Parameter, kept: Any) -> Any:
    """As rules use it."""
    return Decimal(str(kept)) if parameter.kind == "decimal" else kept


def _read(parameter: Parameter, typed: Any) -> Any:
    text = unicodedata.normalize("NFKC", str(typed)).strip()
    if not text:
        raise _invalid(_("请填写数值") if parameter.kind in ("integer", "decimal") else _("请填写"))
    if parameter.kind == "boolean":
        return _truth(text)
    if parameter.kind == "text":
        if len(text) > LONGEST_TEXT:
            raise _invalid(_("最多 %(limit)d 个字") % {"limit": LONGEST_TEXT})
        return text
    return _numeral(parameter, text)


def _truth(text: str) -> bool:
    if text.lower() not in _YES | _NO:
        raise _invalid(_("请选择是或否"))
    return text.lower() in _YES


def _numeral(parameter: Parameter, text: str) -> int | Decimal:
    """A number, with the parameter's own unit behind it or none."""
    found = _NUMBER.fullmatch(text)
    if found is None or len(text) > 40:
        raise _invalid(_("请填写数字"))
    unit = found[2].strip().removeprefix("个").strip()
    if unit and unit != str(parameter.unit).removeprefix("个"):
        raise _invalid(_("单位是%(unit)s，请只填数字") % {"unit": parameter.unit})
    number = Decimal(found[1].replace(",", ""))
    if parameter.kind == "decimal":
        return number
    if number != int(number):
        raise _invalid(_("请填写整数"))
    return int(number)


def _bound(parameter: Parameter, bound: Any, *, is_low: bool) -> str:
    names = {"bound": bound, "unit": parameter.unit, "law": parameter.legal}
    is_legal = bool(parameter.legal) and parameter.stricter == ("higher" if is_low else "lower")
    if is_legal and is_low:
        return _("法定至少 %(bound)s %(unit)s（%(law)s），制度不能更宽") % names
    if is_legal:
        return _("法定至多 %(bound)s %(unit)s（%(law)s），制度不能更宽") % names
    return (_("至少 %(bound)s %(unit)s") if is_low else _("至多 %(bound)s %(unit)s")) % names


def _invalid(text: str) -> Invalid:
    return Invalid({"value": [text]})


def _number(value: Any) -> Decimal:
    return Decimal(str(value))


# Which binds more


def strictest(parameter: Parameter, values: Sequence[Any]) -> Any:
    """The value that binds most; None where they cannot be compared."""
    if not parameter.stricter or not values:
        return None
    pick = max if parameter.stricter == "higher" else min
    return pick(values, key=_rank)


def _rank(value: Any) -> Decimal:
    return Decimal(int(value)) if isinstance(value, bool) else _number(value)


# What is in force


def in_force(spans: Iterable[Span], day: date) -> Span | None:
    """Of the spans that cover the day a site's own before the group's, then the one that began last."""
    found = [span for span in spans if span.covers(day)]
    return max(found, key=lambda span: (span.is_site, span.first), default=None)


def course(spans: Sequence[Span], default: Any, since: date) -> tuple[Step, ...]:
    """What holds on `since` and every later day: the steps at which it changes, the first at `since`."""
    edges = {since}
    for span in spans:
        edges.add(span.first)
        if span.last is not None and span.last < date.max:
            edges.add(span.last + DAY)
    steps: list[Step] = []
    for day in sorted(edge for edge in edges if edge >= since):
        found = in_force(spans, day)
        value = default if found is None else found.value
        if not steps or steps[-1].value != value:
            steps.append(Step(day, value))
    return tuple(steps)
