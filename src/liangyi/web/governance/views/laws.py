"""The watch list of laws: what is due to be looked up, what has changed, and which clauses answer it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance import queries as policies
from liangyi.domains.governance.enums import RegulationState
from liangyi.domains.governance.models import Regulation
from liangyi.domains.governance.permissions import VIEW, WATCH_LAWS
from liangyi.domains.governance.queries import laws as queries
from liangyi.domains.governance.services import laws as services
from liangyi.platform import clock
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.web.governance.forms.laws import CheckForm, LawForm, LinkForm
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.signin import go
from liangyi.web.shell.submission import submit

TONES = {
    RegulationState.COMING: "info",
    RegulationState.IN_FORCE: "good",
    RegulationState.CHANGED: "waiting",
    RegulationState.REPEALED: "danger",
}
FILTERS = [("", _("全部")), ("due", _("该查新")), ("changed", _("有变化"))]
FIELDS = tuple(LawForm.base_fields)


@page(VIEW)
def laws(request: Request) -> HttpResponse:
    """Every law of the list, those to be looked up first."""
    which = request.GET.get("show", "")
    found = queries.laws_for_list(request.actor, _today(), which)
    rows = [(row, TONES[RegulationState(row.law.state)]) for row in found]
    return render(request, "governance/laws/list.html", {"rows": rows, "filters": FILTERS, "which": which})


@page(WATCH_LAWS, methods=("POST",))
def load(request: Request) -> HttpResponse:
    """Put the laws the product's own rules rest on upon the list."""
    services.load_regulations(actor=request.actor, at=clock.now())
    return go(request, reverse("governance:laws"))


@page(WATCH_LAWS, methods=("GET", "POST"))
def add(request: Request) -> HttpResponse:
    """Put a law on the list."""
    form = LawForm(request.POST or None)

    def register(data: dict[str, Any]) -> Regulation:
        return services.add_regulation(actor=request.actor, at=clock.now(), **data)

    done = submit(request, form, register, to=lambda law: reverse("governance:law", args=[law.id]))
    return done or render(request, "governance/laws/form.html", {"form": form})


@page(VIEW)
def law(request: Request, regulation: UUID) -> HttpResponse:
    """One law: what is known, the clauses that answer it, what looking it up has come to."""
    row = queries.law_for(request.actor, regulation, _today())
    context = {
        "row": row,
        "tone": TONES[RegulationState(row.law.state)],
        "links": queries.links_of_law(request.actor, row.law),
        "checks": queries.checks_of(row.law),
    }
    return render(request, "governance/laws/law.html", context)


@page(WATCH_LAWS, methods=("GET", "POST"))
def edit(request: Request, regulation: UUID) -> HttpResponse:
    """Put right what is written about a law."""
    found = queries.law_for(request.actor, regulation, _today()).law
    form = LawForm(request.POST or None, initial={name: getattr(found, name) for name in FIELDS})

    def change(data: dict[str, Any]) -> object:
        return services.change_regulation(actor=request.actor, at=clock.now(), regulation=regulation, **data)

    done = submit(request, form, change, to=reverse("governance:law", args=[regulation]))
    return done or render(request, "governance/laws/form.html", {"form": form, "law": found})


@page(WATCH_LAWS, methods=("GET", "POST"))
def check(request: Request, regulation: UUID) -> HttpResponse:
    """Write down what looking the law up came to."""
    row = queries.law_for(request.actor, regulation, _today())
    form = CheckForm(request.POST or None)

    def write(data: dict[str, Any]) -> object:
        return services.check_regulation(actor=request.actor, at=clock.now(), regulation=regulation, **data)

    done = submit(request, form, write, to=reverse("governance:law", args=[regulation]))
    return done or render(request, "governance/laws/check.html", {"form": form, "row": row})


@page(WATCH_LAWS, methods=("GET", "POST"))
def link(request: Request, regulation: UUID) -> HttpResponse:
    """Find clauses by their words, and say which answers which article."""
    row = queries.law_for(request.actor, regulation, _today())
    typed = request.GET.get("q", "")[:60].replace("\x00", "")
    found = queries.clauses_for_search(request.actor, typed)
    form = LinkForm(request.POST or None, clauses=found)

    def tie(data: dict[str, Any]) -> object:
        return services.link_clause(actor=request.actor, at=clock.now(), regulation=regulation, **data)

    done = submit(request, form, tie, to=reverse("governance:law", args=[regulation]))
    context = {"form": form, "row": row, "typed": typed, "found": found}
    return done or render(request, "governance/laws/link.html", context)


@page(WATCH_LAWS, methods=("POST",))
def unlink(request: Request, link: UUID) -> HttpResponse:
    """Take a link back."""
    found = services.unlink_clause(actor=request.actor, at=clock.now(), link=link)
    return go(request, reverse("governance:law", args=[found]))


@page(VIEW)
def of_policy(request: Request, policy: UUID) -> HttpResponse:
    """The laws a policy answers, clause by clause."""
    found = policies.policy_for(request.actor, policy)
    links = queries.links_of_policy(request.actor, policy)
    rows = [(row, TONES[RegulationState(row.link.regulation.state)]) for row in links]
    return render(request, "governance/laws/of_policy.html", {"policy": found, "rows": rows})


def _today() -> date:
    return local_day(clock.now(), HOME_ZONE)
