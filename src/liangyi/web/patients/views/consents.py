"""Giving and withdrawing consents, and the versions of their texts."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from liangyi.domains.patients import queries, services
from liangyi.domains.patients.enums import ConsentKind
from liangyi.domains.patients.models import Consent, ConsentText
from liangyi.domains.patients.permissions import CHANGE, PUBLISH_CONSENT, VIEW
from liangyi.platform import clock
from liangyi.web.patients.forms import AgreeForm, TextForm
from liangyi.web.patients.views.chart import chart_for
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import submit


@page(CHANGE, methods=("GET", "POST"))
def give(request: Request, patient_id: UUID, text_id: UUID) -> HttpResponse:
    """The text, and below it the answer: what is agreed to is what is seen."""
    chart, text = chart_for(request, patient_id), get_object_or_404(ConsentText, pk=text_id)
    form = AgreeForm(
        request.POST if request.method == "POST" else None,
        guardians=chart.current_guardians,
        is_minor=chart.header.is_minor,
    )

    def agree(data: dict[str, Any]) -> Consent:
        guardian = UUID(data["guardian"]) if data.get("guardian") else None
        return services.give_consent(
            actor=request.actor, at=clock.now(), patient_id=patient_id, text=text, guardian_id=guardian
        )

    saved = submit(request, form, agree, to=reverse("patients:consents", args=[chart.header.patient.pk]))
    context = {"form": form, "text": text, "chart": chart, "patient": chart.header.patient}
    return saved or render(request, "patients/give_consent.html", context)


@page(CHANGE, methods=("GET", "POST"))
def withdraw(request: Request, patient_id: UUID, consent_id: UUID) -> HttpResponse:
    """Taken back with one button."""
    patient = queries.patient_for(request.actor, patient_id)
    consent = get_object_or_404(Consent.objects.select_related("text"), pk=consent_id)
    form = Form(request.POST if request.method == "POST" else None)

    def run(_data: dict[str, Any]) -> Consent:
        return services.withdraw_consent(actor=request.actor, at=clock.now(), consent_id=consent_id)

    back = reverse("patients:consents", args=[patient.pk])
    context = {"form": form, "title": _("撤回同意"), "verb": _("撤回同意"), "tone": "danger", "back": back}
    saved = submit(request, form, run, to=back)
    return saved or render(
        request, "patients/small_form.html", context | {"patient": patient, "about": consent.text.title}
    )


@page(PUBLISH_CONSENT)
def texts(request: Request) -> HttpResponse:
    """Every kind with its versions."""
    today = clock.local_day(clock.now(), request.site.time_zone)
    in_force = {text.pk for text in queries.consent_texts_in_force(today).values()}
    versions = {
        kind: list(rows) for kind, rows in groupby(queries.consent_texts(), key=lambda text: text.kind)
    }
    kinds = [(kind, versions.get(kind.value, [])) for kind in ConsentKind]
    return render(
        request, "patients/consent_texts.html", {"kinds": kinds, "in_force": in_force, "today": today}
    )


@page(VIEW)
def text(request: Request, text_id: UUID) -> HttpResponse:
    """One version, to read."""
    return render(request, "patients/consent_text.html", {"text": get_object_or_404(ConsentText, pk=text_id)})


@page(PUBLISH_CONSENT, methods=("GET", "POST"))
def publish(request: Request, kind: str) -> HttpResponse:
    """The next version, beginning from the words of the last."""
    if kind not in ConsentKind.values:
        raise Http404
    last = queries.consent_texts().filter(kind=kind).first()
    today = clock.local_day(clock.now(), request.site.time_zone)
    known = {"title": last.title, "body": last.body} if last else {}
    form = TextForm(
        request.POST if request.method == "POST" else None, initial=known | {"effective_from": today}
    )

    def run(data: dict[str, Any]) -> ConsentText:
        return services.publish_consent_text(actor=request.actor, at=clock.now(), kind=kind, **data)

    saved = submit(request, form, run, to=reverse("patients:consent_texts"))
    return saved or render(
        request, "patients/publish_consent.html", {"form": form, "last": last, "kind": ConsentKind(kind)}
    )
