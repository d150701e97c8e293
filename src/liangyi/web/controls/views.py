"""The catalogue of controls, the verdicts of gates, the breaches watches have found."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from liangyi.platform import clock
from liangyi.platform.controls import catalogue as known
from liangyi.platform.controls import queries, services
from liangyi.platform.controls.permissions import RUN_WATCHES, VIEW, verdicts_visible_to
from liangyi.web.controls import catalogued, pages
from liangyi.web.shell.page import Request, page


@page(VIEW)
def catalogue(request: Request) -> HttpResponse:
    """Every control with its health and figures in a period."""
    asked = catalogued.asked_of(request.GET)
    context = catalogued.catalogue_context(request.site, clock.now(), asked)
    return render(request, "controls/catalogue.html", context)


@page(VIEW)
def control(request: Request, code: str) -> HttpResponse:
    """One control: what it asks, where it comes from, the clauses it serves, and its records."""
    found = known.controls().get(code)
    if found is None:
        raise Http404
    context = catalogued.control_context(request.actor, request.site, found, clock.now())
    return render(request, "controls/control.html", context)


@page(VIEW)
def verdicts(request: Request) -> HttpResponse:
    """What the gates said, newest first."""
    asked = pages.asked_for(request)
    rows = queries.verdicts_for(
        request.actor,
        request.site.id,
        outcome=pages.outcome_from(request.GET.get("outcome", "")),
        control=asked.control,
        before=asked.after,
    )
    return render(request, "controls/verdicts.html", pages.verdict_list(request.actor, rows, asked))


@page(VIEW)
def verdict(request: Request, row: UUID) -> HttpResponse:
    """One verdict with everything that was asked."""
    found = get_object_or_404(verdicts_visible_to(request.actor), id=row)
    return render(request, "controls/verdict.html", pages.verdict_context(request.actor, found))


@page(VIEW)
def breaches(request: Request) -> HttpResponse:
    """What breaks a watched rule, or did."""
    asked = pages.asked_for(request)
    is_open = request.GET.get("state") != "closed"
    rows = queries.breaches_for(
        request.actor, request.site.id, is_open=is_open, control=asked.control, before=asked.after
    )
    context = pages.breach_list(request.actor, rows, asked)
    return render(request, "controls/breaches.html", {**context, "is_open": is_open})


@page(None)
def breach(request: Request, row: UUID) -> HttpResponse:
    """One breach with the record it is about: for those who look at controls, and whoever has to mend it."""
    found = queries.breach_for(request.actor, request.site.id, row)
    return render(request, "controls/breach.html", {"row": pages.breach_rows(request.actor, [found])[0]})


@page(RUN_WATCHES, methods=("POST",))
def run_watches(request: Request) -> HttpResponse:
    """Look now instead of tonight."""
    services.run_watches(clock.now(), actor=request.actor)
    return redirect("controls:breaches")
