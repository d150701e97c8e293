"""Requests: lists, deciding, withdrawing. Who sees which is the queries' word."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.platform import clock
from liangyi.platform.approvals import queries, services
from liangyi.web.approvals import pages
from liangyi.web.approvals.forms import YES, DecisionForm, WithdrawForm
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import submit


@page(None)
def approvals(request: Request) -> HttpResponse:
    """What waits for my word, what I asked for, and all there is."""
    context = pages.list_context(request.actor, request.GET.get("list", ""), request.GET.get("after", ""))
    return render(request, "approvals/list.html", context)


@page(None, methods=("GET", "POST"))
def approval(request: Request, approval: UUID) -> HttpResponse:
    """One request, and the reader's word on it."""
    found = queries.approval_for(request.actor, approval)
    form = DecisionForm(request.POST or None, initial={"step": found.step})

    def decide(data: dict[str, Any]) -> object:
        return services.decide(
            actor=request.actor,
            at=clock.now(),
            approval=approval,
            approve=data["answer"] == YES,
            note=data["note"],
            step=data["step"],
        )

    done = submit(request, form, decide, to=reverse("approvals:approval", args=[approval]))
    context = {**pages.approval_context(request.actor, found), "form": form}
    return done or render(request, "approvals/approval.html", context)


@page(None, methods=("GET", "POST"))
def withdraw(request: Request, approval: UUID) -> HttpResponse:
    """Take back what one has asked for."""
    found = queries.approval_for(request.actor, approval)
    form = WithdrawForm(request.POST or None)

    def take_back(data: dict[str, Any]) -> object:
        return services.withdraw(actor=request.actor, at=clock.now(), approval=approval, note=data["note"])

    done = submit(request, form, take_back, to=reverse("approvals:approval", args=[approval]))
    context = {**pages.approval_context(request.actor, found), "form": form}
    return done or render(request, "approvals/withdraw.html", context)
