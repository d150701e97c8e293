"""Services, prices and device models."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.domains.catalogue import queries, services
from liangyi.domains.catalogue.permissions import MANAGE, SEE, SET_PRICE
from liangyi.platform import clock
from liangyi.web.catalogue import pages
from liangyi.web.catalogue.forms import DeviceModelForm, PriceForm, ServiceForm
from liangyi.web.organisation.fields import today_at
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import leave, submit


@page(SEE)
def services_(request: Request) -> HttpResponse:
    """Every service with its price today at the active site."""
    context = pages.service_list(request.actor, request.site, request.GET, clock.now())
    return render(request, "catalogue/services.html", context)


@page(MANAGE, methods=("GET", "POST"))
def add_service(request: Request) -> HttpResponse:
    """Offer something new."""
    known = {"sites": [str(request.site.id)]}
    form = ServiceForm(request.POST or None, initial=known, actor=request.actor)
    done = submit(
        request,
        form,
        lambda data: services.add_service(actor=request.actor, at=clock.now(), **data),
        to=lambda service: reverse("catalogue:service", args=[service.id]),
    )
    return done or render(request, "catalogue/service_form.html", {"form": form})


@page(SEE)
def service(request: Request, service: UUID) -> HttpResponse:
    """One service with its prices through time."""
    found = queries.service_for(request.actor, service)
    context = pages.service_context(request.actor, found, request.site, clock.now())
    return render(request, "catalogue/service.html", context)


@page(MANAGE, methods=("GET", "POST"))
def edit_service(request: Request, service: UUID) -> HttpResponse:
    """Change a service; sites the actor does not manage keep it."""
    found = queries.service_for(request.actor, service)
    form = ServiceForm(request.POST or None, initial=ServiceForm.initial_of(found), actor=request.actor)

    def change(data: dict[str, Any]) -> object:
        mine = set(request.actor.sites_with(MANAGE))
        data["sites"] = [*data["sites"], *(set(queries.sites_of_service(service)) - mine)]
        return services.change_service(actor=request.actor, at=clock.now(), service=service, **data)

    done = submit(request, form, change, to=reverse("catalogue:service", args=[service]))
    return done or render(request, "catalogue/service_form.html", {"form": form, "service": found})


@page(MANAGE, methods=("POST",))
def offer_service(request: Request, service: UUID) -> HttpResponse:
    """Retire a service, or offer it again."""
    change = services.reinstate_service if request.POST.get("again") else services.retire_service
    change(actor=request.actor, at=clock.now(), service=service)
    return leave(request, reverse("catalogue:service", args=[service]))


@page(SET_PRICE, methods=("GET", "POST"))
def set_price(request: Request, service: UUID) -> HttpResponse:
    """Set a price from a day on."""
    found = queries.service_for(request.actor, service)
    known = {"effective_from": today_at(request.site, clock.now())}
    form = PriceForm(request.POST or None, initial=known, actor=request.actor)

    def put(data: dict[str, Any]) -> object:
        return services.set_price(
            actor=request.actor,
            at=clock.now(),
            service=service,
            cents=form.cents,
            effective_from=data["effective_from"],
            site=data["site"],
        )

    done = submit(request, form, put, to=reverse("catalogue:service", args=[service]))
    return done or render(request, "catalogue/price_form.html", {"form": form, "service": found})


@page(MANAGE, methods=("GET", "POST"))
def add_device_model(request: Request) -> HttpResponse:
    """Add a make of equipment."""
    form = DeviceModelForm(request.POST or None)
    done = submit(
        request,
        form,
        lambda data: services.add_device_model(actor=request.actor, at=clock.now(), **data),
        to=reverse("facilities:equipment"),
    )
    return done or render(request, "catalogue/device_model_form.html", {"form": form})


@page(MANAGE, methods=("GET", "POST"))
def device_model(request: Request, model: UUID) -> HttpResponse:
    """Correct a make of equipment."""
    found = queries.device_model_for(request.actor, model)
    form = DeviceModelForm(request.POST or None, initial=DeviceModelForm.initial_of(found))
    done = submit(
        request,
        form,
        lambda data: services.change_device_model(actor=request.actor, at=clock.now(), model=model, **data),
        to=reverse("facilities:equipment"),
    )
    return done or render(request, "catalogue/device_model_form.html", {"form": form, "model": found})
