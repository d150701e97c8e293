"""What the working-day calendar shows: years and how they are known, own days, what a file would change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from liangyi.platform.worklist.calendar_files import DayRow
from liangyi.platform.worklist.models import CalendarDay
from liangyi.platform.worklist.rules import is_official, works_on

AHEAD = 2
SOURCES = {
    (True, True): (_("内置日历，另有本机构的安排"), "good"),
    (True, False): (_("内置日历"), "good"),
    (False, True): (_("本机构载入"), "good"),
    (False, False): (_("只有周末，还没有节假日安排"), "waiting"),
}


@dataclass(frozen=True)
class YearRow:
    """A year: where its holidays are known from, and how many days are the clinic's own."""

    year: int
    source: Any
    tone: str
    own: int


@dataclass(frozen=True)
class DayChange:
    """A line of a file, and what holds for its day now."""

    row: DayRow
    was: bool
    is_changed: bool


def calendar_context(today: date, asked: str) -> dict[str, Any]:
    """The years from last year to two ahead and those with own days; the days of the one asked for."""
    counted = CalendarDay.objects.annotate(year=ExtractYear("day")).values_list("year")
    own = dict(counted.annotate(days=Count("id")).order_by())
    years = sorted({*range(today.year - 1, today.year + AHEAD + 1), *own})
    year = int(asked) if asked in {str(each) for each in years} else today.year
    days = CalendarDay.objects.filter(day__year=year).order_by("day")
    return {
        "years": [_year(each, own.get(each, 0)) for each in years],
        "choices": [(each, str(each)) for each in years if own.get(each)],
        "year": year,
        "days": [(day, works_on(day.day, {}) != day.is_working) for day in days],
    }


def _year(year: int, own: int) -> YearRow:
    source, tone = SOURCES[is_official(year), own > 0]
    return YearRow(year, source, tone, own)


def changes_of(rows: Iterable[DayRow]) -> list[DayChange]:
    """What each line would change of what holds now, by day. One statement."""
    wanted = sorted(rows, key=lambda row: row.day)
    known = CalendarDay.objects.in_bulk([row.day for row in wanted], field_name="day")
    own = {day: found.is_working for day, found in known.items()}
    return [
        DayChange(row, was, was != row.is_working or _is_renamed(row, known.get(row.day)))
        for row in wanted
        for was in [works_on(row.day, own)]
    ]


def _is_renamed(row: DayRow, known: CalendarDay | None) -> bool:
    return known is not None and known.name != row.name
