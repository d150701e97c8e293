"""Changes to what is known of a patient, each a short form in the drawer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from liangyi.domains.patients import queries, services
from liangyi.domains.patients.permissions import CHANGE
from liangyi.domains.patients.rules.entries import NewAllergy, NewGuardian, NewPaper
from liangyi.platform import clock
from liangyi.platform.actors import Actor
from liangyi.platform.phones import mask
from liangyi.web.patients.forms import AlertForm, AllergyForm, EditForm, GuardianForm, PaperForm, ReasonForm
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import submit

REMOVE_PHONE = "-"
BOTH = ("GET", "POST")


@page(CHANGE, methods=BOTH)
def edit(request: Request, patient_id: UUID) -> HttpResponse:
    """The record itself. The telephone is not shown, so nothing typed leaves it as it is."""
    patient = queries.patient_for(request.actor, patient_id)
    known = {name: getattr(patient, name) for name in ("name", "sex", "birth_date", "email", "note")}
    form = EditForm(request.POST or None, initial=known)
    if patient.phone:
        form.fields["phone"].help_text = _("现为 %(phone)s；留空不变，删去请填「-」") % {
            "phone": mask(patient.phone)
        }
    return _answer(
        request,
        patient_id,
        form,
        lambda data: _changed(request, patient_id, data),
        _("修改资料"),
        _("保存修改"),
    )


@page(CHANGE, methods=BOTH)
def add_allergy(request: Request, patient_id: UUID) -> HttpResponse:
    """A known allergy more."""

    def add(data: dict[str, Any]) -> object:
        return services.add_allergy(actor=request.actor, patient_id=patient_id, allergy=NewAllergy(**data))

    return _answer(request, patient_id, AllergyForm(request.POST or None), add, _("登记过敏"), _("登记过敏"))


@page(CHANGE, methods=BOTH)
def add_alert(request: Request, patient_id: UUID) -> HttpResponse:
    """Something everybody has to know."""

    def add(data: dict[str, Any]) -> object:
        return services.add_alert(actor=request.actor, patient_id=patient_id, **data)

    return _answer(request, patient_id, AlertForm(request.POST or None), add, _("添加提示"), _("添加提示"))


@page(CHANGE, methods=BOTH)
def add_guardian(request: Request, patient_id: UUID) -> HttpResponse:
    """Who decides for the patient."""

    def add(data: dict[str, Any]) -> object:
        return services.add_guardian(actor=request.actor, patient_id=patient_id, guardian=NewGuardian(**data))

    return _answer(
        request, patient_id, GuardianForm(request.POST or None), add, _("添加监护人"), _("添加监护人")
    )


@page(CHANGE, methods=BOTH)
def add_paper(request: Request, patient_id: UUID) -> HttpResponse:
    """A paper more."""

    def add(data: dict[str, Any]) -> object:
        return services.add_paper(
            actor=request.actor, at=clock.now(), patient_id=patient_id, paper=NewPaper(**data)
        )

    return _answer(request, patient_id, PaperForm(request.POST or None), add, _("添加证件"), _("添加证件"))


@page(CHANGE, methods=BOTH)
def remove_paper(request: Request, patient_id: UUID, paper_id: UUID) -> HttpResponse:
    """A paper recorded wrongly."""

    def remove(data: dict[str, Any]) -> None:
        services.remove_paper(actor=request.actor, paper_id=paper_id, **data)

    form = ReasonForm(request.POST or None)
    return _answer(request, patient_id, form, remove, _("移除证件"), _("移除证件"), tone="danger")


@page(CHANGE, methods=BOTH)
def end_allergy(request: Request, patient_id: UUID, part_id: UUID) -> HttpResponse:
    """No longer so, or never was."""
    return _ending(request, patient_id, _end(services.end_allergy, "allergy_id", part_id), _("停用过敏记录"))


@page(CHANGE, methods=BOTH)
def end_alert(request: Request, patient_id: UUID, part_id: UUID) -> HttpResponse:
    """No longer so."""
    return _ending(request, patient_id, _end(services.end_alert, "alert_id", part_id), _("停用提示"))


@page(CHANGE, methods=BOTH)
def end_guardian(request: Request, patient_id: UUID, part_id: UUID) -> HttpResponse:
    """Does not decide any more."""
    return _ending(request, patient_id, _end(services.end_guardian, "guardian_id", part_id), _("停用监护人"))


def _end(service: Callable[..., object], name: str, part_id: UUID) -> Callable[[Actor], object]:
    return lambda actor: service(actor=actor, at=clock.now(), **{name: part_id})


def _ending(request: Request, patient_id: UUID, end: Callable[[Actor], object], title: str) -> HttpResponse:
    form = Form(request.POST if request.method == "POST" else None)
    return _answer(request, patient_id, form, lambda _data: end(request.actor), title, title, tone="danger")


def _changed(request: Request, patient_id: UUID, data: dict[str, Any]) -> object:
    phone = data.pop("phone")
    if phone:
        data["phone"] = "" if phone == REMOVE_PHONE else phone
    return services.change_patient(actor=request.actor, at=clock.now(), patient_id=patient_id, **data)


def _answer(
    request: Request,
    patient_id: UUID,
    form: Form,
    action: Callable[[dict[str, Any]], object],
    title: str,
    verb: str,
    *,
    tone: str = "primary",
) -> HttpResponse:
    patient = queries.patient_for(request.actor, patient_id)
    back = reverse("patients:patient", args=[patient.pk])
    saved = submit(request, form, action, to=back)
    context = {"form": form, "title": title, "verb": verb, "tone": tone, "patient": patient, "back": back}
    return saved or render(request, "patients/small_form.html", context)
