"""What somebody prefers: language and active site."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from liangyi.platform import clock
from liangyi.platform.access import services
from liangyi.platform.errors import Missing
from liangyi.web.shell import signin
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.sites import choose_site
from liangyi.web.shell.views.entrance import with_language


@page(None, methods=("POST",))
def preferences(request: Request) -> HttpResponse:
    """Keep the language on the account and in the cookie."""
    code = request.POST.get("language", "")
    services.set_language(actor=request.actor, at=clock.now(), language=code)
    return with_language(signin.go(request, signin.safe_next(request)), code)


@page(None, methods=("POST",))
def switch_site(request: Request) -> HttpResponse:
    """Work at another of one's sites, from home: what was shown belongs to the other site."""
    try:
        site = UUID(request.POST.get("site", ""))
    except ValueError as error:
        raise Missing() from error
    choose_site(request.actor, site)
    return signin.go(request, reverse("shell:home"))
