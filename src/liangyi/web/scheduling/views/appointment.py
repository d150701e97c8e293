"""One appointment, and every step it can take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from liangyi.domains.scheduling import queries, services
from liangyi.domains.scheduling.models import Appointment
from liangyi.domains.scheduling.permissions import BOOK, RECEIVE, VIEW, VISIT
from liangyi.domains.scheduling.rules.ladder import may_move
from liangyi.platform import clock
from liangyi.platform.controls.services import Override
from liangyi.platform.errors import Conflict, Missing
from liangyi.web.scheduling.asked import day_from, today_of, uuid_from
from liangyi.web.scheduling.forms import CancelForm, LateForm, MoveForm, NoShowForm, ReasonForm
from liangyi.web.scheduling.going import back_or, known, next_or, offered, sent, to_queue
from liangyi.web.scheduling.pages.appointment import appointment_context, late_steps
from liangyi.web.scheduling.pages.queue import queue_context
from liangyi.web.scheduling.pages.times import Wish, offers_near, offers_of, slot_from, times_for, with_offer
from liangyi.web.shell.overriding import submit_overridable
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import submit

BOTH = ("GET", "POST")
POST = ("POST",)
Change = Callable[[dict[str, Any]], object]


@page(VIEW)
def appointment(request: Request, appointment_id: UUID) -> HttpResponse:
    """All there is to know of it, and what comes next."""
    return _shown(request, queries.appointment_for(request.actor, appointment_id))


def _shown(request: Request, found: Appointment, **context: Any) -> HttpResponse:
    context |= appointment_context(request, found)
    context["conflict"] = request.outcome.conflict if request.outcome else None
    return render(request, "scheduling/appointment.html", context)


def _address(found: UUID) -> str:
    return reverse("scheduling:appointment", args=[found])


@page(RECEIVE, methods=POST)
def check_in(request: Request, appointment_id: UUID) -> HttpResponse:
    """The patient is here."""
    return _stepped(request, appointment_id, services.check_in, send=submit_overridable)


@page(VISIT, methods=POST)
def call(request: Request, appointment_id: UUID) -> HttpResponse:
    """Call the patient in, or once more."""
    room = uuid_from(request.POST.get("room"))
    return _stepped(request, appointment_id, services.call_in, room=room)


@page(VISIT, methods=POST)
def start(request: Request, appointment_id: UUID) -> HttpResponse:
    """The visit begins."""
    return _stepped(request, appointment_id, services.start_visit)


@page(VISIT, methods=POST)
def finish(request: Request, appointment_id: UUID) -> HttpResponse:
    """The visit is over."""
    return _stepped(request, appointment_id, services.finish_visit)


def _stepped(
    request: Request,
    appointment_id: UUID,
    service: Callable[..., object],
    *,
    send: Callable[..., HttpResponse | None] = submit,
    **more: Any,
) -> HttpResponse:
    """Take a step; what stands in its way is shown where the button was pressed."""

    def run(_data: dict[str, Any], override: Override | None = None) -> object:
        facts = more | ({"override": override} if override else {})
        return service(actor=request.actor, at=clock.now(), appointment=appointment_id, **facts)

    form, target = Form(request.POST), request.headers.get("HX-Target")
    to = back_or(request, next_or(request, _address(appointment_id)))
    done = send(request, form, run, to=to)
    if done is not None:
        return to_queue(request) or done
    found = queries.appointment_for(request.actor, appointment_id)
    if target == "queue":
        context = queue_context(request) | {"form": form, "troubled": found}
        return render(request, "scheduling/queue.html", context)
    return _shown(request, found, form=form)


@page(BOOK, methods=BOTH)
def reschedule(request: Request, appointment_id: UUID) -> HttpResponse:
    """Another time, with the nearest ones first."""
    found = queries.appointment_for(request.actor, appointment_id)
    if found.service_id is None or found.practitioner_id is None or found.source:
        raise Missing()
    if not may_move(found.status):
        raise Conflict(_("这个预约已经开始或结束，不能改期"))
    data, asked = sent(request), known(request)
    form = MoveForm(data, initial=asked, zone=request.site.time_zone, practitioner=found.practitioner_id)
    saved = (
        submit_overridable(
            request,
            form,
            lambda d, override: _moved(request, found, d, override),
            to=back_or(request, _address(found.id)),
            pressed=offered(request),
        )
        if data is not None
        else None
    )
    return saved or render(request, "scheduling/reschedule.html", _move_context(request, found, form, asked))


def _moved(
    request: Request, found: Appointment, data: dict[str, Any], override: Override | None
) -> Appointment:
    return services.reschedule_appointment(
        actor=request.actor,
        at=clock.now(),
        appointment=found.id,
        start=data["when"],
        practitioner=data["who"],
        reason=data["reason"],
        override=override,
    )


def _move_context(request: Request, found: Appointment, form: MoveForm, asked: Any) -> dict[str, Any]:
    assert found.service_id is not None  # noqa: S101 checked by the view
    assert found.practitioner_id is not None  # noqa: S101
    slot = slot_from(asked.get("slot", ""), request.site.time_zone)
    today = today_of(request)
    planned = clock.local_day(found.starts_at, request.site.time_zone)
    first = day_from(asked.get("from"), max(planned, today))
    day = day_from(asked["day"], today) if asked.get("day") else None
    person = uuid_from(asked.get("practitioner")) if "practitioner" in asked else found.practitioner_id
    wish = Wish(first, day, person, slot.start if slot else None, slot.practitioner if slot else None)
    conflict = request.outcome.conflict if request.outcome else None
    near = offers_near(request, found.service_id, found.practitioner_id, found.starts_at, found.id)
    picked = next((one for one in near if one.value == asked.get("slot")), None)
    return {
        "appointment": found,
        "form": form,
        "times": with_offer(times_for(request, found.service_id, wish), picked),
        "near": near,
        "conflict": conflict,
        "offers": offers_of(conflict.data.get("alternatives", ())) if conflict else [],
    }


@page(BOOK, methods=BOTH)
def cancel(request: Request, appointment_id: UUID) -> HttpResponse:
    """It does not take place, and why."""
    form = CancelForm(request.POST if request.method == "POST" else None)
    return _asked(
        request, appointment_id, form, services.cancel_appointment, _("取消预约"), _("取消这个预约"), "danger"
    )


@page(RECEIVE, methods=BOTH)
def no_show(request: Request, appointment_id: UUID) -> HttpResponse:
    """The patient did not come."""
    form = NoShowForm(request.POST if request.method == "POST" else None)
    return _asked(
        request, appointment_id, form, services.mark_no_show, _("记为爽约"), _("记为爽约"), "danger"
    )


@page(RECEIVE, methods=BOTH)
def undo_no_show(request: Request, appointment_id: UUID) -> HttpResponse:
    """The patient came after all."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return _asked(request, appointment_id, form, services.undo_no_show, _("撤销爽约"), _("撤销爽约"))


