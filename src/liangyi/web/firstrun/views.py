"""An empty product becomes a clinic; and what it still lacks."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.domains.organisation.permissions import SEE
from liangyi.domains.staff import services
from liangyi.platform import clock
from liangyi.platform.access.models import Account
from liangyi.platform.access.queries import actor_for
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Conflict, Invalid
from liangyi.web.firstrun import pages
from liangyi.web.firstrun.backups import backup_page
from liangyi.web.firstrun.forms import FirstRunForm
from liangyi.web.shell import signin
from liangyi.web.shell.page import Request, page, public
from liangyi.web.shell.submission import add_errors


@public(methods=("GET", "POST"))
def start(request: HttpRequest) -> HttpResponse:
    """Institution, first site, licence, administrator: only while nobody has an account."""
    if Account.objects.exists():
        return signin.go(request, reverse("shell:home"))
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = services.found_clinic(at=clock.now(), clinic=form.clinic)
        except Invalid as error:
            add_errors(form, _by_field(error))
        except Conflict:
            return signin.go(request, reverse("shell:home"))
        else:
            return _let_in(request, account)
    status = 422 if form.errors else 200
    return render(request, "firstrun/start.html", {"form": form}, status=status)


@page(SEE)
def checklist(request: Request) -> HttpResponse:
    """What is still missing at the active site until somebody can be booked."""
    context: dict[str, Any] = pages.checklist(request.actor, request.site, clock.now())
    return render(request, "firstrun/checklist.html", context)


@page(SEE)
def backups(request: Request) -> HttpResponse:
    """Every backup that was made or failed."""
    context = backup_page(clock.now(), request.GET.get("after", ""))
    return render(request, "firstrun/backups.html", context)


def _by_field(error: Invalid) -> Invalid:
    """`site.code` is the form's `site_code`."""
    return Invalid({name.replace(".", "_", 1): texts for name, texts in error.fields.items()})


def _let_in(request: HttpRequest, account: Account) -> HttpResponse:
    with recorded(actor_for(account)):
        login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    request.session[signin.SEEN] = int(clock.now().timestamp())
    return signin.go(request, reverse("firstrun:checklist"))
