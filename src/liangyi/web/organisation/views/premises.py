"""Departments and rooms of the active site."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.domains.organisation import queries, services
from liangyi.domains.organisation.permissions import MANAGE, SEE
from liangyi.platform import clock
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.web.organisation.fields import RowField
from liangyi.web.organisation.forms import DepartmentChangeForm, DepartmentForm, RoomForm
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import leave, submit


@page(SEE)
def premises(request: Request) -> HttpResponse:
    """Both lists on one page."""
    context = {
        "departments": queries.departments_for_site(request.actor, request.site),
        "rooms": queries.rooms_for_site(request.actor, request.site),
    }
    return render(request, "organisation/premises.html", context)


@page(MANAGE, methods=("GET", "POST"))
def add_department(request: Request) -> HttpResponse:
    """Add a department."""
    form = DepartmentForm(request.POST or None)
    done = submit(
        request,
        form,
        lambda data: services.add_department(
            actor=request.actor, at=clock.now(), site=request.site.id, **data
        ),
        to=reverse("organisation:premises"),
    )
    return done or render(request, "organisation/department_form.html", {"form": form})


@page(MANAGE, methods=("GET", "POST"))
def department(request: Request, department: UUID) -> HttpResponse:
    """Rename or close a department."""
    found = queries.department_for(request.actor, department)
    known = DepartmentForm.initial_of(found) | {"is_active": found.unit.is_active}
    form = DepartmentChangeForm(request.POST or None, initial=known)
    done = submit(
        request,
        form,
        lambda data: services.change_department(
            actor=request.actor, at=clock.now(), department=department, **data
        ),
        to=reverse("organisation:premises"),
    )
    return done or render(request, "organisation/department_form.html", {"form": form, "department": found})


@page(MANAGE, methods=("GET", "POST"))
def add_room(request: Request) -> HttpResponse:
    """Add a room."""
    form = _room_form(RoomForm(request.POST or None), request.actor, request.site)
    done = submit(
        request,
        form,
        lambda data: services.add_room(actor=request.actor, at=clock.now(), site=request.site.id, **data),
        to=reverse("organisation:premises"),
    )
    return done or render(request, "organisation/room_form.html", {"form": form})


@page(MANAGE, methods=("GET", "POST"))
def room(request: Request, room: UUID) -> HttpResponse:
    """Change a room."""
    found = queries.room_for(request.actor, room)
    form = RoomForm(request.POST or None, initial=RoomForm.initial_of(found))
    done = submit(
        request,
        _room_form(form, request.actor, found.site),
        lambda data: services.change_room(actor=request.actor, at=clock.now(), room=room, **data),
        to=reverse("organisation:premises"),
    )
    return done or render(request, "organisation/room_form.html", {"form": form, "room": found})


@page(MANAGE, methods=("POST",))
def use_room(request: Request, room: UUID) -> HttpResponse:
    """Take a room out of use, or into use again."""
    if request.POST.get("open"):
        services.reopen_room(actor=request.actor, at=clock.now(), room=room)
    else:
        services.close_room(actor=request.actor, at=clock.now(), room=room)
    return leave(request, reverse("organisation:premises"))


def _room_form(form: RoomForm, actor: Actor, site: Site) -> RoomForm:
    field = form.fields["department"]
    if isinstance(field, RowField):
        field.offer((row.id, row.unit.name) for row in queries.departments_for_site(actor, site))
    return form