@page(VIEW, methods=BOTH)
def late(request: Request, appointment_id: UUID, step: str) -> HttpResponse:
    """A step that was not written down when it happened (补录)."""
    found = queries.appointment_for(request.actor, appointment_id)
    offered = {one.name: one for one in late_steps(request.actor, found)}
    if step not in offered:
        raise Conflict(_("这一步现在不能补录"))
    service = {
        "check_in": services.check_in,
        "start": services.start_visit,
        "finish": services.finish_visit,
    }[step]
    form = LateForm(
        request.POST if request.method == "POST" else None, initial={"happened_at": found.starts_at}
    )
    title = _("补录：%(step)s") % {"step": offered[step].verb}
    return _asked(request, appointment_id, form, service, title, _("补录"))


def _asked(
    request: Request,
    appointment_id: UUID,
    form: Form,
    service: Callable[..., object],
    title: str,
    verb: str,
    tone: str = "primary",
) -> HttpResponse:
    """A short form about an appointment; its fields are the service's arguments."""
    found = queries.appointment_for(request.actor, appointment_id)

    def run(data: dict[str, Any]) -> object:
        return service(actor=request.actor, at=clock.now(), appointment=appointment_id, **data)

    saved = submit(request, form, run, to=back_or(request, _address(found.id)))
    context = {"appointment": found, "form": form, "title": title, "verb": verb, "tone": tone}
    return saved or render(request, "scheduling/small_form.html", context)
