"""The week of everybody who sees patients: hours, single days, leave, closing days."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liangyi.domains.organisation import queries as organisation
from liangyi.domains.scheduling import queries
from liangyi.domains.scheduling.models import Appointment, Leave, RotaRule
from liangyi.domains.staff import queries as staff
from liangyi.platform import clock
from liangyi.platform.errors import Conflict
from liangyi.web.scheduling.asked import day_from, today_of
from liangyi.web.shell.page import Request

Times = tuple[time, time]


@dataclass(frozen=True)
class Cell:
    """One person's day."""

    day: date
    hours: list[Times]
    is_single: bool
    leave: list[Leave]
    is_closed: bool


@dataclass
class Line:
    """One person's week."""

    id: UUID
    name: str
    cells: list[Cell] = field(default_factory=list)


class Hits(Conflict):
    """A change would hit appointments that the planner has not seen yet; nothing has been changed."""

    code = "scheduling.change_hits"


def monday_of(day: date) -> date:
    """The first day of the week a day lies in."""
    return day - timedelta(days=day.weekday())


def rota_context(request: Request) -> dict[str, Any]:
    """A week: six statements, however many people and rules there are."""
    today, site = today_of(request), request.site
    monday = monday_of(day_from(request.GET.get("week"), today))
    week = [monday + timedelta(days=n) for n in range(7)]
    start = datetime.combine(monday, time(0), ZoneInfo(site.time_zone))
    rules = list(queries.rota_for(request.actor, site=site.id, first=week[0], last=week[-1]))
    leave = list(queries.leave_for(request.actor, site=site.id, since=start))
    closed = _closed(request, week)
    lines = [_line(one, week, rules, leave, closed) for one in _people(rules, leave)]
    here = {line.id for line in lines}
    others = [one for one in staff.practitioners_at(site.id, today) if one.id not in here]
    return {
        "lines": lines,
        "week": [(day, closed.get(day)) for day in week],
        "monday": monday,
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "today": today,
        "others": [one for one in others if one.left_on is None or one.left_on >= today],
        "leave": [one for one in leave if not is_over(one, clock.now())],
        "hit": queries.appointments_to_rebook(request.actor, site=site.id, at=clock.now()),
    }


def is_over(leave: Leave, at: datetime) -> bool:
    """The person is back."""
    return end_of(leave) <= at


def end_of(leave: Leave) -> datetime:
    """When the person is back."""
    return min(leave.ends_at, leave.ended_early_at or leave.ends_at)


def _closed(request: Request, week: Sequence[date]) -> dict[date, str]:
    days = organisation.closing_days_for_site(request.actor, request.site, week[0])
    return {row.day: row.reason for row in days if row.day <= week[-1]}


def _people(rules: Iterable[RotaRule], leave: Iterable[Leave]) -> list[Line]:
    people = {rule.staff_id: rule.staff for rule in rules} | {one.staff_id: one.staff for one in leave}
    return [Line(one.id, one.name) for one in sorted(people.values(), key=lambda p: (p.pinyin, p.id))]


def _line(
    line: Line,
    week: Sequence[date],
    rules: Iterable[RotaRule],
    leave: Iterable[Leave],
    closed: dict[date, str],
) -> Line:
    mine = [rule for rule in rules if rule.staff_id == line.id]
    away = [one for one in leave if one.staff_id == line.id]
    line.cells = [_cell(day, mine, away, day in closed) for day in week]
    return line


def _cell(day: date, rules: Sequence[RotaRule], leave: Iterable[Leave], is_closed: bool) -> Cell:
    single, weekly = hours_of(rules, day)
    on_leave = [one for one in leave if _first_day(one) <= day <= _last_day(one)]
    return Cell(day, single or weekly, bool(single), on_leave, is_closed)


def _first_day(leave: Leave) -> date:
    return timezone.localtime(leave.starts_at).date()


def _last_day(leave: Leave) -> date:
    return timezone.localtime(end_of(leave) - timedelta(seconds=1)).date()


def hours_of(rules: Iterable[RotaRule], day: date) -> tuple[list[Times], list[Times]]:
    """The hours of the single day, and the weekly ones, in order."""
    single: list[Times] = []
    weekly: list[Times] = []
    for rule in rules:
        if rule.day == day:
            single.append((rule.starts, rule.ends))
        elif rule.weekday == day.isoweekday() and rule.valid_from <= day <= (rule.valid_to or date.max):
            weekly.append((rule.starts, rule.ends))
    return sorted(single), sorted(weekly)


def weekly_hours(request: Request, person: UUID, day: date) -> dict[int, list[Times]]:
    """Somebody's weekly hours as they stand on a day, by weekday."""
    found: dict[int, list[Times]] = defaultdict(list)
    rules = queries.rota_for(request.actor, site=request.site.id, first=day, last=day, staff=person)
    for rule in rules:
        if rule.weekday is not None and rule.day is None:
            found[rule.weekday].append((rule.starts, rule.ends))
    return {weekday: sorted(hours) for weekday, hours in found.items()}


def after_seeing_hits(change: Callable[[], Any], seen: str) -> Any:
    """Make a change, unless it hits appointments other than those the planner has seen: then Hits."""
    with transaction.atomic():
        result = change()
        if result.hit and mark_of(result.hit) != seen:
            raise Hits(
                _("这个改动会影响已有的预约，请看过再确认"), hit=list(result.hit), mark=mark_of(result.hit)
            )
    return result


def mark_of(hit: Iterable[Appointment]) -> str:
    """Which appointments these are, as a short text."""
    ids = ",".join(sorted(str(one.id) for one in hit))
    return hashlib.sha256(ids.encode()).hexdigest()[:16]
