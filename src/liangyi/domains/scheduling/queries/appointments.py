"""Appointments as lists show them: flat rows, one statement a list, paged by key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from liangyi.domains.scheduling.enums import AppointmentStatus
from liangyi.domains.scheduling.models import Appointment
from liangyi.domains.scheduling.permissions import VIEW, appointments_visible_to, sites_visible_to
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Missing
from liangyi.platform.statements import rows_of

PAGE = 50
MOST = 500


class Row(NamedTuple):
    """An appointment in a list. Times are UTC; names are those of today; service, practitioner and room
    may be unknown in imported history."""

    id: UUID
    site: UUID
    starts_at: datetime
    ends_at: datetime
    status: str
    channel: str
    is_walk_in: bool
    ticket: str
    note: str
    price_cents: int | None
    patient: UUID
    patient_name: str
    patient_sex: str
    patient_birth_date: date | None
    record_number: str | None
    service: UUID | None
    service_name: str | None
    practitioner: UUID | None
    practitioner_name: str | None
    room: UUID | None
    room_name: str | None
    booked_at: datetime
    arrived_at: datetime | None
    called_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    closed_at: datetime | None
    close_reason: str
    moved_from: datetime | None
    source: str

    @property
    def status_label(self) -> Any:
        """The status in the reader's language."""
        return AppointmentStatus(self.status).label


_ROWS = """
SELECT a.id, a.site_id, a.starts_at, a.ends_at, a.status, a.channel, a.is_walk_in, a.ticket, a.note,
  a.price_cents, p.id, p.name, p.sex, p.birth_date,
  (SELECT n.record_number FROM patients_registration n WHERE n.patient_id = p.id AND n.site_id = a.site_id),
  a.service_id, v.name, a.practitioner_id, t.name, a.room_id, r.name, a.booked_at, a.arrived_at,
  a.called_at, a.started_at, a.finished_at, a.closed_at, a.close_reason, a.moved_from, a.source
FROM scheduling_appointment a
JOIN patients_patient o ON o.id = a.patient_id
JOIN patients_patient p ON p.id = coalesce(o.canonical_id, o.id)
LEFT JOIN catalogue_service v ON v.id = a.service_id
LEFT JOIN staff_staffmember t ON t.id = a.practitioner_id
LEFT JOIN organisation_room r ON r.id = a.room_id
"""

# The bounds are subqueries, not a join: so the index on (site, start) is entered at the day itself, and a
# list costs the same however long the history is.
_OF_DAY = """WHERE a.site_id = %(site)s AND a.source = ''
  AND a.starts_at >= (SELECT %(day)s::timestamp AT TIME ZONE z.time_zone
                      FROM access_site z WHERE z.id = %(site)s)
  AND a.starts_at < (SELECT (%(day)s::date + 1)::timestamp AT TIME ZONE z.time_zone
                     FROM access_site z WHERE z.id = %(site)s)
"""

_DAY_LIST = (
    _ROWS  # noqa: S608 put together from constants
    + _OF_DAY
    + """  AND (%(practitioner)s::uuid IS NULL OR a.practitioner_id = %(practitioner)s)
  AND (%(statuses)s::text[] IS NULL OR a.status = ANY(%(statuses)s::text[]))
  AND (%(after)s::uuid IS NULL OR (a.starts_at, a.id) >
       (SELECT k.starts_at, k.id FROM scheduling_appointment k WHERE k.id = %(after)s))
ORDER BY a.starts_at, a.id LIMIT %(limit)s"""
)

_QUEUE = (
    _ROWS
    + _OF_DAY
    + """  AND a.status IN ('arrived', 'called', 'in_progress') AND a.arrived_at IS NOT NULL
ORDER BY array_position(ARRAY['called', 'arrived', 'in_progress'], a.status::text),
  greatest(a.arrived_at, a.starts_at), a.id"""
)

