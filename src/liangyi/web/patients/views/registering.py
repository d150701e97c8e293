"""Registering a patient: one form, duplicates offered before a second record is made."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from liangyi.domains.patients import queries, rules, services
from liangyi.domains.patients.enums import PaperKind
from liangyi.domains.patients.errors import LikelyDuplicates
from liangyi.domains.patients.models import Patient, Registration
from liangyi.domains.patients.permissions import REGISTER
from liangyi.platform import clock
from liangyi.platform.errors import Invalid, Missing
from liangyi.platform.identity_numbers import resident_id
from liangyi.web.patients import pages
from liangyi.web.patients.forms import RegisterForm
from liangyi.web.patients.typed import fields_from, remembered
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import submit


@page(REGISTER, methods=("GET", "POST"))
def register(request: Request) -> HttpResponse:
    """The form; a POST registers, `_is` takes one of the offered people, `_new` says it is another one."""
    if request.method == "POST":
        form = _form(request, request.POST)
    else:
        form = _form(request, None, initial=remembered(request))
    saved = submit(request, form, lambda _data: _saved(request, form), to=_what_is_next)
    return saved or _shown(request, form)


@page(REGISTER, methods=("POST",))
def facts(request: Request) -> HttpResponse:
    """The form as typed so far, with what the identity number tells; `q` is what was searched for in vain.

    Nothing is saved, and nothing but the number itself is complained about.
    """
    typed = request.POST.copy()
    for name, value in fields_from(typed.get("q", "")).items():
        typed.setdefault(name, value)
    problem = _fill_in(typed)
    initial = {key: typed.getlist(key) if key == "consents" else value for key, value in typed.items()}
    return _shown(request, _form(request, None, initial=initial), identity_problem=problem)


def _form(request: Request, data: QueryDict | None, **options: Any) -> RegisterForm:
    today = clock.local_day(clock.now(), request.site.time_zone)
    return RegisterForm(data, texts=list(queries.consent_texts_in_force(today).values()), **options)


def _saved(request: Request, form: RegisterForm) -> Patient | Registration:
    try:
        if "_is" in request.POST:
            return _registered_here(request, form, request.POST["_is"])
        return services.register_patient(
            actor=request.actor,
            at=clock.now(),
            site=request.site,
            confirmed_new="_new" in request.POST,
            **form.facts(),
        )
    except Invalid as error:
        raise Invalid({form.field_of(name): texts for name, texts in error.fields.items()}) from error


def _registered_here(request: Request, form: RegisterForm, chosen: str) -> Registration:
    try:
        patient_id = UUID(chosen)
    except ValueError:
        raise Missing() from None
    return services.register_at_site(
        actor=request.actor, at=clock.now(), patient_id=patient_id, site=request.site, **form.claim()
    )


def _what_is_next(saved: Patient | Registration) -> str:
    """The chart, which says what comes next for somebody who has just been registered."""
    patient_id = saved.patient_id if isinstance(saved, Registration) else saved.pk
    return f"{reverse('patients:patient', args=[patient_id])}?registered="


def _shown(request: Request, form: RegisterForm, *, identity_problem: str = "") -> HttpResponse:
    conflict = request.outcome.conflict if request.outcome else None
    born = _born(form)
    today = clock.local_day(clock.now(), request.site.time_zone)
    is_minor = rules.is_minor(born, today, queries.guardian_age(request.site.pk, today))
    context = {
        "form": form,
        "identity_problem": identity_problem,
        "duplicates": conflict if isinstance(conflict, LikelyDuplicates) else None,
        "is_minor": is_minor,
        "needs_guardian": is_minor or form.has_guardian(),
        "age": pages.age_words(born, today) if born and born <= today else "",
    }
    return render(request, "patients/register.html", context)


def _born(form: RegisterForm) -> date | None:
    """The birth date as typed so far, where it is one."""
    try:
        born = forms.DateField(required=False).clean(form["birth_date"].value())
    except ValidationError:
        return None
    return born if isinstance(born, date) else None


def _fill_in(typed: QueryDict) -> str:
    """Birth date and sex from a resident identity number; why the number is not one, if so."""
    number = typed.get("paper_number", "").strip()
    if typed.get("paper_kind") != PaperKind.RESIDENT_ID or not number:
        return ""
    try:
        told = resident_id(number[:40])
    except ValueError as problem:
        return str(problem)
    typed["birth_date"] = told.birth_date.isoformat()
    typed["sex"] = told.sex
    return ""
