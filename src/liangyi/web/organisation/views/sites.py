"""The group, its sites and their licences."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.domains.organisation import queries, services
from liangyi.domains.organisation.permissions import MANAGE, SEE
from liangyi.platform import clock
from liangyi.web.organisation import pages
from liangyi.web.organisation.forms import InstitutionForm, LicenceForm, RenewalForm, SiteForm
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import submit


@page(SEE)
def sites(request: Request) -> HttpResponse:
    """The group and every site the actor works at, with its licence."""
    context = {
        "institution": queries.institution(),
        "rows": pages.site_rows(request.actor, clock.now()),
    }
    return render(request, "organisation/sites.html", context)


@page(MANAGE, methods=("GET", "POST"))
def institution(request: Request) -> HttpResponse:
    """Correct the group's name and credit code; enter them where there are none yet."""
    found = queries.institution()
    known = {"name": found.name, "credit_code": found.credit_code} if found else {}
    form = InstitutionForm(request.POST or None, initial=known)
    save = services.change_institution if found else services.found_institution
    done = submit(
        request,
        form,
        lambda data: save(actor=request.actor, at=clock.now(), **data),
        to=reverse("organisation:sites"),
    )
    return done or render(request, "organisation/institution.html", {"form": form})


@page(MANAGE, methods=("GET", "POST"))
def add_site(request: Request) -> HttpResponse:
    """Found a site."""
    form = SiteForm(request.POST or None)
    done = submit(
        request,
        form,
        lambda data: services.set_up_site(actor=request.actor, at=clock.now(), **data),
        to=lambda site: reverse("organisation:site", args=[site.id]),
    )
    return done or render(request, "organisation/site_form.html", {"form": form})


@page(SEE)
def site(request: Request, site: UUID) -> HttpResponse:
    """One site: profile and licences through time."""
    found = queries.site_for(request.actor, site)
    return render(request, "organisation/site.html", pages.site_context(request.actor, found, clock.now()))


@page(MANAGE, methods=("GET", "POST"))
def edit_site(request: Request, site: UUID) -> HttpResponse:
    """Correct a site."""
    found = queries.site_for(request.actor, site)
    form = SiteForm(request.POST or None, initial=SiteForm.initial_of(found))
    done = submit(
        request,
        form,
        lambda data: services.change_site(actor=request.actor, at=clock.now(), site=site, **data),
        to=reverse("organisation:site", args=[site]),
    )
    return done or render(request, "organisation/site_form.html", {"form": form, "site": found})


@page(MANAGE, methods=("GET", "POST"))
def add_licence(request: Request, site: UUID) -> HttpResponse:
    """Enter a site's licence."""
    found = queries.site_for(request.actor, site)
    form = LicenceForm(request.POST or None)

    def add(data: dict[str, Any]) -> object:
        return services.add_licence(actor=request.actor, at=clock.now(), site=site, **data)

    done = submit(request, form, add, to=reverse("organisation:site", args=[site]))
    return done or render(request, "organisation/licence_form.html", {"form": form, "site": found})


@page(MANAGE, methods=("GET", "POST"))
def correct_licence(request: Request, licence: UUID) -> HttpResponse:
    """Put right what was entered wrongly."""
    found = queries.licence_for(request.actor, licence)
    form = LicenceForm(request.POST or None, initial=LicenceForm.initial_of(found))
    done = submit(
        request,
        form,
        lambda data: services.correct_licence(actor=request.actor, at=clock.now(), licence=licence, **data),
        to=reverse("organisation:site", args=[found.site_id]),
    )
    context = {"form": form, "site": found.site, "licence": found}
    return done or render(request, "organisation/licence_form.html", context)


@page(MANAGE, methods=("GET", "POST"))
def renew_licence(request: Request, licence: UUID) -> HttpResponse:
    """The next licence, like the last one."""
    found = queries.licence_for(request.actor, licence)
    form = RenewalForm(request.POST or None)
    done = submit(
        request,
        form,
        lambda data: services.renew_licence(actor=request.actor, at=clock.now(), licence=licence, **data),
        to=reverse("organisation:site", args=[found.site_id]),
    )
    return done or render(request, "organisation/renew_licence.html", {"form": form, "licence": found})
