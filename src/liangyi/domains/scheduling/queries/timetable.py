"""Everything free times follow from, in two statements however many people, rooms and days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from liangyi.domains.facilities.rules import is_calibrated
from liangyi.domains.scheduling.queries.sql import (
    LICENCES,
    credentials,
    day_or_none,
    json_value,
    licence_facts,
    minutes,
    parameter_value,
    person_facts,
    privileges,
    whole_number,
)
from liangyi.domains.scheduling.rules.days import local_day, moment_of
from liangyi.domains.scheduling.rules.fitness import Task, fit_periods
from liangyi.domains.scheduling.rules.rota import Hours, Period
from liangyi.domains.scheduling.rules.slots import Held, Lane, Need, Person, Timetable
from liangyi.platform.errors import Missing
from liangyi.platform.statements import rows_of

GRID = ("scheduling.site_open", "grid_minutes")

_SETUP = f"""
SELECT json_build_array(s.time_zone, {parameter_value(*GRID, "%(first)s")},
  v.duration_minutes, v.prepare_minutes, v.clean_minutes,
  (SELECT json_agg(json_build_array(h.weekday, {minutes("h.opens")}, {minutes("h.closes")}))
     FROM organisation_openinghours h WHERE h.site_id = s.id),
  (SELECT json_agg(c.day) FROM organisation_closingday c
    WHERE c.site_id = s.id AND c.day BETWEEN %(first)s AND %(last)s),
  {LICENCES}, j.code, v.level,
  (SELECT json_agg(json_build_array(r.id, r.name, n.lane) ORDER BY r.name, n.lane)
     FROM organisation_room r CROSS JOIN LATERAL generate_series(0, r.lanes - 1) AS n(lane)
    WHERE r.site_id = s.id AND r.kind = v.room_kind AND r.is_active),
  v.device_model_id IS NOT NULL,
  (SELECT json_agg(json_build_array(e.id, e.name, e.calibration_due, m.calibration_months IS NOT NULL)
                   ORDER BY e.name, e.id)
     FROM facilities_equipment e JOIN catalogue_devicemodel m ON m.id = e.model_id
    WHERE e.site_id = s.id AND e.model_id = v.device_model_id AND e.is_active),
  v.needs_privilege,
  (SELECT json_agg(json_build_array(st.id, st.name, st.profession, st.left_on, ro.lines,
      (SELECT json_agg(json_build_array({minutes("lv.starts_at")}, {minutes("lv.ends_at")}))
         FROM (SELECT starts_at, least(ends_at, ended_early_at) AS ends_at FROM scheduling_leave
                WHERE staff_id = st.id AND ends_at > %(first)s::date - 1
                  AND starts_at < %(last)s::date + 2) lv),
      ({credentials("%(first)s")})::text, ({privileges("%(first)s")})::text) ORDER BY st.pinyin, st.id)
     FROM (SELECT ru.staff_id, json_agg(json_build_array(ru.weekday, ru.day,
                  {minutes("ru.starts")}, {minutes("ru.ends")}, ru.valid_from, ru.valid_to)) AS lines
             FROM scheduling_rotarule ru
            WHERE ru.site_id = s.id AND (%(person)s::uuid IS NULL OR ru.staff_id = %(person)s)
              AND (ru.day BETWEEN %(first)s AND %(last)s
                   OR ru.day IS NULL AND ru.valid_from <= %(last)s
                      AND (ru.valid_to IS NULL OR ru.valid_to >= %(first)s))
            GROUP BY ru.staff_id) ro
     JOIN staff_staffmember st ON st.id = ro.staff_id AND (st.left_on IS NULL OR st.left_on >= %(first)s))
)
FROM access_site s
JOIN catalogue_service v ON v.id = %(service)s AND v.is_active
JOIN catalogue_subject j ON j.id = v.subject_id
JOIN catalogue_servicesite o ON o.service_id = v.id AND o.site_id = s.id
WHERE s.id = %(site)s AND s.is_active"""  # noqa: S608 put together from constants

_HELD = """
SELECT (r.n - 1)::int, x.lane, floor(extract(epoch FROM lower(x.during)) / 60)::int,
       ceil(extract(epoch FROM upper(x.during)) / 60)::int
