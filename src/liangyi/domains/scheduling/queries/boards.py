"""The day board: time down, practitioners or rooms across."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from liangyi.domains.scheduling.permissions import VIEW
from liangyi.domains.scheduling.queries.appointments import Row, rows_of_day
from liangyi.domains.scheduling.queries.sql import json_value, minutes
from liangyi.domains.scheduling.rules.days import LocalDay, local_day, moment_of
from liangyi.domains.scheduling.rules.rota import Hours, hours_on
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Missing
from liangyi.platform.statements import rows_of

Times = tuple[datetime, datetime]


@dataclass(frozen=True)
class Column:
    """A practitioner with working hours and leave, or a room with its lanes; and what is booked."""

    id: UUID
    name: str
    works: tuple[Times, ...] = ()
    away: tuple[Times, ...] = ()
    lanes: int = 1
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class DayBoard:
    """A site's day. `opens` and `closes` are None where closed or where no opening hours are kept."""

    day: date
    zone: str
    opens: datetime | None
    closes: datetime | None
    closing_reason: str | None
    columns: list[Column]


_FRAME = f"""
SELECT s.time_zone,
  (SELECT json_build_array({minutes("h.opens")}, {minutes("h.closes")}) FROM organisation_openinghours h
    WHERE h.site_id = s.id AND h.weekday = extract(isodow FROM %(day)s::date)),
  (SELECT c.reason FROM organisation_closingday c WHERE c.site_id = s.id AND c.day = %(day)s::date),
  (SELECT json_agg(json_build_array(t.id, t.name, u.lines,
      (SELECT json_agg(json_build_array({minutes("w.starts_at")}, {minutes("w.ends_at")}))
         FROM (SELECT starts_at, least(ends_at, ended_early_at) AS ends_at FROM scheduling_leave
                WHERE staff_id = t.id AND ends_at > %(day)s::date - 1 AND starts_at < %(day)s::date + 2) w))
      ORDER BY t.pinyin, t.id)
     FROM (SELECT staff_id, json_agg(json_build_array(weekday, day, {minutes("starts")}, {minutes("ends")},
                  valid_from, valid_to)) AS lines
             FROM scheduling_rotarule
            WHERE site_id = s.id AND (day = %(day)s::date OR weekday = extract(isodow FROM %(day)s::date)
              AND valid_from <= %(day)s::date AND (valid_to IS NULL OR valid_to >= %(day)s::date))
            GROUP BY staff_id) u
     JOIN staff_staffmember t ON t.id = u.staff_id),
  (SELECT json_agg(json_build_array(r.id, r.name, r.lanes) ORDER BY r.kind, r.name)
     FROM organisation_room r WHERE r.site_id = s.id AND r.is_active
      AND EXISTS (SELECT FROM catalogue_service v JOIN catalogue_servicesite o ON o.service_id = v.id
                   WHERE o.site_id = s.id AND v.room_kind = r.kind))
FROM access_site s WHERE s.id = %(site)s"""  # noqa: S608 put together from constants


def day_board(
    actor: Actor, *, site: UUID, day: date, by: Literal["practitioner", "room"] = "practitioner"
) -> DayBoard:
    """The board of a day, cancelled appointments left out. Two statements, however much is on it.

    Whoever works that day and every room that services need has a column, and so has whoever is booked.
    """
    actor.require(VIEW, site)
    found = rows_of(_FRAME, {"site": site, "day": day})
    if not found:
        raise Missing()
    zone, hours, closing_reason, people, rooms = found[0]
    span = local_day(day, ZoneInfo(zone))
    hours = json_value(hours)
    columns = _rooms(json_value(rooms)) if by == "room" else _people(json_value(people), span)
    _fill(columns, rows_of_day(site, day), by)
    opens, closes = _times(span, hours) if hours and closing_reason is None else (None, None)
    return DayBoard(day, zone, opens, closes, closing_reason, columns)


def _times(span: LocalDay, hours: Any) -> Times:
    first, last = hours
    return moment_of(span.at(first), span.zone), moment_of(span.at(last), span.zone)


def _people(rows: Any, span: LocalDay) -> list[Column]:
    columns = []
    for id, name, lines, leave in rows or ():
        worked = hours_on([Hours(*line) for line in lines], span.day.isoformat(), span.weekday)
        away = [
            (moment_of(max(first, span.start), span.zone), moment_of(min(last, span.end), span.zone))
            for first, last in leave or ()
            if first < span.end and last > span.start
        ]
        works = tuple(_times(span, hours) for hours in worked)
        columns.append(Column(UUID(id), name, works, tuple(away)))
    return columns


def _rooms(rows: Any) -> list[Column]:
    return [Column(UUID(id), name, lanes=lanes) for id, name, lanes in rows or ()]


def _fill(columns: list[Column], rows: list[Row], by: str) -> None:
    """Put each appointment into its column, and give those without one a column at the end."""
    booked: dict[tuple[UUID, str], list[Row]] = defaultdict(list)
    for row in rows:
        id, name = (row.room, row.room_name) if by == "room" else (row.practitioner, row.practitioner_name)
        if id is not None and row.status != "cancelled":
            booked[id, name or ""].append(row)
    known = {column.id: column for column in columns}
    for (id, name), found in booked.items():
        if id not in known:
            columns.append(Column(id, name))
            known[id] = columns[-1]
        known[id].rows.extend(found)
