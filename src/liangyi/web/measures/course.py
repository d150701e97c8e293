"""What the page of one measure shows: its course over time, its table, and the way to the records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liangyi.platform import clock
from liangyi.platform.measures import queries
from liangyi.platform.measures.catalogue import Measure
from liangyi.platform.measures.queries import By, Number
from liangyi.web.measures import formats
from liangyi.web.measures.pages import Scope, add_months, ends_of, is_met
from liangyi.web.shell.page import Request

PERIODS: list[tuple[By, Any]] = [
    ("month", gettext_lazy("按月")),
    ("week", gettext_lazy("按周")),
    ("day", gettext_lazy("按日")),
]
Choices = list[tuple[str, Any]]
DRAWER = "shell/drawer.html"
MONTHS, WEEKS, DAYS = 24, 26, 60


@dataclass(frozen=True)
class Choice:
    """One chip: unlike the shell's, its address is whole, so that it also works inside the drawer."""

    text: Any
    url: str
    is_on: bool


@dataclass(frozen=True)
class Filter:
    """A row of chips."""

    label: str
    choices: list[Choice]


@dataclass(frozen=True)
class Step:
    """One day, week or month of the table."""

    period: str
    counts: str
    value: str
    ends: str
    is_met: bool | None
    records_url: str


def course_context(request: Request, scope: Scope, measure: Measure) -> dict[str, Any]:
    """The course of one measure of one source."""
    source = source_from(request.GET.get("source", ""))
    by = by_from(request.GET.get("by", ""))
    known = queries.days_of(measure.code, scope.ids, source)
    today = clock.local_day(clock.now(), request.site.time_zone)
    last = known[1] if known else today
    found = queries.series(measure.code, scope.ids, source, start_of(by, last), last, by)
    aim = None if source else queries.targets_for([measure.code], scope.site_id, today)[measure.code]
    steps = list(_steps(measure, scope, source, by, found, aim))
    return {
        "measure": measure,
        "scope": scope,
        "source": source,
        "filters": _filters(request, scope),
        "is_in_drawer": request.layout == DRAWER,
        "steps": steps[::-1],
        "has_records": any(step.records_url for step in steps),
        "chart": json.dumps(_chart(measure, found, aim), ensure_ascii=False),
        "target": formats.shown(measure, aim) if aim is not None else "",
        "unit": formats.unit(measure),
    }


def _filters(request: Request, scope: Scope) -> list[Filter]:
    periods: Choices = [("" if code == "month" else code, title) for code, title in PERIODS]
    rows: list[tuple[str, str, Choices]] = [
        ("site", _("院区"), scope.choices),
        ("by", _("期间"), periods),
    ]
    return [
        Filter(label, [_choice(request, name, value, text) for value, text in choices])
        for name, label, choices in rows
        if choices
    ]


def _choice(request: Request, name: str, value: str, text: Any) -> Choice:
    asked = request.GET.copy()
    is_on = asked.get(name, "") == value
    asked.pop(name, None)
    if value:
        asked[name] = value
    return Choice(text, f"{request.path}?{asked.urlencode()}", is_on)


def source_from(text: str) -> str:
    """The import asked for; the clinic's own records for a text that can be no source's name."""
    return text if re.fullmatch(r"[\w-]{1,40}", text) else ""


def by_from(text: str) -> By:
    """The period asked for; months unless it is one of PERIODS."""
    return next((code for code, _title in PERIODS if code == text), "month")


def start_of(by: By, last: date) -> date:
    """From when the course that ends with `last` is shown."""
    if by == "month":
        return add_months(last.replace(day=1), 1 - MONTHS)
    if by == "week":
        return last - timedelta(days=last.weekday(), weeks=WEEKS - 1)
    return last - timedelta(days=DAYS - 1)


def span_of(by: By, period: str) -> tuple[date, date]:
    """The first and the last day of a period of a series."""
    if by == "month":
        first = date.fromisoformat(f"{period}-01")
        return first, add_months(first, 1) - timedelta(days=1)
    first = date.fromisoformat(period)
    return first, first + timedelta(days=6 if by == "week" else 0)


def _steps(
    measure: Measure, scope: Scope, source: str, by: By, found: list[Number], aim: Decimal | None
) -> Iterator[Step]:
    for one in found:
        first, last = span_of(by, one.period)
        leads_to = measure.records_url
        yield Step(
            _("%(day)s 起一周") % {"day": one.period} if by == "week" else one.period,
            _counts(measure, one),
            formats.shown(measure, one.value),
            ends_of(measure, one),
            is_met(measure, one.value, aim),
            leads_to(scope.site_id, source, first, last) if leads_to else "",
        )


def _counts(measure: Measure, one: Number) -> str:
    if measure.kind == "ratio":
        return f"{one.numerator:,} / {one.denominator:,}"
    return f"{one.denominator:,}"


def _chart(measure: Measure, found: list[Number], aim: Decimal | None) -> dict[str, Any]:
    """What the script draws: percent for ratios, the unit for durations."""
    scale = 100 if measure.kind == "ratio" else 1
    name = _("平均") if measure.kind == "duration" else str(measure.title)
    lines = [{"name": name, "values": [None if one.value is None else one.value * scale for one in found]}]
    if measure.kind == "duration":
        lines.append({"name": _("中位数"), "values": [one.median for one in found]})
        lines.append({"name": "P90", "values": [one.p90 for one in found]})
    return {
        "periods": [one.period for one in found],
        "lines": lines,
        "target": None if aim is None else float(aim) * scale,
        "targetName": _("目标"),
        "unit": formats.unit(measure),
    }
