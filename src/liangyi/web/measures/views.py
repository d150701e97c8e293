"""The overview of the numbers, the course of each, and what is aimed at."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.platform import clock
from liangyi.platform.measures.catalogue import Measure, measures
from liangyi.platform.measures.permissions import SET_TARGET, VIEW
from liangyi.platform.measures.services import set_target
from liangyi.web.measures import formats, pages
from liangyi.web.measures.course import course_context
from liangyi.web.measures.forms import TargetForm
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import submit


@page(VIEW)
def overview(request: Request) -> HttpResponse:
    """Every measure in one month."""
    return render(request, "measures/overview.html", pages.overview_context(request, pages.scope_of(request)))


@page(VIEW)
def measure(request: Request, code: str) -> HttpResponse:
    """One measure over time."""
    context = course_context(request, pages.scope_of(request), _known(code))
    return render(request, "measures/measure.html", context)


@page(SET_TARGET, methods=("GET", "POST"))
def target(request: Request, code: str) -> HttpResponse:
    """What the active site aims at from a day on."""
    found = _known(code)
    today = clock.local_day(clock.now(), request.site.time_zone)
    form = TargetForm(found, request.POST or None, initial={"effective_from": today})

    def save(data: dict[str, Any]) -> object:
        return set_target(actor=request.actor, code=found.code, site=request.site, **data)

    back = reverse("measures:measure", args=[found.code]) + f"?site={request.site.id}"
    saved = submit(request, form, save, to=back)
    context = {"form": form, "measure": found, "unit": formats.unit(found), "back": back}
    return saved or render(request, "measures/target.html", context)


def _known(code: str) -> Measure:
    if code not in measures():
        raise Http404
    return measures()[code]