_OF_PATIENT = (
    _ROWS  # noqa: S608 put together from constants
    + """WHERE a.patient_id IN (SELECT q.id FROM patients_patient z
    JOIN patients_patient q ON q.id = coalesce(z.canonical_id, z.id)
      OR q.canonical_id = coalesce(z.canonical_id, z.id) WHERE z.id = %(patient)s)
  AND (%(sites)s::uuid[] IS NULL OR a.site_id = ANY(%(sites)s::uuid[]))
  AND (%(before)s::uuid IS NULL OR (a.starts_at, a.id) <
       (SELECT k.starts_at, k.id FROM scheduling_appointment k WHERE k.id = %(before)s))
ORDER BY a.starts_at DESC, a.id DESC LIMIT %(limit)s"""
)

_ONE = (
    "SELECT s.time_zone, found.* FROM ("  # noqa: S608 put together from constants
    + _ROWS
    + """WHERE a.id = %(appointment)s) found JOIN access_site s ON s.id = found.site_id
WHERE %(sites)s::uuid[] IS NULL OR s.id = ANY(%(sites)s::uuid[])"""
)

_COUNTS = (
    "SELECT a.status, count(*)::int FROM scheduling_appointment a " + _OF_DAY + "GROUP BY a.status"  # noqa: S608 constants
)


def appointments_for_day(
    actor: Actor,
    *,
    site: UUID,
    day: date,
    practitioner: UUID | None = None,
    statuses: tuple[str, ...] = (),
    after: UUID | None = None,
    limit: int = PAGE,
) -> list[Row]:
    """The site's appointments of a day by start: up to `limit` of them, those after the row `after`.

    Ask for one more than a page holds to know whether there is a next. One statement.
    """
    actor.require(VIEW, site)
    return _rows(
        _DAY_LIST,
        site=site,
        day=day,
        practitioner=practitioner,
        statuses=list(statuses) or None,
        after=after,
        limit=min(limit, MOST),
    )


def queue_for(actor: Actor, *, site: UUID, day: date) -> list[Row]:
    """Who is here: called, waiting (longest first), then in a room. One statement."""
    actor.require(VIEW, site)
    return _rows(_QUEUE, site=site, day=day)


def appointments_for_patient(
    actor: Actor, patient: UUID, *, before: UUID | None = None, limit: int = PAGE
) -> list[Row]:
    """A person's appointments at the actor's sites, the latest first, merged records and imported
    history included. One statement."""
    sites = sites_visible_to(actor)
    return _rows(_OF_PATIENT, patient=patient, sites=sites, before=before, limit=min(limit, MOST))


def appointment_for(actor: Actor, appointment: UUID) -> Appointment:
    """One appointment with site, patient, service, practitioner and room. Raises Missing."""
    found = (
        appointments_visible_to(actor)
        .select_related("site", "patient", "service", "practitioner", "room")
        .filter(id=appointment)
        .first()
    )
    if found is None:
        raise Missing()
    return found


def appointment_row(actor: Actor, appointment: UUID) -> tuple[Row, str]:
    """One appointment as a list shows it, and the zone of its site. One statement. Raises Missing."""
    found = rows_of(_ONE, {"appointment": appointment, "sites": sites_visible_to(actor)})
    if not found:
        raise Missing()
    zone, *row = found[0]
    return Row._make(row), zone


def counts_for_day(actor: Actor, *, site: UUID, day: date) -> Mapping[str, int]:
    """How many of the day's appointments are at each status; every status is there. One statement."""
    actor.require(VIEW, site)
    found = dict(rows_of(_COUNTS, {"site": site, "day": day}))
    return {status: found.get(status, 0) for status in AppointmentStatus.values}


def _rows(sql: str, **values: Any) -> list[Row]:
    return [Row._make(row) for row in rows_of(sql, values)]


def rows_of_day(site: UUID, day: date) -> list[Row]:
    """All appointments of a day, for the board."""
    values = {"practitioner": None, "statuses": None, "after": None, "limit": MOST}
    return _rows(_DAY_LIST, site=site, day=day, **values)
