"""Starting from the policies that come with the product."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.domains.governance.permissions import IMPORT
from liangyi.domains.governance.rules.bundled import Bundled, bundled
from liangyi.domains.governance.services.bundled import take_bundled
from liangyi.platform import clock
from liangyi.platform.errors import Missing
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.signin import go


@page(IMPORT)
def templates(request: Request) -> HttpResponse:
    """The pack: three policies in our own words, each clause tied to what carries it out."""
    return render(request, "governance/bundled/list.html", {"policies": bundled().values()})


@page(IMPORT)
def template(request: Request, code: str) -> HttpResponse:
    """One of them to be read before it is taken."""
    return render(request, "governance/bundled/policy.html", {"policy": _known(code)})


@page(IMPORT, methods=("POST",))
def take(request: Request, code: str) -> HttpResponse:
    """Make it the clinic's own, as a draft."""
    version = take_bundled(actor=request.actor, at=clock.now(), code=_known(code).code)
    return go(request, reverse("governance:document", args=[version.policy_id]))


def _known(code: str) -> Bundled:
    policy = bundled().get(code)
    if policy is None:
        raise Missing()
    return policy
