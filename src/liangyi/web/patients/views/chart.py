"""The chart of a patient: the header always in view, and a page for each part."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from liangyi.domains.patients import queries, services
from liangyi.domains.patients.permissions import REVEAL_IDENTITY, REVEAL_PHONE, VIEW, can_at_any, can_change
from liangyi.domains.patients.queries import PatientChart
from liangyi.platform import clock
from liangyi.platform.access.permissions import BREAK_GLASS
from liangyi.platform.errors import Missing
from liangyi.web.patients import changes, pages, panels
from liangyi.web.patients.following import next_steps
from liangyi.web.shell.page import Request, page


def chart_for(request: Request, patient_id: UUID) -> PatientChart:
    """The chart as of now, an open emergency look included."""
    now = clock.now()
    today = clock.local_day(now, request.site.time_zone)
    return queries.patient_chart(request.actor, patient_id, on=today, at=now)


def shown(request: Request, chart: PatientChart, tab: str, **context: Any) -> HttpResponse:
    """A page of the chart below the header; `tab` names page and template."""
    header = chart.header
    sites = header.person.sites
    context |= {
        "tab": tab,
        "chart": chart,
        "header": header,
        "patient": header.patient,
        "about": pages.about(header.patient.sex, header.patient.birth_date, header.on),
        "missing_consents": pages.missing_consents(header.consents),
        "can_change": can_change(request.actor, header.patient, sites),
        "can_reveal_phone": can_at_any(request.actor, REVEAL_PHONE, sites),
        "is_emergency": not can_at_any(request.actor, VIEW, sites),
    }
    return render(request, f"patients/{tab}.html", context)


@page(VIEW)
def patient(request: Request, patient_id: UUID) -> HttpResponse:
    """What there is to know at a glance, and the panels of other areas. Opening it is logged."""
    try:
        chart = chart_for(request, patient_id)
    except Missing:
        if request.actor.may(BREAK_GLASS, request.site.pk) and queries.person_for(patient_id):
            return redirect("patients:break_glass", patient_id=patient_id)
        raise
    if chart.header.patient.pk != patient_id:
        return redirect("patients:patient", patient_id=chart.header.patient.pk)
    services.log_chart_read(actor=request.actor, at=clock.now(), patient_id=patient_id)
    context: dict[str, Any] = {"panels": panels.panels_for(request, chart.header.patient)}
    if "registered" in request.GET:
        context["next_steps"] = next_steps(request.actor, request.site.pk, chart)
    return shown(request, chart, "patient", **context)


@page(VIEW)
def details(request: Request, patient_id: UUID) -> HttpResponse:
    """The record: papers, guardians, registrations."""
    chart = chart_for(request, patient_id)
    papers = [(paper, pages.masked_paper(paper)) for paper in chart.papers]
    can_reveal = can_at_any(request.actor, REVEAL_IDENTITY, chart.header.person.sites)
    return shown(request, chart, "details", papers=papers, can_reveal_identity=can_reveal)


@page(VIEW)
def consents(request: Request, patient_id: UUID) -> HttpResponse:
    """What has been agreed to, withheld and withdrawn."""
    chart = chart_for(request, patient_id)
    cards = pages.consent_cards(chart, queries.consent_texts_in_force(chart.header.on))
    return shown(request, chart, "consents", cards=cards)


@page(VIEW)
def history(request: Request, patient_id: UUID) -> HttpResponse:
    """Who changed what, and why."""
    chart = chart_for(request, patient_id)
    return shown(
        request,
        chart,
        "history",
        changes=changes.changes_of(chart),
        reads=changes.reads_of(request.actor, chart),
    )


@page(REVEAL_PHONE, methods=("POST",))
def phone(request: Request, patient_id: UUID, guardian_id: UUID | None = None) -> HttpResponse:
    """The telephone number in full; logged."""
    number = services.reveal_phone(
        actor=request.actor, at=clock.now(), patient_id=patient_id, guardian_id=guardian_id
    )
    return _in_full(request, patient_id, number)


@page(REVEAL_IDENTITY, methods=("POST",))
def identity(request: Request, patient_id: UUID, paper_id: UUID) -> HttpResponse:
    """A paper's number in full; logged."""
    number = services.reveal_identity(actor=request.actor, at=clock.now(), paper_id=paper_id)
    return _in_full(request, patient_id, number)


def _in_full(request: Request, patient_id: UUID, number: str) -> HttpResponse:
    back = reverse("patients:patient", args=[patient_id])
    return render(request, "patients/in_full.html", {"number": number, "back": back})
