"""Appointments as records: those behind a number, and those of one patient."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from liangyi.domains.patients import queries as patients
from liangyi.domains.patients.models import Patient
from liangyi.domains.scheduling import queries
from liangyi.domains.scheduling.permissions import VIEW
from liangyi.platform import clock
from liangyi.web.scheduling.asked import uuid_from
from liangyi.web.scheduling.pages.records import records_context
from liangyi.web.shell.page import Request, page

PAGE = 30
ON_PANEL = 8


@page(VIEW)
def records(request: Request) -> HttpResponse:
    """The appointments of a span, of one source, at one site or all."""
    return render(request, "scheduling/records.html", records_context(request))


@page(VIEW)
def of_patient(request: Request, patient_id: UUID) -> HttpResponse:
    """Everything a patient was booked for, the latest first."""
    patient = patients.patient_for(request.actor, patient_id)
    before = uuid_from(request.GET.get("after"))
    rows = queries.appointments_for_patient(request.actor, patient.id, before=before, limit=PAGE + 1)
    context = {
        "patient": patient,
        "rows": rows[:PAGE],
        "next": rows[PAGE - 1].id if len(rows) > PAGE else "",
    }
    return render(request, "scheduling/of_patient.html", context)


def patient_panel(request: Request, patient: Patient) -> str:
    """The panel in the patient's chart: what is to come, and what was."""
    rows = queries.appointments_for_patient(request.actor, patient.id, limit=ON_PANEL + 1)
    now = clock.now()
    context = {
        "patient": patient,
        "coming": sorted((row for row in rows if row.starts_at > now), key=lambda row: row.starts_at),
        "past": [row for row in rows[:ON_PANEL] if row.starts_at <= now],
        "has_more": len(rows) > ON_PANEL,
    }
    return render_to_string("scheduling/patient_panel.html", context, request)
