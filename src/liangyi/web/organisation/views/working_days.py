"""The working-day calendar deadlines are counted by: which years are known, and loading the next one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.domains.organisation.permissions import SEE
from liangyi.platform import clock
from liangyi.platform.worklist.calendar_files import read_days
from liangyi.platform.worklist.permissions import LOAD_CALENDAR
from liangyi.platform.worklist.schedule import load_calendar
from liangyi.web.organisation import calendar_pages as pages
from liangyi.web.organisation.fields import today_at
from liangyi.web.organisation.forms import CalendarFileForm
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import submit


@page(SEE)
def working_days(request: Request) -> HttpResponse:
    """The years covered, and the clinic's own days of one of them."""
    today = today_at(request.site, clock.now())
    context = pages.calendar_context(today, request.GET.get("year", ""))
    return render(request, "organisation/working_days.html", context)


@page(LOAD_CALENDAR, methods=("GET", "POST"))
def load_working_days(request: Request) -> HttpResponse:
    """Choose a file, see what it would change, then load it."""
    if request.method != "POST":
        return _asked(request, CalendarFileForm())
    form = CalendarFileForm(request.POST, request.FILES)
    changes: list[pages.DayChange] = []

    def look_or_load(data: dict[str, Any]) -> None:
        rows = read_days(data["content"])
        changes.extend(pages.changes_of(rows))
        if "_confirm" in request.POST:
            load_calendar(actor=request.actor, rows=rows, source=data["source"])

    done = submit(request, form, look_or_load, to=reverse("organisation:working_days"))
    if done is None or "_confirm" in request.POST:
        return done or _asked(request, form)
    return _asked(request, form, changes)


def _asked(
    request: Request, form: CalendarFileForm, changes: list[pages.DayChange] | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "changes": changes,
        "content": form.cleaned_data["content"] if changes is not None else "",
    }
    return render(request, "organisation/load_working_days.html", context)
