"""My work: what is late, what is due today, what comes next."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.platform import clock
from liangyi.platform.worklist import queries, services
from liangyi.platform.worklist.kinds import needs_note
from liangyi.web.shell import guests, pages
from liangyi.web.shell.forms import AssignForm, FinishForm
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.signin import go
from liangyi.web.shell.submission import submit


@page(None)
def home(request: Request) -> HttpResponse:
    """Everybody's first page."""
    if begins := guests.home_for(request.actor):
        return go(request, begins)
    groups = pages.work_groups(queries.my_work(request.actor, clock.now()), request.actor)
    return render(request, "shell/home.html", {"groups": groups, "today": clock.now()})


@page(None, methods=("GET", "POST"))
def finish(request: Request, item: UUID) -> HttpResponse:
    """Say that a work item is done."""
    card = pages.card_for(request.actor, item)
    form = FinishForm(request.POST or None, needs_note=needs_note(card.kind))
    done = submit(
        request,
        form,
        lambda data: services.finish_item(actor=request.actor, at=clock.now(), item=item, note=data["note"]),
        to=reverse("shell:home"),
    )
    return done or render(request, "shell/work/finish.html", {"form": form, "card": card})


@page(None, methods=("GET", "POST"))
def assign(request: Request, item: UUID) -> HttpResponse:
    """Give a work item to a colleague of its site."""
    card = pages.card_for(request.actor, item)
    form = AssignForm(request.POST or None, people=pages.people_for(request.actor, item))
    done = submit(
        request,
        form,
        lambda data: services.assign_item(actor=request.actor, item=item, assignee=UUID(data["assignee"])),
        to=reverse("shell:home"),
    )
    return done or render(request, "shell/work/assign.html", {"form": form, "card": card})
