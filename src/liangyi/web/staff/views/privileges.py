"""What the clinic authorises one person to do."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.domains.staff import queries, services
from liangyi.domains.staff.permissions import GRANT_PRIVILEGE, SEE_CREDENTIALS
from liangyi.platform import clock
from liangyi.web.organisation.fields import today_at
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import leave, submit
from liangyi.web.staff import pages
from liangyi.web.staff.forms import PrivilegeForm, SuspendForm


@page(GRANT_PRIVILEGE, methods=("GET", "POST"))
def grant(request: Request, member: UUID) -> HttpResponse:
    """Authorise somebody to do a service."""
    found = queries.member_for(request.actor, member)
    today = today_at(request.site, clock.now())
    form = PrivilegeForm(request.POST or None, actor=request.actor, site=request.site, today=today)
    done = submit(
        request,
        form,
        lambda data: services.grant_privilege(actor=request.actor, at=clock.now(), member=member, **data),
        to=reverse("staff:member", args=[member]),
    )
    return done or render(request, "staff/privilege_form.html", {"form": form, "member": found})


@page(SEE_CREDENTIALS)
def privilege(request: Request, privilege: UUID) -> HttpResponse:
    """One authority, as work items and breaches point to it."""
    found = queries.privilege_for(request.actor, privilege)
    rows = pages.member_context(request.actor, found.staff, request.site, clock.now())["privileges"]
    row = next(row for row in rows if row.privilege.id == privilege)
    return render(request, "staff/privilege.html", {"row": row, "member": found.staff})


@page(GRANT_PRIVILEGE, methods=("GET", "POST"))
def suspend(request: Request, privilege: UUID) -> HttpResponse:
    """Withhold an authority."""
    found = queries.privilege_for(request.actor, privilege)
    form = SuspendForm(request.POST or None)
    done = submit(
        request,
        form,
        lambda data: services.suspend_privilege(
            actor=request.actor, at=clock.now(), privilege=privilege, **data
        ),
        to=reverse("staff:member", args=[found.staff_id]),
    )
    return done or render(request, "staff/suspend.html", {"form": form, "privilege": found})


@page(GRANT_PRIVILEGE, methods=("POST",))
def resume(request: Request, privilege: UUID) -> HttpResponse:
    """Give it back."""
    row = services.resume_privilege(actor=request.actor, at=clock.now(), privilege=privilege)
    return leave(request, reverse("staff:member", args=[row.staff_id]))


@page(GRANT_PRIVILEGE, methods=("POST",))
def end(request: Request, privilege: UUID) -> HttpResponse:
    """Take it back for good."""
    row = services.end_privilege(actor=request.actor, at=clock.now(), privilege=privilege)
    return leave(request, reverse("staff:member", args=[row.staff_id]))
