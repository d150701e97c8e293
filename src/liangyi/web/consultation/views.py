"""Enquiries: who asked what, and what became of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.domains.consultation import queries, services
from liangyi.domains.consultation.enums import EnquiryStatus
from liangyi.domains.consultation.models import Enquiry
from liangyi.domains.consultation.permissions import ENQUIRE, VIEW
from liangyi.domains.consultation.subjects import ENQUIRY
from liangyi.domains.patients.permissions import REVEAL_PHONE
from liangyi.platform import clock
from liangyi.platform.audit.services import log_read
from liangyi.platform.phones import mask
from liangyi.web.consultation.forms import CloseForm, EnquiryForm, LinkForm
from liangyi.web.scheduling.asked import today_of, uuid_from
from liangyi.web.scheduling.going import back_or, known, sent
from liangyi.web.scheduling.pages.booking import chosen_patient, services_on_offer
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import submit

PAGE = 30
BOTH = ("GET", "POST")


@page(VIEW)
def enquiries(request: Request) -> HttpResponse:
    """The site's enquiries, the newest first; the open ones unless others are asked for."""
    asked = request.GET.get("status", "")
    status = asked if asked in EnquiryStatus.values else ""
    found = queries.enquiries_for_list(
        request.actor, site=request.site.id, status=status, after=uuid_from(request.GET.get("after"))
    )
    rows = list(found[: PAGE + 1])
    context = {
        "rows": [(row, mask(row.phone)) for row in rows[:PAGE]],
        "next": rows[PAGE - 1].id if len(rows) > PAGE else "",
        "statuses": EnquiryStatus.choices,
        "is_narrowed": bool(status),
    }
    return render(request, "consultation/list.html", context)


@page(ENQUIRE, methods=BOTH)
def new(request: Request) -> HttpResponse:
    """Write an enquiry down."""
    form = EnquiryForm(
        request.POST if request.method == "POST" else None, services=services_on_offer(request)
    )

    def opened(data: dict[str, Any]) -> Enquiry:
        return services.open_enquiry(actor=request.actor, at=clock.now(), site=request.site.id, **data)

    saved = submit(request, form, opened, to=back_or(request, reverse("consultation:list")))
    return saved or render(request, "consultation/new.html", {"form": form})


@page(VIEW)
def enquiry(request: Request, enquiry_id: UUID) -> HttpResponse:
    """One enquiry, and what can be done with it."""
    found = queries.enquiry_for(request.actor, enquiry_id)
    context = {
        "enquiry": found,
        "phone": mask(found.phone),
        "is_open": found.status == EnquiryStatus.OPEN,
        "is_here": found.site_id == request.site.id,
    }
    return render(request, "consultation/enquiry.html", context)


@page(REVEAL_PHONE, methods=("POST",))
def phone(request: Request, enquiry_id: UUID) -> HttpResponse:
    """The telephone number in full; logged."""
    found = queries.enquiry_for(request.actor, enquiry_id)
    request.actor.require(REVEAL_PHONE, found.site_id)
    log_read(
        actor=request.actor,
        at=clock.now(),
        subject_type=ENQUIRY,
        subject_id=found.id,
        what="phone",
        site=found.site_id,
    )
    return render(request, "consultation/phone.html", {"enquiry": found})


@page(ENQUIRE, methods=BOTH)
def link_patient(request: Request, enquiry_id: UUID) -> HttpResponse:
    """Say which patient it was that asked."""
    found = queries.enquiry_for(request.actor, enquiry_id)
    data, asked = sent(request), known(request)
    form = LinkForm(data)

    def link(data: dict[str, Any]) -> Enquiry:
        return services.link_patient(
            actor=request.actor, at=clock.now(), enquiry=found.id, patient=data["patient"]
        )

    saved = submit(request, form, link, to=_back(request, found)) if data is not None else None
    patient = chosen_patient(request.actor, uuid_from(asked.get("patient")), today_of(request))
    context = {"enquiry": found, "form": form, "patient": patient}
    return saved or render(request, "consultation/link_patient.html", context)


@page(ENQUIRE, methods=BOTH)
def close(request: Request, enquiry_id: UUID) -> HttpResponse:
    """It leads to nothing, and why."""
    found = queries.enquiry_for(request.actor, enquiry_id)
    form = CloseForm(request.POST if request.method == "POST" else None)

    def shut(data: dict[str, Any]) -> Enquiry:
        return services.close_enquiry(actor=request.actor, at=clock.now(), enquiry=found.id, **data)

    saved = submit(request, form, shut, to=_back(request, found))
    return saved or render(request, "consultation/close.html", {"enquiry": found, "form": form})


def _back(request: Request, found: Enquiry) -> str:
    return back_or(request, reverse("consultation:enquiry", args=[found.id]))
