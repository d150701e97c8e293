"""Certificates of one person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.domains.staff import queries, services
from liangyi.domains.staff.models import Credential
from liangyi.domains.staff.permissions import MANAGE, SEE_CREDENTIALS
from liangyi.platform import clock
from liangyi.web.organisation.fields import today_at
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import leave, submit
from liangyi.web.staff import pages
from liangyi.web.staff.forms import CredentialForm, RevokeForm


@page(MANAGE, methods=("GET", "POST"))
def add_credential(request: Request, member: UUID) -> HttpResponse:
    """Enter a certificate."""
    found = queries.member_for(request.actor, member)
    known = {"sites": [str(request.site.id)]}
    form = CredentialForm(request.POST or None, initial=known, actor=request.actor)
    done = submit(
        request,
        form,
        lambda data: services.add_credential(actor=request.actor, at=clock.now(), member=member, **data),
        to=reverse("staff:member", args=[member]),
    )
    return done or render(request, "staff/credential_form.html", {"form": form, "member": found})


@page(SEE_CREDENTIALS)
def credential(request: Request, credential: UUID) -> HttpResponse:
    """One certificate, as work items and breaches point to it."""
    found = queries.credential_for(request.actor, credential)
    rows = pages.member_context(request.actor, found.staff, request.site, clock.now())["credentials"]
    row = next(row for row in rows if row.credential.id == credential)
    return render(request, "staff/credential.html", {"row": row, "member": found.staff})


@page(MANAGE, methods=("GET", "POST"))
def edit_credential(request: Request, credential: UUID) -> HttpResponse:
    """Correct or extend a certificate; places the actor does not manage stay."""
    found = queries.credential_for(request.actor, credential)
    form = CredentialForm(request.POST or None, initial=CredentialForm.initial_of(found), actor=request.actor)

    def change(data: dict[str, Any]) -> object:
        mine = set(request.actor.sites_with(MANAGE))
        data["sites"] = [*data["sites"], *(_places(found) - mine)]
        return services.change_credential(actor=request.actor, at=clock.now(), credential=credential, **data)

    done = submit(request, form, change, to=reverse("staff:member", args=[found.staff_id]))
    context = {"form": form, "member": found.staff, "credential": found}
    return done or render(request, "staff/credential_form.html", context)


@page(MANAGE, methods=("POST",))
def verify(request: Request, credential: UUID) -> HttpResponse:
    """It was looked up in the register and is as entered."""
    row = services.verify_credential(actor=request.actor, at=clock.now(), credential=credential)
    return leave(request, reverse("staff:member", args=[row.staff_id]))


@page(MANAGE, methods=("GET", "POST"))
def revoke(request: Request, credential: UUID) -> HttpResponse:
    """It counts no more."""
    found = queries.credential_for(request.actor, credential)
    form = RevokeForm(request.POST or None, initial={"revoked_on": today_at(request.site, clock.now())})
    done = submit(
        request,
        form,
        lambda data: services.revoke_credential(
            actor=request.actor, at=clock.now(), credential=credential, **data
        ),
        to=reverse("staff:member", args=[found.staff_id]),
    )
    return done or render(request, "staff/revoke.html", {"form": form, "credential": found})


def _places(credential: Credential) -> set[UUID]:
    return set(credential.places.values_list("site", flat=True))
