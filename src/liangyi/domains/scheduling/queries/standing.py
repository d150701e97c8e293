"""Which of the booked appointments no longer fit rota, leave, closing days and opening hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from liangyi.domains.organisation.models import ClosingDay, OpeningHours
from liangyi.domains.scheduling.enums import AppointmentStatus, ResourceKind
from liangyi.domains.scheduling.models import Appointment, Leave, Reservation, RotaRule
from liangyi.domains.scheduling.permissions import appointments_visible_to
from liangyi.domains.scheduling.rules.days import day_of, local_day, minute_of
from liangyi.domains.scheduling.rules.rota import Hours, Span, hours_on, is_within, overlaps
from liangyi.platform.actors import Actor


@dataclass(frozen=True)
class Standing:
    """Booked appointments, split by whether they can still take place as booked."""

    fit: list[Appointment]
    hit: list[Appointment]


def appointments_to_rebook(actor: Actor, *, site: UUID, at: datetime) -> list[Appointment]:
    """The site's booked appointments to come that a change of rota, leave or closing days has hit."""
    found = appointments_visible_to(actor).filter(site=site)
    return standing_of(found, at).hit


def standing_of(appointments: QuerySet[Appointment], at: datetime) -> Standing:
    """Of these, the booked ones to come, checked against all that is planned. Six statements."""
    coming = list(
        appointments.filter(source="", status=AppointmentStatus.BOOKED, starts_at__gt=at)
        .select_related("site", "patient", "service", "practitioner", "room")
        .order_by("starts_at", "id")
    )
    if not coming:
        return Standing([], [])
    plan = _Plan.read(coming)
    found = Standing([], [])
    for appointment in coming:
        (found.fit if plan.allows(appointment) else found.hit).append(appointment)
    return found


@dataclass(frozen=True)
class _Plan:
    rota: dict[tuple[UUID, UUID], list[Hours]]
    leave: dict[UUID, list[Span]]
    closed: set[tuple[UUID, date]]
    hours: dict[UUID, dict[int, Span]]
    lanes: dict[UUID, int]

    @classmethod
    def read(cls, coming: Sequence[Appointment]) -> _Plan:
        staff = {a.practitioner_id for a in coming}
        sites = {a.site_id for a in coming}
        first = coming[0].starts_at.date() - timedelta(days=1)
        rooms = Reservation.objects.filter(appointment__in=coming, kind=ResourceKind.ROOM)
        lanes = dict(rooms.values_list("appointment", "lane"))
        plan = cls(defaultdict(list), defaultdict(list), set(), defaultdict(dict), lanes)
        for rule in RotaRule.objects.filter(
            Q(valid_to=None) | Q(valid_to__gte=first), staff__in=staff, site__in=sites
        ):
            plan.rota[rule.staff_id, rule.site_id].append(line_of(rule))
        for leave in Leave.objects.filter(staff__in=staff, ends_at__gt=coming[0].starts_at):
            end = min(leave.ends_at, leave.ended_early_at or leave.ends_at)
            plan.leave[leave.staff_id].append((minute_of(leave.starts_at), minute_of(end)))
        for site, day in ClosingDay.objects.filter(site__in=sites, day__gte=first).values_list("site", "day"):
            plan.closed.add((site, day))
        for row in OpeningHours.objects.filter(site__in=sites):
            plan.hours[row.site_id][row.weekday] = (wall(row.opens), wall(row.closes))
        return plan

    def allows(self, appointment: Appointment) -> bool:
        """Neither closed nor outside opening hours, on the rota, not on leave, the room still in use."""
        zone = ZoneInfo(appointment.site.time_zone)
        day = local_day(day_of(appointment.starts_at, zone), zone)
        start, end = minute_of(appointment.starts_at), minute_of(appointment.ends_at)
        site, person = appointment.site_id, appointment.practitioner_id
        if (site, day.day) in self.closed or person is None:
            return False
        if not _is_staffed(appointment, day.day, self.lanes.get(appointment.id, 0)):
            return False
        open_hours = self.hours.get(site)
        if open_hours is not None:
            opens, closes = open_hours.get(day.weekday, (0, 0))
            if not is_within(start, end, [(day.at(opens), day.at(closes))]):
                return False
        lines = hours_on(self.rota.get((person, site), ()), day.day.isoformat(), day.weekday)
        spans: Iterable[Span] = [(day.at(first), day.at(last)) for first, last in lines]
        return is_within(start, end, spans) and not overlaps(start, end, self.leave.get(person, ()))


def _is_staffed(appointment: Appointment, day: date, lane: int) -> bool:
    """The practitioner still works here then, and the room is in use and has the lane."""
    doctor, room = appointment.practitioner, appointment.room
    gone = doctor is None or (doctor.left_on is not None and doctor.left_on < day)
    return not gone and room is not None and room.is_active and lane < room.lanes


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
