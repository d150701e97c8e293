"""Choosing resources and holding them. The database's exclusion constraint is the judge."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils.translation import gettext_lazy as _

from liangyi.domains.organisation.models import Room
from liangyi.domains.scheduling.decisions import Facts, Piece, RoomLane
from liangyi.domains.scheduling.enums import ResourceKind
from liangyi.domains.scheduling.errors import ResourceLost, SlotTaken, SlotUnavailable
from liangyi.domains.scheduling.rules.days import local_day, minute_of
from liangyi.platform.errors import Invalid, Missing
from liangyi.platform.ids import new_id
from liangyi.platform.statements import rows_of


class Hold(NamedTuple):
    """A lane of a resource to be held for a time. They sort by resource, as all bookings insert them."""

    resource: UUID
    lane: int
    kind: str
    starts_at: datetime
    ends_at: datetime


class Chosen(NamedTuple):
    """The room and the holds of a booking."""

    room: RoomLane
    holds: list[Hold]


def choose(facts: Facts, room: UUID | None = None) -> Chosen:
    """The resources a booking will hold, of those that are free now.

    Raises SlotUnavailable when nobody works then, SlotTaken when something is held, and for a room that
    is asked for and unfit Missing or Invalid.
    """
    if room is not None and not facts.rooms:
        _refuse_room(room, facts)
    _check_working(facts)
    if not facts.practitioner.is_free:
        raise SlotTaken(_("这个时间已被约走"))
    lane = next((lane for lane in facts.rooms if lane.is_free), None)
    if lane is None:
        raise SlotTaken(_("这个时间没有空房间"))
    return Chosen(lane, _holds(facts, lane, _piece(facts)))


def _refuse_room(room: UUID, facts: Facts) -> None:
    if not Room.objects.filter(id=room, site=facts.site.id).exists():
        raise Missing()
    raise Invalid({"room": [_("这个房间不能做该项目")]})


def _check_working(facts: Facts) -> None:
    """The practitioner works at that time and place, and the site has a room for the service."""
    doctor = facts.practitioner
    if not doctor.is_on_rota:
        raise SlotUnavailable(_("医生这个时间不出诊"), why="rota")
    if doctor.is_away:
        raise SlotUnavailable(_("医生这个时间请假"), why="leave")
    if not _is_within_hours(facts):
        raise SlotUnavailable(_("这个时间不在营业时间内"), why="hours")
    if not facts.rooms:
        raise SlotUnavailable(_("本院区没有可以做该项目的房间"), why="room")


def _is_within_hours(facts: Facts) -> bool:
    if facts.site.hours is None:
        return not facts.site.has_hours
    day = local_day(facts.day, ZoneInfo(facts.site.zone))
    opens, closes = facts.site.hours
    return day.at(opens) <= minute_of(facts.starts_at) and minute_of(facts.ends_at) <= day.at(closes)


def _piece(facts: Facts) -> Piece | None:
    if facts.service.device_model is None:
        return None
    for piece in facts.pieces:
        if piece.is_free and piece.is_calibrated(facts.day):
            return piece
    raise SlotTaken(_("这个时间没有空闲的设备"))


def _holds(facts: Facts, lane: RoomLane, piece: Piece | None) -> list[Hold]:
    first = facts.starts_at - timedelta(minutes=facts.service.prepare)
    last = facts.ends_at + timedelta(minutes=facts.service.clean)
    holds = [
        Hold(facts.practitioner.id, 0, ResourceKind.PRACTITIONER, facts.starts_at, facts.ends_at),
        Hold(lane.id, lane.lane, ResourceKind.ROOM, first, last),
        Hold(facts.patient.id, 0, ResourceKind.PATIENT, facts.starts_at, facts.ends_at),
    ]
    if piece is not None:
        holds.append(Hold(piece.id, 0, ResourceKind.EQUIPMENT, first, last))
    return sorted(holds)


def reserve(appointment: UUID, holds: Sequence[Hold]) -> None:
    """Hold all of them or raise ResourceLost (the caller's transaction is then to be rolled back)."""
    if hold_what_is_free(appointment, holds) < len(holds):
        raise ResourceLost()


def hold_what_is_free(appointment: UUID, holds: Sequence[Hold]) -> int:
    """Hold those that nobody else holds, in one statement; how many it were."""
    row = "(%s, %s, %s, %s, %s, tstzrange(%s, %s), %s)"
    values = [
        value
        for hold in sorted(holds)
        for value in (
            new_id(),
            appointment,
            hold.kind,
            hold.resource,
            hold.lane,
            hold.starts_at,
            hold.ends_at,
            hold.starts_at,
        )
    ]
    sql = (
        "INSERT INTO scheduling_reservation (id, appointment_id, kind, resource, lane, during, starts_at)"  # noqa: S608 put together from constants
        f" VALUES {', '.join([row] * len(holds))} ON CONFLICT DO NOTHING RETURNING resource"
    )
    return len(rows_of(sql, values))


def hold_for_person(patient: UUID) -> None:
    """What a record's appointments hold of its patient's time is the time of the surviving record.

    Where the person is expected elsewhere meanwhile the row stays as it was: that has happened already.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OF_PERSON, {"patient": patient, "kind": ResourceKind.PATIENT})


_OF_PERSON = """
UPDATE scheduling_reservation r SET resource = coalesce(p.canonical_id, p.id)
FROM scheduling_appointment a JOIN patients_patient p ON p.id = a.patient_id
WHERE a.id = r.appointment_id AND p.id = %(patient)s AND r.kind = %(kind)s
  AND r.resource <> coalesce(p.canonical_id, p.id) AND NOT EXISTS (
    SELECT FROM scheduling_reservation x
    WHERE x.resource = coalesce(p.canonical_id, p.id) AND x.during && r.during)"""


def release(appointment: UUID, unused: timedelta) -> None:
    """Let go of the last `unused` of what is held; of all of it where no more was held."""
    if unused <= timedelta(0):
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM scheduling_reservation"
            " WHERE appointment_id = %s AND upper(during) - make_interval(secs => %s) <= starts_at",
            [appointment, unused.total_seconds()],
        )
        cursor.execute(
            "UPDATE scheduling_reservation SET during"
            " = tstzrange(starts_at, upper(during) - make_interval(secs => %s)) WHERE appointment_id = %s",
            [unused.total_seconds(), appointment],
        )


def lock_days(pairs: set[tuple[UUID, str]]) -> None:
    """Take the locks of (resource, day) in one order: moves that cross wait for each other."""
    keys = sorted(f"{resource}:{day}" for resource, day in pairs)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(key, 0))"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS k(key, n) ORDER BY n",
            [keys],
        )
