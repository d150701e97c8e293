"""Equipment and its calibration."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.domains.facilities import queries, services
from liangyi.domains.facilities.permissions import CALIBRATE, MANAGE, SEE
from liangyi.platform import clock
from liangyi.web.facilities import pages
from liangyi.web.facilities.forms import CalibrationForm, EquipmentChangeForm, EquipmentForm, RetireForm
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import submit


@page(SEE)
def equipment(request: Request) -> HttpResponse:
    """The pieces of the active site, and the models."""
    context = pages.equipment_list(request.actor, request.site, request.GET, clock.now())
    return render(request, "facilities/equipment.html", context)


@page(MANAGE, methods=("GET", "POST"))
def add_equipment(request: Request) -> HttpResponse:
    """Add a piece."""
    form = EquipmentForm(request.POST or None, actor=request.actor, site=request.site)
    done = submit(
        request,
        form,
        lambda data: services.add_equipment(
            actor=request.actor, at=clock.now(), site=request.site.id, **data
        ),
        to=lambda piece: reverse("facilities:piece", args=[piece.id]),
    )
    return done or render(request, "facilities/equipment_form.html", {"form": form})


@page(SEE)
def piece(request: Request, piece: UUID) -> HttpResponse:
    """One piece with its calibrations."""
    found = queries.equipment_for(request.actor, piece)
    return render(request, "facilities/piece.html", pages.equipment_context(found, clock.now()))


@page(MANAGE, methods=("GET", "POST"))
def edit_equipment(request: Request, piece: UUID) -> HttpResponse:
    """Correct a piece."""
    found = queries.equipment_for(request.actor, piece)
    form = EquipmentChangeForm(
        request.POST or None,
        initial=EquipmentForm.initial_of(found),
        actor=request.actor,
        site=found.site,
    )
    done = submit(
        request,
        form,
        lambda data: services.change_equipment(actor=request.actor, at=clock.now(), equipment=piece, **data),
        to=reverse("facilities:piece", args=[piece]),
    )
    return done or render(request, "facilities/equipment_form.html", {"form": form, "piece": found})


@page(CALIBRATE, methods=("GET", "POST"))
def calibrate(request: Request, piece: UUID) -> HttpResponse:
    """Note a calibration."""
    found = queries.equipment_for(request.actor, piece)
    form = CalibrationForm(request.POST or None)
    done = submit(
        request,
        form,
        lambda data: services.record_calibration(
            actor=request.actor, at=clock.now(), equipment=piece, **data
        ),
        to=reverse("facilities:piece", args=[piece]),
    )
    return done or render(request, "facilities/calibration_form.html", {"form": form, "piece": found})


@page(MANAGE, methods=("GET", "POST"))
def retire(request: Request, piece: UUID) -> HttpResponse:
    """Take a piece out of use."""
    found = queries.equipment_for(request.actor, piece)
    form = RetireForm(request.POST or None)
    done = submit(
        request,
        form,
        lambda data: services.retire_equipment(actor=request.actor, at=clock.now(), equipment=piece, **data),
        to=reverse("facilities:equipment"),
    )
    return done or render(request, "facilities/retire_form.html", {"form": form, "piece": found})
