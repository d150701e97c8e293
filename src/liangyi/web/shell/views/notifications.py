"""In-app messages, in the drawer or as a page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from liangyi.platform import clock, subjects
from liangyi.platform.messages import services
from liangyi.platform.messages.queries import inbox_for
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import leave


@page(None, methods=("GET", "POST"))
def notifications(request: Request) -> HttpResponse:
    """The newest messages; a post marks all as read."""
    if request.method == "POST":
        services.mark_read(actor=request.actor, at=clock.now())
        return leave(request, "")
    items = inbox_for(request.actor)
    labels = subjects.labels(request.actor, {item.about for item in items if item.about})
    rows = [(item, labels.get(item.about) if item.about else None) for item in items]
    context = {"rows": rows, "has_unread": any(not item.is_read for item in items)}
    return render(request, "shell/notifications.html", context)
