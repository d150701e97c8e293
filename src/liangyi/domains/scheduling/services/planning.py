"""Rota and leave: who works when. Every change says which appointments it hits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liangyi.domains.scheduling.models import Appointment, Leave, RotaRule
from liangyi.domains.scheduling.permissions import ROTA
from liangyi.domains.scheduling.rules.inputs import FIRST_DAY, LAST_DAY, checked_note
from liangyi.domains.scheduling.rules.planning import Times, checked_hours, checked_week
from liangyi.domains.scheduling.services.rebooking import review
from liangyi.domains.staff.models import StaffMember
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Conflict, Invalid, Missing

ONE_DAY = timedelta(days=1)


class RotaChange(NamedTuple):
    """The rules that hold now, and the appointments the change has hit."""

    rules: list[RotaRule]
    hit: list[Appointment]


class LeaveChange(NamedTuple):
    """The leave, and the appointments it hits."""

    leave: Leave
    hit: list[Appointment]


def set_rota(
    *,
    actor: Actor,
    at: datetime,
    staff: UUID,
    site: UUID,
    weekly: Mapping[int, Sequence[Times]],
    valid_from: date,
    valid_to: date | None = None,
) -> RotaChange:
    """The weekly hours of a person at a site from a day on; the former ones end the day before.

    `weekly` maps a weekday (1 is Monday) to hours in the site's own time; days left out are free.
    Raises Invalid, Denied, Missing.
    """
    actor.require(ROTA, site)
    week = checked_week(weekly)
    _check_period(valid_from, valid_to)
    with recorded(actor):
        _lock(staff, site)
        _end_weekly(staff, site, valid_from - ONE_DAY)
        rules = [
            RotaRule.objects.create(
                staff_id=staff,
                site_id=site,
                weekday=weekday,
                starts=starts,
                ends=ends,
                valid_from=valid_from,
                valid_to=valid_to,
            )
            for weekday, hours in week.items()
            for starts, ends in hours
        ]
        return RotaChange(rules, _review_person(staff, actor, at))


def set_day(
    *, actor: Actor, at: datetime, staff: UUID, site: UUID, day: date, hours: Sequence[Times]
) -> RotaChange:
    """The hours of a person at a site on one day, instead of the weekly ones; none puts those back.

    A day off is leave.
    """
    actor.require(ROTA, site)
    _check_period(day, None, "day")
    checked = checked_hours(hours)
    with recorded(actor):
        _lock(staff, site)
        RotaRule.objects.filter(staff=staff, site=site, day=day).delete()
        rules = [
            RotaRule.objects.create(
                staff_id=staff, site_id=site, day=day, starts=starts, ends=ends, valid_from=day, valid_to=day
            )
            for starts, ends in checked
        ]
        return RotaChange(rules, _review_person(staff, actor, at))


def end_rota(*, actor: Actor, at: datetime, staff: UUID, site: UUID, last_day: date) -> RotaChange:
    """The person works at the site until `last_day` and not after it, single days included."""
    actor.require(ROTA, site)
    _check_period(last_day, None, "last_day")
    with recorded(actor):
        _lock(staff, site)
        _end_weekly(staff, site, last_day)
        RotaRule.objects.filter(staff=staff, site=site, day__gt=last_day).delete()
        return RotaChange([], _review_person(staff, actor, at))


def add_leave(
    *, actor: Actor, at: datetime, staff: UUID, starts_at: datetime, ends_at: datetime, reason: str
) -> LeaveChange:
    """The person is away between two moments, at every site. Raises Invalid, Denied, Missing."""
    text = checked_note(reason, "reason", 100, required=True)
    if starts_at.tzinfo is None or ends_at.tzinfo is None or ends_at <= starts_at:
        raise Invalid({"ends_at": [_("结束须晚于开始")]})
    _check_period(starts_at.date(), ends_at.date(), "starts_at")
    with recorded(actor):
        _require_over(actor, staff)
        leave = Leave.objects.create(staff_id=staff, starts_at=starts_at, ends_at=ends_at, reason=text)
        return LeaveChange(leave, _review_person(staff, actor, at))


def end_leave(*, actor: Actor, at: datetime, leave: UUID, ends_at: datetime | None = None) -> LeaveChange:
    """The person is back earlier: from now or from `ends_at`; one that has not begun is taken back whole."""
    with recorded(actor):
        found = Leave.objects.select_for_update().filter(id=leave).first()
        if found is None:
            raise Missing()
        _require_over(actor, found.staff_id)
        back = max(ends_at or at, found.starts_at)
        if back >= min(found.ends_at, found.ended_early_at or found.ends_at):
            raise Conflict(_("这段请假已经结束"))
        found.ended_early_at = back
        found.save(update_fields=["ended_early_at"])
        return LeaveChange(found, _review_person(found.staff_id, actor, at))


def _check_period(first: date, last: date | None, field: str = "valid_from") -> None:
    if not FIRST_DAY <= first <= LAST_DAY or (last and not FIRST_DAY <= last <= LAST_DAY):
        raise Invalid({field: [_("日期超出范围")]})
    if last is not None and last < first:
        raise Invalid({field: [_("结束日期不能早于开始日期")]})


def _lock(staff: UUID, site: UUID) -> None:
    """One change of a person's plan at a time. Missing for an unknown person or site."""
    if not StaffMember.objects.select_for_update().filter(id=staff).exists():
        raise Missing()
    if not Site.objects.filter(id=site).exists():
        raise Missing()


def _require_over(actor: Actor, staff: UUID) -> None:
    """The right to plan at one of the sites where the person works, or anywhere while they work nowhere."""
    if not StaffMember.objects.select_for_update().filter(id=staff).exists():
        raise Missing()
    sites = set(RotaRule.objects.filter(staff=staff).values_list("site", flat=True))
    if actor.is_system or any(actor.may(ROTA, site) for site in sites):
        return
    actor.require(ROTA)
    if sites:
        raise Missing()


def _end_weekly(staff: UUID, site: UUID, last_day: date) -> None:
    """Weekly rules end with `last_day`; those that start later never held and are deleted."""
    weekly = RotaRule.objects.filter(staff=staff, site=site, day=None)
    weekly.filter(valid_from__gt=last_day).delete()
    weekly.filter(Q(valid_to=None) | Q(valid_to__gt=last_day)).update(valid_to=last_day)


def _review_person(staff: UUID, actor: Actor, at: datetime) -> list[Appointment]:
    return review(Appointment.objects.filter(practitioner=staff), actor=actor, at=at)
