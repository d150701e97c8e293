"""Inspectors: opened by the quality manager or the director, and the page they begin at."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from liangyi.domains.governance.permissions import INSPECT, VIEW
from liangyi.domains.governance.queries import inspecting
from liangyi.domains.governance.rules.inspecting import USUAL
from liangyi.domains.governance.services import inspecting as services
from liangyi.platform import clock
from liangyi.platform.errors import Missing
from liangyi.web.governance.forms.inspection import InspectionForm
from liangyi.web.governance.pages import inspection as pages
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.signin import go
from liangyi.web.shell.submission import submit


@page(INSPECT)
def inspections(request: Request) -> HttpResponse:
    """Who has been let in, and how often they looked."""
    after = _uuid(request.GET.get("after", ""))
    context = pages.list_context(request.actor, request.site.id, clock.now(), after)
    return render(request, "governance/inspection/list.html", context)


@page(INSPECT, methods=("GET", "POST"))
def open_inspection(request: Request) -> HttpResponse:
    """Let an inspector in; user name and password are shown this once."""
    sent = request.POST if request.method == "POST" else None
    form = InspectionForm(sent, initial=_usual_times(clock.now()) | {"language": "zh-hans"})
    opened: list[services.Opened] = []

    def carry_out(data: dict[str, Any]) -> None:
        opened.append(
            services.open_inspection(actor=request.actor, at=clock.now(), site=request.site.id, **data)
        )

    submit(request, form, carry_out)
    if opened:
        return render(request, "governance/inspection/opened.html", {"opened": opened[0]})
    return render(request, "governance/inspection/open.html", {"form": form})


@page(INSPECT)
def inspection(request: Request, inspection: UUID) -> HttpResponse:
    """One inspection and everything that was looked at."""
    found = inspecting.inspection_for(request.actor, inspection)
    context = pages.detail_context(request.actor, found, clock.now(), request.GET.get("after", ""))
    return render(request, "governance/inspection/detail.html", context)


@page(INSPECT, methods=("POST",))
def end_inspection(request: Request, inspection: UUID) -> HttpResponse:
    """End it now."""
    services.end_inspection(actor=request.actor, at=clock.now(), inspection=inspection)
    return go(request, reverse("governance:inspection", args=[inspection]))


@page(VIEW)
def inspector_home(request: Request) -> HttpResponse:
    """Where an inspector begins."""
    found = inspecting.own_inspection(request.actor, clock.now())
    return render(request, "governance/inspection/home.html", pages.home_context(request.actor, found))


def _usual_times(at: datetime) -> dict[str, datetime]:
    """From now, to the evening of the third day, by the site's clock."""
    now = timezone.localtime(at).replace(second=0, microsecond=0)
    last_day = (now + USUAL - timedelta(days=1)).date()
    evening = datetime.combine(last_day, time(18), now.tzinfo)
    return {"valid_from": now, "valid_until": max(evening, now + timedelta(days=1))}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Missing() from None
