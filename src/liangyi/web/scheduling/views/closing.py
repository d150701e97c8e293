"""The end of the day: what is still open, and marking those who did not come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.domains.scheduling import queries, services
from liangyi.domains.scheduling.enums import AppointmentStatus as S
from liangyi.domains.scheduling.permissions import RECEIVE
from liangyi.platform import clock
from liangyi.web.scheduling.asked import day_from, today_of
from liangyi.web.scheduling.going import back_or
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import submit

OPEN = (S.BOOKED, S.ARRIVED, S.CALLED, S.IN_PROGRESS)
SHOWN = 14


@page(RECEIVE, methods=("GET", "POST"))
def end_of_day(request: Request) -> HttpResponse:
    """What is still open; a POST marks those who did not come, once or again."""
    day = day_from(request.POST.get("day") or request.GET.get("day"), today_of(request))
    form = Form(request.POST if request.method == "POST" else None)
    done = submit(
        request,
        form,
        lambda _data: services.close_day(actor=request.actor, at=clock.now(), site=request.site.id, day=day),
        to=back_or(request, f"{reverse('scheduling:end_of_day')}?day={day}"),
    )
    return done or render(request, "scheduling/end_of_day.html", _context(request, day) | {"form": form})


def _context(request: Request, day: Any) -> dict[str, Any]:
    now, site = clock.now(), request.site.id
    rows = queries.appointments_for_day(request.actor, site=site, day=day, statuses=OPEN, limit=500)
    missing = [row for row in rows if row.status == S.BOOKED and row.starts_at < now]
    closings = queries.closings_for(
        request.actor, site=site, first=day - timedelta(days=SHOWN), last=day
    ).select_related("closed_by")
    return {
        "day": day,
        "today": today_of(request),
        "missing": missing,
        "later": [row for row in rows if row.status == S.BOOKED and row.starts_at >= now],
        "unfinished": [row for row in rows if row.status != S.BOOKED],
        "closings": list(closings),
        "closed": next((one for one in closings if one.day == day), None),
        "conflict": request.outcome.conflict if request.outcome else None,
    }
