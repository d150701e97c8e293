"""Accounts, and the roles they hold where."""

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
from liangyi.web.access.forms import AccountForm, GrantForm, NewAccountForm, ReasonForm
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import submit


@page(MANAGE_ACCOUNTS)
def accounts(request: Request) -> HttpResponse:
    """The accounts of the sites one manages, by user name."""
    return render(request, "access/accounts.html", pages.account_list(request.actor, request.GET))


@page(MANAGE_ACCOUNTS, methods=("GET", "POST"))
def add(request: Request) -> HttpResponse:
    """A new account; its roles come next."""
    form = NewAccountForm(request.POST or None, actor=request.actor, initial={"site": request.site.pk})
    done = submit(
        request,
        form,
        lambda data: services.create_account(actor=request.actor, at=clock.now(), **data),
        to=lambda made: reverse("access:account", args=[made.pk]),
    )
    return done or render(request, "access/account_form.html", {"form": form})


@page(MANAGE_ACCOUNTS)
def account(request: Request, account: UUID) -> HttpResponse:
    """One account: what it may do where, and where it is signed in."""
    found = pages.account_for(request.actor, account)
    return render(request, "access/account.html", pages.account_context(request.actor, found, clock.now()))


@page(MANAGE_ACCOUNTS, methods=("GET", "POST"))
def edit(request: Request, account: UUID) -> HttpResponse:
    """Correct an account."""
    found = pages.account_for(request.actor, account)
    initial = {name: getattr(found, name) for name in ("display_name", "email", "language")}
    form = AccountForm(request.POST or None, actor=request.actor, initial=initial | {"site": found.site_id})

    def change(data: dict[str, Any]) -> object:
        return services.change_account(actor=request.actor, at=clock.now(), account=account, **data)

    done = submit(request, form, change, to=reverse("access:account", args=[account]))
    return done or render(request, "access/account_form.html", {"form": form, "account": found})


@page(MANAGE_ACCOUNTS, methods=("GET", "POST"))
def grant(request: Request, account: UUID) -> HttpResponse:
    """Give a role at a site."""
    found = pages.account_for(request.actor, account)
    form = GrantForm(request.POST or None, actor=request.actor, initial={"site": request.site.pk})

    def give(data: dict[str, Any]) -> object:
        return services.grant_role(actor=request.actor, at=clock.now(), account=account, **data)

    done = submit(request, form, give, to=reverse("access:account", args=[account]))
    return done or render(request, "access/grant.html", {"form": form, "account": found})


@page(MANAGE_ACCOUNTS, methods=("GET", "POST"))
def revoke(request: Request, account: UUID, held: UUID) -> HttpResponse:
    """Take a role away."""
    found = pages.account_for(request.actor, account)
    kept = pages.grant_for(found, held)
    form = ReasonForm(request.POST or None)

    def take(data: dict[str, Any]) -> None:
        services.revoke_role(
            actor=request.actor,
            at=clock.now(),
            account=account,
            role=kept.role.code,
            site=kept.site_id,
            reason=data["reason"],
        )

    done = submit(request, form, take, to=reverse("access:account", args=[account]))
    return done or render(request, "access/revoke.html", {"form": form, "account": found, "grant": kept})
