"""Break-glass: another site's record, for a written reason, for some hours, reviewed afterwards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from liangyi.domains.patients import queries, services
from liangyi.domains.patients.queries.people import SUBJECT, is_visible
from liangyi.domains.patients.rules.entries import Candidate, NewPaper
from liangyi.platform import clock
from liangyi.platform.access.permissions import BREAK_GLASS
from liangyi.platform.access.services import open_break_glass
from liangyi.platform.errors import Missing
from liangyi.web.patients.forms import FindForm, ReasonForm
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import submit


@page(BREAK_GLASS, methods=("GET", "POST"))
def find(request: Request) -> HttpResponse:
    """Whom of the whole group somebody's paper, or name with telephone or birth date, may mean."""
    form = FindForm(request.POST if request.method == "POST" else None)
    found = _found(request, form) if form.is_valid() else None
    return render(request, "patients/emergency_find.html", {"form": form, "found": found})


@page(BREAK_GLASS, methods=("GET", "POST"))
def open_record(request: Request, patient_id: UUID) -> HttpResponse:
    """Asks for the reason, opens the record and goes there."""
    person = queries.person_for(patient_id)
    if person is None:
        raise Missing()
    chart = reverse("patients:patient", args=[person.canonical_id])
    if is_visible(request.actor, person):
        return redirect(chart)
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def run(data: dict[str, Any]) -> object:
        return open_break_glass(
            actor=request.actor,
            at=clock.now(),
            site=request.site.pk,
            subject=(SUBJECT, person.canonical_id),
            reason=data["reason"],
        )

    return submit(request, form, run, to=chart) or render(
        request, "patients/emergency_open.html", {"form": form}
    )


def _found(request: Request, form: forms.Form) -> list[Candidate]:
    data = form.cleaned_data
    today = clock.local_day(clock.now(), request.site.time_zone)
    papers = [NewPaper(data["paper_kind"], data["paper_number"])] if data["paper_number"] else []
    facts = services.claimed_facts(
        today=today, name=data["name"], phone=data["phone"], birth_date=data["birth_date"], papers=papers
    )
    return queries.candidates_for(request.actor, facts, site=request.site.pk)
