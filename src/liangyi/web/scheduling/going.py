"""Where a reader is taken after something was done, and how a failure is shown where it happened."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from liangyi.web.shell.overriding import PRESSED
from liangyi.web.shell.page import Request
from liangyi.web.shell.submission import STAY

CHOOSING = "_choose"
OFFERED = "_slot"


def is_choosing(request: Request) -> bool:
    """The form is being filled in, not sent: show it as far as it is known."""
    return request.method == "POST" and CHOOSING in request.POST


def offered(request: Request) -> str:
    """The alternative that was pressed (`_slot`), or that a refusal to be set aside was about."""
    return str(request.POST.get(OFFERED) or request.POST.get(PRESSED) or "")


def sent(request: Request) -> QueryDict | None:
    """What was sent, None while the form is only being filled in.

    An alternative that was pressed stands for the time that was chosen or typed before.
    """
    if request.method != "POST" or is_choosing(request):
        return None
    if not (slot := offered(request)):
        return request.POST
    data = request.POST.copy()
    data["slot"] = slot
    data.pop("start", None)
    return data


def known(request: Request) -> dict[str, str]:
    """What is known of the form's fields, from the address or from what is being filled in."""
    if request.method != "POST":
        return {name: str(value) for name, value in request.GET.items()}
    found = {
        name: next((str(value) for value in reversed(values) if value), "")
        for name, values in request.POST.lists()
        if not name.startswith(PRESSED)
    }
    return found | ({"slot": slot} if (slot := offered(request)) else {})


def back_or(request: Request, address: str) -> str:
    """The page behind the drawer afresh; from a page of its own the address."""
    return STAY if "HX-Request" in request.headers else address


def page_behind(request: Request) -> str:
    """The path of the page on which the drawer lies, or nothing."""
    return urlsplit(request.headers.get("HX-Current-URL", "")).path


def own_address(request: Request, wanted: str) -> str:
    """`wanted` if it is an address of ours, else nothing."""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else ""


def next_or(request: Request, address: str) -> str:
    """The address the form says to go on to, or another one."""
    return own_address(request, request.POST.get("next", "")) or address


def to_queue(request: Request) -> HttpResponse | None:
    """The queue afresh for a button pressed in it: the answer is put into the page."""
    if request.headers.get("HX-Target") != "queue":
        return None
    return HttpResponseRedirect(reverse("scheduling:queue"), status=303)
