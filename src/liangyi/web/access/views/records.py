"""Emergency looks, the history of a record, and the log of sensitive reads."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.platform import clock
from liangyi.platform.access import services
from liangyi.platform.access.permissions import REVIEW_BREAK_GLASS
from liangyi.platform.audit.permissions import VIEW_HISTORY, VIEW_READS
from liangyi.web.access import changes, looks
from liangyi.web.access.forms import ReviewForm
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import submit


@page(REVIEW_BREAK_GLASS)
def break_glass(request: Request) -> HttpResponse:
    """Emergency looks at the sites one reviews, the latest first."""
    return render(request, "access/break_glass.html", looks.emergency_list(request.actor, request.GET))


@page(REVIEW_BREAK_GLASS, methods=("GET", "POST"))
def review(request: Request, record: UUID) -> HttpResponse:
    """Judge an emergency look."""
    found = looks.emergency_for(request.actor, record)
    form = ReviewForm(request.POST or None)

    def judge(data: dict[str, Any]) -> object:
        return services.review_break_glass(actor=request.actor, at=clock.now(), record=record, **data)

    done = submit(request, form, judge, to=reverse("access:break_glass"))
    context = {"form": form, "row": found, "is_own": found.record.account_id == request.actor.id}
    return done or render(request, "access/review.html", context)


@page(VIEW_HISTORY)
def history(request: Request, table: str, row: UUID) -> HttpResponse:
    """Who changed a record, when, why, from what to what."""
    context = changes.history_page(request.actor, table, row, request.GET.get("after", ""))
    return render(request, "access/history_page.html", context)


@page(VIEW_READS)
def reads(request: Request) -> HttpResponse:
    """Who looked at what; by person, record and day."""
    return render(request, "access/reads.html", looks.read_list(request.actor, request.site, request.GET))
