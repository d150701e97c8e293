"""Who is signed in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from liangyi.platform import clock
from liangyi.platform.access import services
from liangyi.platform.access.permissions import VIEW_SESSIONS
from liangyi.web.access import pages
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import leave


@page(VIEW_SESSIONS, methods=("GET", "POST"))
def sessions(request: Request) -> HttpResponse:
    """The running sessions at the sites one manages; a post ends one of them."""
    if request.method == "POST":
        services.end_session(actor=request.actor, at=clock.now(), session=request.POST.get("session", ""))
        return leave(request, "")
    context = pages.session_list(request.actor, clock.now(), request.GET.get("after", ""))
    return render(request, "access/sessions.html", context | {"here": request.session.session_key})