FROM unnest(%s::uuid[]) WITH ORDINALITY AS r(id, n)
JOIN scheduling_reservation x ON x.resource = r.id AND x.starts_at > %s AND x.starts_at < %s
WHERE x.appointment_id IS DISTINCT FROM %s::uuid"""


class _Setup(NamedTuple):
    zone: str
    grid: Any
    duration: int
    prepare: int
    clean: int
    hours: list[Any] | None
    closed: list[str] | None
    licences: list[Any] | None
    subject: str
    level: int
    rooms: list[Any] | None
    needs_equipment: bool
    pieces: list[Any] | None
    needs_privilege: bool
    people: list[Any] | None


def timetable(
    site: UUID,
    service: UUID,
    first: date,
    last: date,
    *,
    practitioner: UUID | None = None,
    without: UUID | None = None,
) -> Timetable:
    """The timetable of a service at a site; `without` leaves out what one appointment holds.

    Two statements. Missing when the service is not offered at the site.
    """
    values = {"site": site, "service": service, "first": first, "last": last, "person": practitioner}
    found = rows_of(_SETUP, values)
    if not found:
        raise Missing()
    setup = _Setup(*json_value(found[0][0]))
    task = Task(service, setup.subject, setup.needs_privilege, site)
    table = _table(setup, _people(setup.people or (), task, first, last), first)
    return replace(table, held=_held(table, first, last, without))


def _held(table: Timetable, first: date, last: date, without: UUID | None) -> list[Held]:
    resources = _resources(table)
    start = local_day(first, table.zone).start
    end = local_day(last, table.zone).end
    edges = [moment_of(minute, table.zone) for minute in (start - 1440, end + 240)]
    return [Held(*row) for row in rows_of(_HELD, [resources, *edges, without])]


def _resources(table: Timetable) -> list[str]:
    """The ids of all resources, each at the place of its number."""
    ids: dict[int, str] = {person.number: person.id for person in table.people}
    for lane in (*table.rooms, *(table.pieces or ())):
        ids[lane.number] = lane.id
    return [ids[number] for number in sorted(ids)]


def _table(setup: _Setup, people: list[Person], first: date) -> Timetable:
    rooms = _rooms(setup.rooms or (), len(people))
    return Timetable(
        zone=ZoneInfo(setup.zone),
        grid=max(whole_number(setup.grid, *GRID), 1),
        need=Need(setup.duration, setup.prepare, setup.clean),
        hours={weekday: (opens, closes) for weekday, opens, closes in setup.hours or ()},
        closed=frozenset(setup.closed or ()),
        licences=licence_facts(setup.licences),
        subject=setup.subject,
        level=setup.level,
        people=people,
        rooms=rooms,
        pieces=_pieces(setup, rooms[-1].number + 1 if rooms else len(people), first),
        held=(),
    )


def _rooms(rows: Sequence[Any], first: int) -> list[Lane]:
    numbers: dict[str, int] = {}
    return [
        Lane(numbers.setdefault(room, first + len(numbers)), lane, room, name, None)
        for room, name, lane in rows
    ]


def _pieces(setup: _Setup, number: int, first: date) -> list[Lane] | None:
    """The pieces that are calibrated on the first day at least."""
    if not setup.needs_equipment:
        return None
    usable = [
        (id, name, due if needed else None)
        for id, name, due, needed in setup.pieces or ()
        if is_calibrated(needs_calibration=needed, calibration_due=day_or_none(due), on=first)
    ]
    return [Lane(number + n, 0, id, name, until) for n, (id, name, until) in enumerate(usable)]


def _people(rows: Sequence[Any], task: Task, first: date, last: date) -> list[Person]:
    """Those whose papers allow the task on one day at least."""
    people: list[Person] = []
    for id, name, profession, left_on, rota, leave, papers, granted in rows:
        if fit := _fit(id, name, profession, left_on, papers, granted, task, first, last):
            lines = [Hours(*line) for line in rota]
            away = [(starts, ends) for starts, ends in leave or ()]
            people.append(Person(len(people), id, name, lines, away, fit))
    return people


@lru_cache(maxsize=10_000)
def _fit(
    id: str,
    name: str,
    profession: str,
    left_on: str | None,
    papers: str | None,
    granted: str | None,
    task: Task,
    first: date,
    last: date,
) -> Sequence[Period]:
    """The days on which the papers, as the database has just told them, allow the task.

    It follows from the arguments alone, so an answer is kept: papers change far more rarely than slots
    are asked for.
    """
    facts = person_facts(
        UUID(id),
        name,
        profession,
        day_or_none(left_on),
        json_value(papers),
        json_value(granted),
        task.service,
    )
    return tuple(fit_periods(facts, task, first, last))
