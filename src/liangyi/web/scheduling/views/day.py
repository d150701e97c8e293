"""The day board."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from liangyi.domains.scheduling.permissions import VIEW
from liangyi.web.scheduling.pages.board import day_context
from liangyi.web.shell.page import Request, page


@page(VIEW)
def day(request: Request) -> HttpResponse:
    """A site's day by practitioner, by room or as a list; on a phone always as a list."""
    return render(request, "scheduling/day.html", day_context(request))
