"""Two records of one person side by side, and the way back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.domains.patients import queries, services
from liangyi.domains.patients.permissions import MERGE
from liangyi.platform import clock
from liangyi.web.patients import pages
from liangyi.web.patients.forms import ReasonForm
from liangyi.web.patients.views.chart import chart_for, shown
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import submit

OFFERED = 10


@page(MERGE, methods=("GET", "POST"))
def merge(request: Request, patient_id: UUID) -> HttpResponse:
    """The record that stays, and the other: searched for, then compared (`?with=`), then merged."""
    chart = chart_for(request, patient_id)
    other = _other(request, request.POST.get("with") or request.GET.get("with", ""))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if other is None:
        return shown(request, chart, "merge", hits=_hits(request, chart.header.patient.pk))

    def run(data: dict[str, Any]) -> object:
        return services.merge_patients(
            actor=request.actor,
            at=clock.now(),
            keep_id=chart.header.patient.pk,
            merge_id=other.header.patient.pk,
            **data,
        )

    saved = submit(request, form, run, to=reverse("patients:patient", args=[chart.header.patient.pk]))
    return saved or shown(request, chart, "merge", form=form, other=other, sides=pages.sides(chart, other))


@page(MERGE, methods=("GET", "POST"))
def unmerge(request: Request, patient_id: UUID) -> HttpResponse:
    """The merged record becomes a person of its own again."""
    patient = queries.patient_for(request.actor, patient_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def run(data: dict[str, Any]) -> object:
        return services.unmerge_patients(actor=request.actor, at=clock.now(), merged_id=patient_id, **data)

    saved = submit(request, form, run, to=reverse("patients:patient", args=[patient_id]))
    return saved or render(request, "patients/unmerge.html", {"form": form, "patient": patient})


def _other(request: Request, asked: str) -> Any:
    try:
        return chart_for(request, UUID(asked)) if asked else None
    except ValueError:
        return None


def _hits(request: Request, kept: UUID) -> list[pages.Line]:
    typed = request.GET.get("q", "")
    today = clock.local_day(clock.now(), request.site.time_zone)
    hits = queries.patients_for_search(request.actor, typed, limit=OFFERED)
    return [pages.hit_line(hit, today) for hit in hits if hit.id != kept]
