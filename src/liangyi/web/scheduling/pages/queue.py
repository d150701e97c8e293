"""Who is due, who waits, who is called, who is in a room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from liangyi.domains.scheduling import queries
from liangyi.domains.scheduling.enums import AppointmentStatus as S
from liangyi.domains.scheduling.queries import Row
from liangyi.platform import clock
from liangyi.platform.actors import Actor
from liangyi.web.scheduling.asked import today_of
from liangyi.web.scheduling.pages.appointment import RECALL, STEPS, Step
from liangyi.web.shell.page import Request

SOON = timedelta(hours=1)
LONG = 30
BY_STATUS = {
    S.BOOKED: STEPS[:1],
    S.ARRIVED: STEPS[1:3],
    S.CALLED: (STEPS[2], RECALL),
    S.IN_PROGRESS: STEPS[3:],
}


@dataclass(frozen=True)
class Guest:
    """Somebody in the queue: since when, how long, and what comes next."""

    row: Row
    minutes: int
    is_long: bool
    steps: list[Step]


def queue_context(request: Request) -> dict[str, Any]:
    """The queue of today: three statements, however many are in it."""
    now, day, site = clock.now(), today_of(request), request.site.id
    here = queries.queue_for(request.actor, site=site, day=day)
    coming = queries.appointments_for_day(request.actor, site=site, day=day, statuses=(S.BOOKED,), limit=200)
    due = [row for row in coming if row.starts_at <= now + SOON]
    return {
        "now": now,
        "day": day,
        "due": [_guest(request.actor, row, now - row.starts_at) for row in due],
        "later": len(coming) - len(due),
        "waiting": _guests(request.actor, here, S.ARRIVED, now),
        "called": _guests(request.actor, here, S.CALLED, now),
        "inside": _guests(request.actor, here, S.IN_PROGRESS, now),
        "counts": queries.counts_for_day(request.actor, site=site, day=day),
        "conflict": request.outcome.conflict if request.outcome else None,
    }


def wall_context(request: Request) -> dict[str, Any]:
    """What the screen in the waiting room shows: who is called where, who comes next. One statement."""
    here = queries.queue_for(request.actor, site=request.site.id, day=today_of(request))
    called = [row for row in here if row.status == S.CALLED]
    waiting = [row for row in here if row.status == S.ARRIVED]
    latest = sorted(called, key=lambda row: row.called_at or row.starts_at, reverse=True)
    return {
        "called": latest[:6],
        "waiting": waiting[:12],
        "more": max(len(waiting) - 12, 0),
        "now": clock.now(),
    }


def _guests(actor: Actor, rows: Iterable[Row], status: str, now: datetime) -> list[Guest]:
    return [_guest(actor, row, now - _since(row)) for row in rows if row.status == status]


def _since(row: Row) -> datetime:
    """From when the present status counts; waiting from the later of arrival and appointment."""
    if row.status == S.ARRIVED and row.arrived_at is not None:
        return row.arrived_at
    return row.started_at or row.called_at or row.arrived_at or row.starts_at


def _guest(actor: Actor, row: Row, since: timedelta) -> Guest:
    minutes = int(since.total_seconds() // 60)
    steps = [step for step in BY_STATUS[S(row.status)] if actor.may(step.permission, row.site)]
    return Guest(row, minutes, row.status == S.ARRIVED and minutes >= LONG, steps)
