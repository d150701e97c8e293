"""Roles and what each lets people do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.platform import clock
from liangyi.platform.access import services
from liangyi.platform.access.models import Role
from liangyi.platform.access.permissions import MANAGE_ACCOUNTS, MANAGE_ROLES
from liangyi.web.access import matrix
from liangyi.web.access.forms import RoleForm
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import submit


@page(MANAGE_ACCOUNTS)
def roles(request: Request) -> HttpResponse:
    """Every permission against every role."""
    return render(request, "access/roles.html", matrix.role_matrix())


@page(MANAGE_ROLES, methods=("GET", "POST"))
def add(request: Request) -> HttpResponse:
    """A role of the clinic's own."""
    form = RoleForm(request.POST or None)

    def make(data: dict[str, Any]) -> object:
        return services.create_role(actor=request.actor, at=clock.now(), **data)

    done = submit(request, form, make, to=reverse("access:roles"))
    return done or render(request, "access/role_form.html", {"form": form})


@page(MANAGE_ROLES, methods=("GET", "POST"))
def edit(request: Request, role: UUID) -> HttpResponse:
    """Change one of the clinic's own."""
    found = Role.objects.filter(pk=role, is_builtin=False).first()
    if found is None:
        raise Http404
    initial = {"name": found.name, "name_en": found.name_en, "permissions": found.permissions}
    form = RoleForm(request.POST or None, initial=initial)

    def change(data: dict[str, Any]) -> object:
        return services.change_role(actor=request.actor, at=clock.now(), role=role, **data)

    done = submit(request, form, change, to=reverse("access:roles"))
    return done or render(request, "access/role_form.html", {"form": form, "role": found})
