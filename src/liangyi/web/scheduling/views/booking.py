"""Booking: patient, service, time, done. Walking in and writing down a past visit ask the same way."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.domains.consultation import queries as consultation
from liangyi.domains.consultation.enums import EnquiryStatus
from liangyi.domains.consultation.models import Enquiry
from liangyi.domains.consultation.permissions import VIEW as VIEW_ENQUIRIES
from liangyi.domains.consultation.subjects import ENQUIRY
from liangyi.domains.organisation import queries as organisation
from liangyi.domains.patients.permissions import REGISTER
from liangyi.domains.scheduling import services
from liangyi.domains.scheduling.enums import Channel
from liangyi.domains.scheduling.models import Appointment
from liangyi.domains.scheduling.permissions import BOOK, VIEW
from liangyi.platform import clock
from liangyi.platform.controls.services import Override
from liangyi.platform.errors import Missing
from liangyi.web.patients.typed import remember
from liangyi.web.scheduling.asked import day_from, moment_from, today_of, uuid_from
from liangyi.web.scheduling.forms import BookingForm
from liangyi.web.scheduling.going import back_or, is_choosing, known, offered, own_address, page_behind, sent
from liangyi.web.scheduling.pages import booking as pages
from liangyi.web.scheduling.pages.times import Slot, Times, Wish, offers_of, slot_from, times_for
from liangyi.web.shell.overriding import submit_overridable
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.signin import go

BOTH = ("GET", "POST")
PENDING = "booking_pending"
KEPT = ("service", "slot", "day", "practitioner", "enquiry", "channel", "note")
KEPT_FOR = timedelta(minutes=30)


@page(BOOK, methods=BOTH)
def book(request: Request) -> HttpResponse:
    """The form as far as it is filled in; a POST books. Sent twice with its key it books once."""
    data = sent(request)
    asked = _asked(request) if data is None else known(request)
    form = BookingForm(data, initial=_initial(asked), zone=request.site.time_zone)
    saved = None
    if data is not None:
        saved = submit_overridable(
            request,
            form,
            lambda d, override: _booked(request, d, override),
            to=_onwards(request),
            pressed=offered(request),
        )
        if request.outcome and request.outcome.refused:
            _keep(request, asked.get("patient", ""))
    return saved or render(request, "scheduling/book.html", _context(request, form, asked))


def _asked(request: Request) -> Mapping[str, str]:
    """What is known already, what was chosen before going to register somebody included."""
    asked = known(request)
    if request.method == "GET" and asked.get("patient") and not asked.get("service"):
        asked |= _pending(request, asked["patient"])
    if (enquiry := _enquiry(request, asked)) is not None:
        asked.setdefault("patient", str(enquiry.patient_id or ""))
        asked.setdefault("service", str(enquiry.service_id or ""))
        asked.setdefault("channel", enquiry.channel)
    return asked


def _keep(request: Request, patient: str) -> None:
    """Remember what was chosen, for `patient` or for whoever is registered next, while that is seen to."""
    kept = {name: request.POST[name] for name in KEPT if request.POST.get(name)}
    request.session[PENDING] = {"at": clock.now().timestamp(), "for": patient, "kept": kept}


def _pending(request: Request, patient: str) -> dict[str, str]:
    """What was chosen before something else had to be seen to; once."""
    pending = request.session.pop(PENDING, None)
    if pending is None or pending["for"] not in ("", patient):
        return {}
    is_fresh = clock.now().timestamp() - pending["at"] < KEPT_FOR.total_seconds()
    return dict(pending["kept"]) if is_fresh else {}


def _initial(asked: Mapping[str, str]) -> dict[str, Any]:
    return {
        "channel": Channel.DESK,
        "request_key": uuid4().hex,
        **{name: value for name, value in asked.items() if value},
    }


def _enquiry(request: Request, asked: Mapping[str, str]) -> Enquiry | None:
    """The enquiry that is to be answered by a booking."""
    row = uuid_from(asked.get("enquiry"))
    if row is None or not request.actor.may(VIEW_ENQUIRIES, request.site.id):
        return None
    try:
        found = consultation.enquiry_for(request.actor, row)
    except Missing:
        return None
    return found if found.status == EnquiryStatus.OPEN and found.site_id == request.site.id else None


def _booked(request: Request, data: dict[str, Any], override: Override | None) -> Appointment:
    slot: Slot = data["slot"]
    parts = (data["patient"], data["service"], slot, data["room"], data["enquiry"])
    digest = hashlib.sha256("|".join(str(part) for part in parts).encode()).hexdigest()
    return services.book_appointment(
        actor=request.actor,
        at=clock.now(),
        site=request.site.id,
        patient=data["patient"],
        service=data["service"],
        practitioner=slot.practitioner,
        start=slot.start,
        room=data["room"],
        channel=data["channel"],
        note=data["note"],
        request_key=data["request_key"],
        request_digest=digest,
        origin=(ENQUIRY, data["enquiry"]) if data["enquiry"] else None,
        override=override,
    )


def _onwards(request: Request) -> Any:
    """From the board to the day booked, from elsewhere back there, from the page to the appointment."""

    def to(appointment: Appointment) -> str:
        day = clock.local_day(appointment.starts_at, request.site.time_zone)
        if page_behind(request) == reverse("scheduling:day"):
            return f"{reverse('scheduling:day')}?day={day}"
        return back_or(request, reverse("scheduling:appointment", args=[appointment.id]))

    return to


def _context(request: Request, form: BookingForm, asked: Mapping[str, str]) -> dict[str, Any]:
    today, zone = today_of(request), request.site.time_zone
    offered = pages.services_on_offer(request)
    patient = pages.chosen_patient(request.actor, uuid_from(asked.get("patient")), today)
    service = next((one for one in offered if str(one.id) == asked.get("service")), None)
    times = times_for(request, service.id, _wish(request, asked)) if service else None
    conflict = request.outcome.conflict if request.outcome else None
    chosen = times.chosen if times else None
    slot = slot_from(asked.get("slot", ""), zone)
    return {
        "form": form,
        "patient": patient,
        "services": offered,
        "service": service,
        "usual": pages.usual_services(request, patient.id, offered) if patient and not service else [],
        "times": times,
        "wished": slot.start if slot else moment_from(asked.get("start"), zone),
        "room": _room(request, asked, service.room_kind if service else ""),
        "enquiry": _enquiry(request, asked),
        "told": _told(request, patient, times, asked.get("channel", Channel.DESK)),
        "chosen": chosen,
        "offers": offers_of(conflict.data.get("alternatives", ())) if conflict else [],
        "conflict": conflict,
        "is_choosing": is_choosing(request),
        "asked": asked,
    }


def _wish(request: Request, asked: Mapping[str, str]) -> Wish:
    today, zone = today_of(request), request.site.time_zone
    slot = slot_from(asked.get("slot", ""), zone)
    start = slot.start if slot else moment_from(asked.get("start"), zone)
    wished = start.date() if start else None
    day = day_from(asked.get("day"), wished or today) if asked.get("day") or wished else None
    first = day_from(asked.get("from"), today)
    if day is not None and not asked.get("from") and (day - today).days >= 14:
        first = day
    if slot is not None and day != wished:
        start = None
    practitioner = uuid_from(asked.get("practitioner"))
    return Wish(first, day, practitioner, start, slot.practitioner if slot else practitioner)


def _room(request: Request, asked: Mapping[str, str], kind: str) -> tuple[UUID, str] | None:
    """The room asked for, if it is one of the kind that the service needs."""
    wanted = uuid_from(asked.get("room"))
    if wanted is None or not kind:
        return None
    rooms = {room.id: room.name for room in organisation.rooms_for(request.site.id, kind)}
    return (wanted, rooms[wanted]) if wanted in rooms else None


def _told(request: Request, patient: pages.Chosen | None, times: Times | None, channel: str) -> list[str]:
    start: datetime | None = times.chosen.start if times and times.chosen else None
    return pages.what_is_sent(request, patient.facts, start, channel) if patient and start else []


@page(VIEW, methods=("POST",))
def patient_hits(request: Request) -> HttpResponse:
    """Patients found by what is typed into a form, to choose from."""
    typed = request.POST.get("q", "")[:60]
    form = own_address(request, request.POST.get("form", "")) or reverse("scheduling:book")
    context = {"hits": pages.hits_for(request, typed), "typed": typed.strip(), "form": form}
    return render(request, "scheduling/patient_hits.html", context)


@page(REGISTER, methods=("POST",))
def new_patient(request: Request) -> HttpResponse:
    """Off to register somebody; what was typed is in the form, what was chosen is offered again when they
    are booked."""
    _keep(request, "")
    remember(request, request.POST.get("q", ""))
    return go(request, reverse("patients:register"))
