"""The queue, its wall screen, walking in, and what is written down afterwards."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.domains.scheduling import services
from liangyi.domains.scheduling.models import Appointment
from liangyi.domains.scheduling.permissions import BOOK, RECEIVE, VIEW
from liangyi.domains.staff import queries as staff
from liangyi.platform import clock
from liangyi.platform.controls.services import Override
from liangyi.platform.errors import Conflict
from liangyi.web.scheduling.asked import today_of, uuid_from
from liangyi.web.scheduling.forms import PastVisitForm, WalkInForm
from liangyi.web.scheduling.going import back_or, is_choosing, known, offered, sent
from liangyi.web.scheduling.pages import booking as pages
from liangyi.web.scheduling.pages.queue import queue_context, wall_context
from liangyi.web.scheduling.pages.times import Offer, offers_of, slot_from
from liangyi.web.scheduling.pages.walkin import doctors_now
from liangyi.web.shell.overriding import submit_overridable
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import submit

BOTH = ("GET", "POST")


@page(VIEW)
def queue(request: Request) -> HttpResponse:
    """Due, waiting, called, in a room; asks for itself every 20 seconds."""
    return render(request, "scheduling/queue.html", queue_context(request))


@page(VIEW)
def wall(request: Request) -> HttpResponse:
    """The screen in the waiting room: tickets and rooms, names masked."""
    return render(request, "scheduling/wall.html", wall_context(request))


@page(RECEIVE, methods=BOTH)
def walk_in(request: Request) -> HttpResponse:
    """Somebody stands here without an appointment; where nobody is free now, a later time is offered."""
    data, asked = sent(request), known(request)
    if data is not None and offered(request):
        data = data.copy()
        data["practitioner"] = asked["slot"].partition("~")[2]
    form = WalkInForm(data, initial=asked)
    saved = (
        submit_overridable(
            request,
            form,
            lambda d, override: _received(request, d, override),
            to=_to_appointment(request),
            pressed=offered(request),
        )
        if data is not None
        else None
    )
    return saved or render(request, "scheduling/walk_in.html", _walk_in_context(request, form, asked))


def _received(request: Request, data: dict[str, Any], override: Override | None) -> Appointment:
    """Now, or at the later time that was offered; one of another day is an ordinary booking."""
    later = slot_from(offered(request), request.site.time_zone)
    facts = {
        "actor": request.actor,
        "at": clock.now(),
        "site": request.site.id,
        "override": override,
        **data,
    }
    if later is None:
        return services.walk_in(**facts)
    if later.start.date() == today_of(request):
        return services.walk_in(**facts, start=later.start)
    return services.book_appointment(**facts, start=later.start)


def _offers(request: Request, conflict: Conflict | None) -> list[Offer]:
    """Later times of today; those of other days for whoever may book."""
    offers = offers_of(conflict.data.get("alternatives", ())) if conflict else []
    may_book = request.actor.may(BOOK, request.site.id)
    return [one for one in offers if may_book or one.start.date() == today_of(request)]


def _to_appointment(request: Request) -> Any:
    return lambda made: back_or(request, reverse("scheduling:appointment", args=[made.id]))


def _walk_in_context(request: Request, form: WalkInForm, asked: Any) -> dict[str, Any]:
    context = _who_and_what(request, form, asked)
    service = context["service"]
    conflict = request.outcome.conflict if request.outcome else None
    return context | {
        "doctors": doctors_now(request, service.id) if service else [],
        "chosen": asked.get("practitioner", ""),
        "conflict": conflict,
        "offers": _offers(request, conflict),
    }


def _who_and_what(request: Request, form: Any, asked: Any) -> dict[str, Any]:
    offered = pages.services_on_offer(request)
    patient = pages.chosen_patient(request.actor, uuid_from(asked.get("patient")), today_of(request))
    service = next((one for one in offered if str(one.id) == asked.get("service")), None)
    return {
        "form": form,
        "patient": patient,
        "services": offered,
        "service": service,
        "usual": pages.usual_services(request, patient.id, offered) if patient and not service else [],
        "is_choosing": is_choosing(request),
    }


@page(RECEIVE, methods=BOTH)
def past_visit(request: Request) -> HttpResponse:
    """A visit that took place and stands nowhere: written down with a reason (补录)."""
    data, asked = sent(request), known(request)
    service = uuid_from(asked.get("service"))
    offered = pages.services_on_offer(request)
    is_known = any(one.id == service for one in offered)
    people = (
        staff.practitioners_for(service, request.site.id, today_of(request)) if service and is_known else []
    )
    form = PastVisitForm(data, initial=asked, people=[(str(one.id), one.name) for one in people])
    saved = (
        submit(request, form, lambda d: _written_down(request, d), to=_to_appointment(request))
        if data is not None
        else None
    )
    return saved or render(request, "scheduling/past_visit.html", _who_and_what(request, form, asked))


def _written_down(request: Request, data: dict[str, Any]) -> Appointment:
    data["practitioner"] = uuid_from(data["practitioner"])
    return services.record_past_visit(actor=request.actor, at=clock.now(), site=request.site.id, **data)
