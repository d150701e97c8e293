"""Rota and leave: the week, and changes that say first which appointments they hit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from liangyi.domains.scheduling import queries, services
from liangyi.domains.scheduling.models import Leave
from liangyi.domains.scheduling.permissions import BOOK, ROTA, VIEW
from liangyi.domains.staff import queries as staff
from liangyi.domains.staff.models import StaffMember
from liangyi.platform import clock
from liangyi.platform.errors import Missing
from liangyi.web.scheduling.asked import day_from, today_of
from liangyi.web.scheduling.going import back_or
from liangyi.web.scheduling.pages.rota import Hits, after_seeing_hits, hours_of, rota_context, weekly_hours
from liangyi.web.scheduling.rota_forms import LastDayForm, LeaveForm, OneDayForm, WeekForm
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import submit

BOTH = ("GET", "POST")
Change = Callable[[dict[str, Any]], Any]


@page(VIEW)
def rota(request: Request) -> HttpResponse:
    """Who works when this week."""
    return render(request, "scheduling/rota.html", rota_context(request))


@page(ROTA, methods=BOTH)
def week(request: Request, staff_id: UUID) -> HttpResponse:
    """Somebody's weekly hours from a day on."""
    person, today = staff.member_for(request.actor, staff_id), today_of(request)
    data = request.POST if request.method == "POST" else None
    known = {} if data is not None else weekly_hours(request, person.id, today)
    form = WeekForm(data, hours=known, initial={"valid_from": today})

    def change(data: dict[str, Any]) -> Any:
        return services.set_rota(
            **_by(request),
            staff=person.id,
            site=request.site.id,
            weekly=data["weekly"],
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
        )

    return _changed(request, person, form, change, "scheduling/week.html", _("每周排班"), _("保存排班"))


@page(ROTA, methods=BOTH)
def one_day(request: Request, staff_id: UUID) -> HttpResponse:
    """Somebody's hours on one day."""
    person = staff.member_for(request.actor, staff_id)
    day = day_from(request.GET.get("day"), today_of(request))
    rules = queries.rota_for(request.actor, site=request.site.id, first=day, last=day, staff=person.id)
    single, weekly = hours_of(rules, day)
    form = OneDayForm(
        request.POST if request.method == "POST" else None, hours=single or weekly, initial={"day": day}
    )

    def change(data: dict[str, Any]) -> Any:
        return services.set_day(
            **_by(request), staff=person.id, site=request.site.id, day=data["day"], hours=data["hours"]
        )

    return _changed(request, person, form, change, "scheduling/one_day.html", _("调整一天"), _("保存这一天"))


@page(ROTA, methods=BOTH)
def end(request: Request, staff_id: UUID) -> HttpResponse:
    """Somebody stops working here."""
    person = staff.member_for(request.actor, staff_id)
    form = LastDayForm(request.POST or None, initial={"last_day": today_of(request)})

    def change(data: dict[str, Any]) -> Any:
        return services.end_rota(
            **_by(request), staff=person.id, site=request.site.id, last_day=data["last_day"]
        )

    return _changed(request, person, form, change, "scheduling/rota_form.html", _("结束排班"), _("结束排班"))


@page(ROTA, methods=BOTH)
def add_leave(request: Request, staff_id: UUID) -> HttpResponse:
    """Somebody is away."""
    person = staff.member_for(request.actor, staff_id)
    day = day_from(request.GET.get("day"), today_of(request) + timedelta(days=1))
    zone = ZoneInfo(request.site.time_zone)
    whole = {
        "starts_at": datetime.combine(day, time(0), zone),
        "ends_at": datetime.combine(day + timedelta(days=1), time(0), zone),
    }
    form = LeaveForm(request.POST if request.method == "POST" else None, initial=whole)

    def change(data: dict[str, Any]) -> Any:
        return services.add_leave(**_by(request), staff=person.id, **data)

    return _changed(request, person, form, change, "scheduling/rota_form.html", _("登记请假"), _("登记请假"))


@page(ROTA, methods=BOTH)
def end_leave(request: Request, leave_id: UUID) -> HttpResponse:
    """Somebody is back earlier, or does not go."""
    leave = Leave.objects.select_related("staff").filter(id=leave_id).first()
    if leave is None:
        raise Missing()
    person = staff.member_for(request.actor, leave.staff_id)
    form = forms.Form(request.POST if request.method == "POST" else None)

    def change(_data: dict[str, Any]) -> Any:
        return services.end_leave(**_by(request), leave=leave.id)

    context = {"leave": leave, "has_begun": leave.starts_at <= clock.now()}
    return _changed(
        request, person, form, change, "scheduling/end_leave.html", _("销假"), _("确认销假"), **context
    )


def _by(request: Request) -> dict[str, Any]:
    return {"actor": request.actor, "at": clock.now()}


def _changed(
    request: Request,
    person: StaffMember,
    form: forms.Form,
    change: Change,
    template: str,
    title: str,
    verb: str,
    **more: Any,
) -> HttpResponse:
    """Make the change once the appointments it hits have been seen."""

    def run(data: dict[str, Any]) -> Any:
        seen = data.pop("seen", "")
        return after_seeing_hits(lambda: change(data), seen)

    saved = submit(request, form, run, to=back_or(request, reverse("scheduling:rota")))
    conflict = request.outcome.conflict if request.outcome else None
    hits = conflict if isinstance(conflict, Hits) else None
    context = more | {
        "person": person,
        "form": form,
        "title": title,
        "verb": _("看过了，确认改动") if hits else verb,
        "hits": hits,
        "conflict": None if hits else conflict,
    }
    return saved or render(request, template, context)


@page(BOOK)
def rebook(request: Request) -> HttpResponse:
    """The appointments that can no longer take place as booked."""
    hit = queries.rebookings(request.actor, site=request.site.id, at=clock.now())
    return render(request, "scheduling/rebook.html", {"hit": hit})
