"""Which of the booked appointments can no longer take place as booked, and why: rota, leave, closing days,
opening hours, room, papers, device, or the patient being expected elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.text import format_lazy as said
from django.utils.translation import gettext_lazy as _

from liangyi.domains.organisation.models import ClosingDay, OpeningHours
from liangyi.domains.scheduling.enums import AppointmentStatus, ResourceKind
from liangyi.domains.scheduling.models import Appointment, Leave, Reservation, RotaRule
from liangyi.domains.scheduling.permissions import appointments_visible_to
from liangyi.domains.scheduling.queries.entitlement import Entitlements
from liangyi.domains.scheduling.queries.twice import Twice
from liangyi.domains.scheduling.rules.days import LocalDay, day_of, local_day, minute_of
from liangyi.domains.scheduling.rules.rota import Hours, Span, hours_on, is_within, overlaps
from liangyi.domains.scheduling.rules.wording import unlicensed
from liangyi.domains.staff.enums import Reason
from liangyi.domains.staff.rules import Shortfall
from liangyi.platform.actors import Actor


class Rebooking(NamedTuple):
    """An appointment that cannot take place as booked, and every reason why, in words."""

    appointment: Appointment
    why: list[Any]


@dataclass(frozen=True)
class Standing:
    """Booked appointments, split by whether they can still take place as booked; `why` not, by id."""

    fit: list[Appointment] = field(default_factory=list)
    hit: list[Appointment] = field(default_factory=list)
    why: dict[UUID, list[Any]] = field(default_factory=dict)


def appointments_to_rebook(actor: Actor, *, site: UUID, at: datetime) -> list[Appointment]:
    """The site's booked appointments to come that something has hit since they were booked."""
    return [one.appointment for one in rebookings(actor, site=site, at=at)]


def rebookings(actor: Actor, *, site: UUID, at: datetime) -> list[Rebooking]:
    """The same with the reasons."""
    found = standing_of(appointments_visible_to(actor).filter(site=site), at)
    return [Rebooking(appointment, found.why[appointment.id]) for appointment in found.hit]


def coming(appointments: QuerySet[Appointment], at: datetime) -> list[Appointment]:
    """Of these, our own that are booked and still to come, by start. One statement."""
    return list(
        appointments.filter(source="", status=AppointmentStatus.BOOKED, starts_at__gt=at)
        .select_related("site", "patient", "service__subject", "practitioner", "room")
        .order_by("starts_at", "id")
    )


def standing_of(appointments: QuerySet[Appointment], at: datetime) -> Standing:
    """Of these, the booked ones to come, checked against all that holds now. Ten statements."""
    found, booked = Standing(), coming(appointments, at)
    if not booked:
        return found
    plan = _Plan.read(booked)
    papers, twice = Entitlements.read(booked), Twice.read(booked)
    for appointment in booked:
        day = site_day(appointment)
        why = list(plan.troubles(appointment, day))
        why += [lapse.text for lapse in papers.lapses(appointment, day.day)]
        why += twice.troubles(appointment)
        (found.hit if why else found.fit).append(appointment)
        if why:
            found.why[appointment.id] = why
    return found


def site_day(appointment: Appointment) -> LocalDay:
    """The calendar day of the appointment at its site."""
    zone = ZoneInfo(appointment.site.time_zone)
    return local_day(day_of(appointment.starts_at, zone), zone)


@dataclass(frozen=True)
class _Plan:
    rota: dict[tuple[UUID, UUID], list[Hours]]
    leave: dict[UUID, list[Span]]
    closed: dict[tuple[UUID, date], str]
    hours: dict[UUID, dict[int, Span]]
    lanes: dict[UUID, int]

    @classmethod
    def read(cls, coming: Sequence[Appointment]) -> _Plan:
        staff = {a.practitioner_id for a in coming}
        sites = {a.site_id for a in coming}
        first = coming[0].starts_at.date() - timedelta(days=1)
        rooms = Reservation.objects.filter(appointment__in=coming, kind=ResourceKind.ROOM)
        lanes = dict(rooms.values_list("appointment", "lane"))
        plan = cls(defaultdict(list), defaultdict(list), {}, defaultdict(dict), lanes)
        for rule in RotaRule.objects.filter(
            Q(valid_to=None) | Q(valid_to__gte=first), staff__in=staff, site__in=sites
        ):
            plan.rota[rule.staff_id, rule.site_id].append(line_of(rule))
        for leave in Leave.objects.filter(staff__in=staff, ends_at__gt=coming[0].starts_at):
            end = min(leave.ends_at, leave.ended_early_at or leave.ends_at)
            plan.leave[leave.staff_id].append((minute_of(leave.starts_at), minute_of(end)))
        closed = ClosingDay.objects.filter(site__in=sites, day__gte=first)
        for site, day, reason in closed.values_list("site", "day", "reason"):
            plan.closed[site, day] = reason
        for row in OpeningHours.objects.filter(site__in=sites):
            plan.hours[row.site_id][row.weekday] = (wall(row.opens), wall(row.closes))
        return plan

    def troubles(self, appointment: Appointment, day: LocalDay) -> Iterator[Any]:
        """What of place and time no longer fits."""
        if (reason := self.closed.get((appointment.site_id, day.day))) is not None:
            yield said(_("{day} 停诊：{why}"), day=day.day, why=reason)
        elif not self._is_open(appointment, day):
            yield _("不在开诊时间内")
        yield from self._of_room(appointment)
        yield from self._of_person(appointment, day)

    def _is_open(self, appointment: Appointment, day: LocalDay) -> bool:
        hours = self.hours.get(appointment.site_id)
        if hours is None:
            return True
        opens, closes = hours.get(day.weekday, (0, 0))
        return is_within(*_span(appointment), [(day.at(opens), day.at(closes))])

    def _of_room(self, appointment: Appointment) -> Iterator[Any]:
        room = appointment.room
        if room is None or not room.is_active:
            yield said(_("{room}已停用"), room=room.name if room else "")
        elif self.lanes.get(appointment.id, 0) >= room.lanes:
            yield said(_("{room}能同时接待的人数减少了"), room=room.name)

    def _of_person(self, appointment: Appointment, day: LocalDay) -> Iterator[Any]:
        person = appointment.practitioner
        if person is None:
            return
        if person.left_on is not None and person.left_on < day.day:
            gone = Shortfall(Reason.LEFT, valid_to=person.left_on)
            yield unlicensed([gone], practitioner=person.name, site="", subject="")
            return
        rules = self.rota.get((person.id, appointment.site_id), ())
        lines = hours_on(rules, day.day.isoformat(), day.weekday)
        spans: Iterable[Span] = [(day.at(first), day.at(last)) for first, last in lines]
        if not is_within(*_span(appointment), spans):
            yield said(_("{practitioner}这个时间不出诊"), practitioner=person.name)
        if overlaps(*_span(appointment), self.leave.get(person.id, ())):
            yield said(_("{practitioner}这个时间请假"), practitioner=person.name)


def _span(appointment: Appointment) -> Span:
    return minute_of(appointment.starts_at), minute_of(appointment.ends_at)


def wall(clock: time) -> int:
    """A time of day as minutes after midnight."""
    return clock.hour * 60 + clock.minute


def line_of(rule: RotaRule) -> Hours:
    """A rota rule as the pure rules take it."""
    return Hours(
        rule.weekday,
        rule.day.isoformat() if rule.day else None,
        wall(rule.starts),
        wall(rule.ends),
        rule.valid_from.isoformat(),
        rule.valid_to.isoformat() if rule.valid_to else None,
    )
