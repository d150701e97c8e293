"""Who can sign in at all: passwords, the end of an account, and its return."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.platform import clock
from liangyi.platform.access import services
from liangyi.platform.access.permissions import MANAGE_ACCOUNTS
from liangyi.web.access import pages
from liangyi.web.access.forms import NewPasswordForm, ReasonForm
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import submit


@page(MANAGE_ACCOUNTS, methods=("GET", "POST"))
def reset(request: Request, account: UUID) -> HttpResponse:
    """A new password, to be changed at the next sign-in."""
    found = pages.account_for(request.actor, account)
    form = NewPasswordForm(request.POST or None)

    def change(data: dict[str, Any]) -> object:
        return services.reset_password(actor=request.actor, at=clock.now(), account=account, **data)

    done = submit(request, form, change, to=reverse("access:account", args=[account]))
    return done or render(request, "access/password.html", {"form": form, "account": found})


@page(MANAGE_ACCOUNTS, methods=("GET", "POST"))
def end(request: Request, account: UUID) -> HttpResponse:
    """Nobody signs in with it any more."""
    found = pages.account_for(request.actor, account)
    form = ReasonForm(request.POST or None)

    def stop(data: dict[str, Any]) -> object:
        return services.end_account(actor=request.actor, at=clock.now(), account=account, **data)

    done = submit(request, form, stop, to=reverse("access:account", args=[account]))
    return done or render(request, "access/end.html", {"form": form, "account": found})


@page(MANAGE_ACCOUNTS, methods=("GET", "POST"))
def reactivate(request: Request, account: UUID) -> HttpResponse:
    """Open an ended account again."""
    found = pages.account_for(request.actor, account)
    form = ReasonForm(request.POST or None)

    def open_again(data: dict[str, Any]) -> object:
        return services.reactivate_account(actor=request.actor, at=clock.now(), account=account, **data)

    done = submit(request, form, open_again, to=reverse("access:account", args=[account]))
    return done or render(request, "access/reactivate.html", {"form": form, "account": found})
