"""Opening hours and closing days of the active site."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.domains.organisation import queries, services
from liangyi.domains.organisation.permissions import MANAGE, SEE
from liangyi.platform import clock
from liangyi.web.organisation import pages
from liangyi.web.organisation.fields import today_at
from liangyi.web.organisation.forms import ClosingDayForm, HoursForm
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import leave, submit


@page(SEE)
def opening(request: Request) -> HttpResponse:
    """The week, and the closing days to come."""
    today = today_at(request.site, clock.now())
    context = {
        "week": pages.week_rows(queries.opening_hours_for_site(request.actor, request.site)),
        "closing_days": queries.closing_days_for_site(request.actor, request.site, today),
    }
    return render(request, "organisation/calendar.html", context)


@page(MANAGE, methods=("GET", "POST"))
def hours(request: Request) -> HttpResponse:
    """Set the week."""
    known = queries.opening_hours_for_site(request.actor, request.site)
    form = HoursForm(request.POST or None, hours=known)
    done = submit(
        request,
        form,
        lambda _data: services.set_opening_hours(
            actor=request.actor, at=clock.now(), site=request.site.id, hours=form.week
        ),
        to=reverse("organisation:calendar"),
    )
    return done or render(request, "organisation/hours_form.html", {"form": form})


@page(MANAGE, methods=("GET", "POST"))
def add_closing_day(request: Request) -> HttpResponse:
    """Close the site on a day."""
    form = ClosingDayForm(request.POST or None)
    done = submit(
        request,
        form,
        lambda data: services.add_closing_day(
            actor=request.actor, at=clock.now(), site=request.site.id, **data
        ),
        to=reverse("organisation:calendar"),
    )
    return done or render(request, "organisation/closing_day_form.html", {"form": form})


@page(MANAGE, methods=("POST",))
def remove_closing_day(request: Request, closing_day: UUID) -> HttpResponse:
    """Open after all."""
    services.remove_closing_day(actor=request.actor, at=clock.now(), closing_day=closing_day)
    return leave(request, reverse("organisation:calendar"))
