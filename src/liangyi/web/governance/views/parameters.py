"""Parameters: what is in force where, what clauses set, asking for a value and taking it back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.domains.governance.models import Match, Setting
from liangyi.domains.governance.permissions import REQUEST_SETTING, VIEW
from liangyi.domains.governance.queries.parameters import match_to_set, setting_for
from liangyi.domains.governance.rules.parameters import offers
from liangyi.domains.governance.services import parameters as services
from liangyi.platform import clock
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.controls.catalogue import Parameter, controls
from liangyi.platform.errors import Missing
from liangyi.web.governance.forms.parameters import GROUP, GROUP_KEY, EndForm, SettingForm, WithdrawForm
from liangyi.web.governance.pages import parameters as pages
from liangyi.web.organisation.fields import shown_name
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import submit


@page(VIEW)
def parameters(request: Request) -> HttpResponse:
    """Every parameter of every built control, at one site or in the group."""
    sites = pages.sites_of(request.actor)
    asked = request.GET.get("site", "")
    chosen = next((site for site in sites if str(site.id) == asked), request.site)
    site = None if asked == GROUP_KEY else chosen.id
    context = {
        "rows": pages.overview(request.actor, site, _today()),
        "places": [
            ("", shown_name(request.site)),
            *((str(each.id), shown_name(each)) for each in sites if each.id != request.site.id),
            (GROUP_KEY, GROUP),
        ],
    }
    return render(request, "governance/parameters/list.html", context)


@page(VIEW)
def parameter(request: Request, control: str, name: str) -> HttpResponse:
    """One parameter over sites and time."""
    found = pages.parameter_for(control, name)
    context = pages.detail(request.actor, *found, _today())
    return render(request, "governance/parameters/parameter.html", context)


@page(REQUEST_SETTING, methods=("GET", "POST"))
def request_setting(request: Request, match: UUID) -> HttpResponse:
    """Have a clause set a value."""
    found = match_to_set(request.actor, match)
    form = _form(request, found)
    done = submit(request, form, lambda data: _ask(request, found, data), to=_address)
    context = _about(found) | {"form": form}
    return done or render(request, "governance/parameters/request.html", context)


@page(REQUEST_SETTING, methods=("GET", "POST"))
def inline(request: Request, match: UUID) -> HttpResponse:
    """The same as a fragment, beside the clause under review: with the value found in its text."""
    found = match_to_set(request.actor, match)
    form = _form(request, found)
    asked: list[Setting] = []
    done = submit(request, form, lambda data: asked.append(_ask(request, found, data)))
    context = _about(found) | {"form": form, "asked": asked[0] if done and asked else None}
    return render(request, "governance/parameters/inline.html", context)


@page(REQUEST_SETTING, methods=("POST",))
def effect(request: Request, match: UUID) -> HttpResponse:
    """What the value typed so far would do. Nothing is saved."""
    found = match_to_set(request.actor, match)
    context = pages.effect(found, pages.sites_of(request.actor), request.POST.dict(), _today())
    return render(request, "governance/parameters/effect.html", context)


@page(VIEW)
def setting(request: Request, setting: UUID) -> HttpResponse:
    """One value that a clause sets."""
    found = setting_for(request.actor, setting)
    rows = pages.rows_of_clause(request.actor, found.match.identity, _today())
    row = next(each for each in rows if each.setting.id == found.id)
    is_known = found.match.control in controls()
    return render(request, "governance/parameters/setting.html", {"row": row, "is_known": is_known})


@page(REQUEST_SETTING, methods=("GET", "POST"))
def end_setting(request: Request, setting: UUID) -> HttpResponse:
    """Ask that a value no longer hold."""
    found = setting_for(request.actor, setting)
    form = EndForm(request.POST or None, initial={"ends_on": _today() + timedelta(days=1)})
    done = submit(
        request,
        form,
        lambda data: services.request_end(actor=request.actor, at=clock.now(), setting=found.id, **data),
        to=_address,
    )
    row = pages.setting_rows(request.actor, [found])[0]
    return done or render(request, "governance/parameters/end.html", {"form": form, "row": row})


@page(REQUEST_SETTING, methods=("GET", "POST"))
def withdraw_setting(request: Request, setting: UUID) -> HttpResponse:
    """Take back what one has asked for."""
    found = setting_for(request.actor, setting)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    done = submit(
        request,
        form,
        lambda _data: services.withdraw_setting(actor=request.actor, at=clock.now(), setting=found.id),
        to=reverse("governance:setting", args=[found.id]),
    )
    row = pages.setting_rows(request.actor, [found])[0]
    return done or render(request, "governance/parameters/withdraw.html", {"form": form, "row": row})


def _form(request: Request, match: Match) -> SettingForm:
    control = controls().get(match.control)
    if control is None or not control.parameters:
        raise Missing()
    asked = request.GET.get("parameter", "")
    named = [each for each in control.parameters if each.name == asked]
    today = _today()
    return SettingForm(
        request.POST if request.method == "POST" else None,
        parameters=named or list(control.parameters),
        sites=pages.settable_sites(request.actor, pages.sites_of(request.actor)),
        today=today,
        initial=_initial(request, match, named or list(control.parameters), today),
    )


def _initial(request: Request, match: Match, known: list[Parameter], today: date) -> dict[str, Any]:
    """The value that was offered, else the first number of the clause that fits."""
    found = offers(controls()[match.control], match.clause.text)
    fitting = next((offer for offer in found if offer.parameter in known), None)
    value = request.GET.get("value", "")[:60] or (fitting.value if fitting else "")
    name = fitting.parameter.name if fitting else known[0].name
    return {"parameter": name, "value": value, "effective_from": today + timedelta(days=1)}


def _ask(request: Request, match: Match, data: dict[str, Any]) -> Setting:
    return services.request_setting(actor=request.actor, at=clock.now(), match=match.id, **data)


def _about(match: Match) -> dict[str, Any]:
    return {"match": match, "control": controls()[match.control]}


def _address(setting: Setting) -> str:
    return reverse("governance:setting", args=[setting.id])


def _today() -> date:
    return local_day(clock.now(), HOME_ZONE)
