"""The facts of one booking in one statement: a booking is hot, and each statement costs as much as this."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from liangyi.domains.patients.enums import ConsentKind
from liangyi.domains.scheduling.decisions import (
    Engagement,
    Facts,
    PatientFacts,
    Piece,
    PractitionerFacts,
    RoomLane,
    ServiceFacts,
    SiteFacts,
)
from liangyi.domains.scheduling.queries.sql import (
    LICENCES,
    course_of,
    credentials,
    day_or_none,
    json_value,
    licence_facts,
    minutes,
    parameter_course,
    person_facts,
    privileges,
)
from liangyi.domains.scheduling.rules.days import local_day, minute_of
from liangyi.domains.scheduling.rules.ladder import HOLDING
from liangyi.domains.scheduling.rules.reminders import FIRST_DAY, notices
from liangyi.domains.scheduling.rules.rota import Hours, hours_on, is_within
from liangyi.platform.errors import Missing
from liangyi.platform.statements import rows_of

REMINDER_HOURS = ("scheduling.reminded", "hours")


def _is_held(resource: str, lane: str, first: str, last: str) -> str:
    return f"""EXISTS (SELECT FROM scheduling_reservation x WHERE x.resource = {resource} AND x.lane = {lane}
 AND x.starts_at > {first} - interval '1 day' AND x.starts_at < {last} AND upper(x.during) > {first}
 AND x.appointment_id IS DISTINCT FROM %(without)s::uuid)"""  # noqa: S608 put together from constants


def _consent(kind: str) -> str:
    """A standing answer: not withdrawn, and no later version in effect asks everybody again."""
    return f"""EXISTS (SELECT FROM patients_consent a JOIN patients_consenttext t ON t.id = a.text_id
 WHERE a.patient_id IN (SELECT id FROM own) AND t.kind = '{kind}' AND a.withdrawn_at IS NULL
 AND NOT EXISTS (SELECT FROM patients_consenttext n WHERE n.kind = t.kind AND n.version > t.version
                  AND n.asks_again AND n.effective_from <= d.day))"""  # noqa: S608 put together from constants


_STANDING = ", ".join(f"'{status}'" for status in sorted(HOLDING))

_ENGAGED = f"""(SELECT json_agg(json_build_array(b.id, b.site_id, bs.name, bv.name, bp.name,
   b.starts_at, b.ends_at) ORDER BY b.starts_at)
  FROM scheduling_appointment b JOIN access_site bs ON bs.id = b.site_id
  JOIN catalogue_service bv ON bv.id = b.service_id JOIN staff_staffmember bp ON bp.id = b.practitioner_id
 WHERE b.patient_id IN (SELECT id FROM own) AND b.source = '' AND b.status IN ({_STANDING})
   AND b.starts_at > t.starts_at - interval '1 day' AND b.starts_at < d.ends_at AND b.ends_at > t.starts_at
   AND b.id IS DISTINCT FROM %(without)s::uuid)"""  # noqa: S608 put together from constants

_FACTS = f"""
WITH own AS (
  SELECT q.id, p.id AS patient_id FROM patients_patient z
  JOIN patients_patient p ON p.id = coalesce(z.canonical_id, z.id) AND NOT p.is_pseudonymous
  JOIN patients_patient q ON q.id = p.id OR q.canonical_id = p.id
  WHERE z.id = %(patient)s)
SELECT s.id, s.name, s.time_zone, d.day, d.ends_at,
  (SELECT json_build_array({minutes("h.opens")}, {minutes("h.closes")}) FROM organisation_openinghours h
    WHERE h.site_id = s.id AND h.weekday = d.weekday),
  EXISTS (SELECT FROM organisation_openinghours h WHERE h.site_id = s.id),
  (SELECT c.reason FROM organisation_closingday c WHERE c.site_id = s.id AND c.day = d.day),
  {LICENCES},
  v.id, v.name, v.level, v.duration_minutes, v.prepare_minutes, v.clean_minutes, v.room_kind, m.name,
  v.needs_privilege, j.code, j.name, v.notes,
  (SELECT p.cents FROM catalogue_priceversion p WHERE p.service_id = v.id
      AND (p.site_id = s.id OR p.site_id IS NULL) AND p.effective_from <= d.day
    ORDER BY p.site_id NULLS LAST, p.effective_from DESC LIMIT 1),
  st.id, st.name, st.profession, st.left_on, {credentials("d.day - 1830")}, {privileges("d.day - 1830")},
  (SELECT json_agg(json_build_array(u.weekday, u.day, {minutes("u.starts")}, {minutes("u.ends")},
                                    u.valid_from, u.valid_to))
     FROM scheduling_rotarule u WHERE u.staff_id = st.id AND u.site_id = s.id
      AND (u.day = d.day OR u.weekday = d.weekday AND u.valid_from <= d.day
           AND (u.valid_to IS NULL OR u.valid_to >= d.day))),
  EXISTS (SELECT FROM scheduling_leave w WHERE w.staff_id = st.id AND w.starts_at < d.ends_at
           AND least(w.ends_at, w.ended_early_at) > t.starts_at),
  NOT {_is_held("st.id", "0", "t.starts_at", "d.ends_at")},
  p.id, p.name, p.birth_date, p.email,
  EXISTS (SELECT FROM patients_guardian g WHERE g.patient_id IN (SELECT id FROM own) AND g.ended_at IS NULL),
  {_consent(ConsentKind.PRIVACY)}, {_consent(ConsentKind.MESSAGES)},
  (SELECT json_agg(g.site_id) FROM patients_registration g WHERE g.patient_id IN (SELECT id FROM own)),
  {_ENGAGED},
  (SELECT json_agg(json_build_array(r.id, r.name, n.lane,
      NOT {_is_held("r.id", "n.lane", "d.room_from", "d.room_to")}) ORDER BY r.name, n.lane)
     FROM organisation_room r CROSS JOIN LATERAL generate_series(0, r.lanes - 1) AS n(lane)
    WHERE r.site_id = s.id AND r.kind = v.room_kind AND r.is_active
      AND (%(room)s::uuid IS NULL OR r.id = %(room)s)),
  (SELECT json_agg(json_build_array(e.id, e.name, e.calibration_due, m.calibration_months IS NOT NULL,
      NOT {_is_held("e.id", "0", "d.room_from", "d.room_to")}) ORDER BY e.name, e.id)
     FROM facilities_equipment e
    WHERE e.site_id = s.id AND e.model_id = v.device_model_id AND e.is_active),
  k.id, k.request_digest, {parameter_course(*REMINDER_HOURS)}
FROM (SELECT %(starts)s::timestamptz AS starts_at) t
JOIN access_site s ON s.id = %(site)s AND s.is_active
JOIN catalogue_service v ON v.id = %(service)s AND v.is_active
JOIN catalogue_servicesite o ON o.service_id = v.id AND o.site_id = s.id
JOIN catalogue_subject j ON j.id = v.subject_id
LEFT JOIN catalogue_devicemodel m ON m.id = v.device_model_id
JOIN staff_staffmember st ON st.id = %(practitioner)s
JOIN patients_patient p ON p.id = (SELECT patient_id FROM own LIMIT 1)
LEFT JOIN scheduling_appointment k
  ON k.booked_by_id = %(account)s AND k.request_key = %(key)s AND k.request_key <> ''
CROSS JOIN LATERAL (SELECT (t.starts_at AT TIME ZONE s.time_zone)::date AS day,
  extract(isodow FROM t.starts_at AT TIME ZONE s.time_zone)::int AS weekday,
  t.starts_at + make_interval(mins => v.duration_minutes) AS ends_at,
  t.starts_at - make_interval(mins => v.prepare_minutes) AS room_from,
  t.starts_at + make_interval(mins => v.duration_minutes + v.clean_minutes) AS room_to) d"""  # noqa: S608 put together from constants


class _Row(NamedTuple):
    site: UUID
    site_name: str
    zone: str
    day: date
    ends_at: datetime
    hours: Any
    has_hours: bool
    closing_reason: str | None
    licences: Any
    service: UUID
    service_name: str
    level: int
    duration: int
    prepare: int
    clean: int
    room_kind: str
    device_model: str | None
    needs_privilege: bool
    subject: str
    subject_name: str
    notes: str
    price_cents: int | None
    practitioner: UUID
    practitioner_name: str
    profession: str
    left_on: date | None
    papers: Any
    granted: Any
    rota: Any
    is_away: bool
    is_free: bool
    patient: UUID
    patient_name: str
    birth_date: date | None
    email: str
    has_guardian: bool
    has_privacy_consent: bool
    wants_messages: bool
    patient_sites: Any
    engaged: Any
    rooms: Any
    pieces: Any
    keyed: UUID | None
    keyed_digest: str | None
    reminders: Any


class Repeated(NamedTuple):
    """An appointment booked before with the same idempotency key."""

    id: UUID
    digest: str


def booking_facts(
    *,
    site: UUID,
    service: UUID,
    practitioner: UUID,
    patient: UUID,
    starts_at: datetime,
    room: UUID | None = None,
    without: UUID | None = None,
    account: UUID | None = None,
    key: str = "",
) -> tuple[Facts, Repeated | None]:
    """What is known of a booking, and the appointment an earlier request with the same key made.

    One statement. `without` leaves out what one appointment holds. Missing when site, service (or its
    offer at the site), practitioner or patient are not there.
    """
    names = {
        "site": site,
        "service": service,
        "practitioner": practitioner,
        "patient": patient,
        "starts": starts_at,
        "room": room,
        "without": without,
        "account": account,
        "key": key,
    }
    found = rows_of(_FACTS, names)
    if not found:
        raise Missing()
    row = _Row(*found[0])
    repeated = Repeated(row.keyed, row.keyed_digest or "") if row.keyed else None
    return _facts(row, starts_at), repeated


def _facts(row: _Row, starts_at: datetime) -> Facts:
    return Facts(
        site=_site(row),
        service=ServiceFacts(
            row.service,
            row.service_name,
            row.level,
            row.duration,
            row.prepare,
            row.clean,
            row.room_kind,
            row.device_model,
            row.needs_privilege,
            row.subject,
            row.subject_name,
            row.notes,
            row.price_cents,
        ),
        practitioner=_practitioner(row, starts_at),
        patient=PatientFacts(
            row.patient,
            row.patient_name,
            row.birth_date,
            row.email,
            row.has_guardian,
            row.has_privacy_consent,
            row.wants_messages,
            frozenset(UUID(site) for site in json_value(row.patient_sites) or ()),
            tuple(_engagement(*each) for each in json_value(row.engaged) or ()),
        ),
        rooms=tuple(RoomLane(UUID(id), *rest) for id, *rest in json_value(row.rooms) or ()),
        pieces=tuple(
            Piece(UUID(id), name, day_or_none(due), *rest)
            for id, name, due, *rest in json_value(row.pieces) or ()
        ),
        day=row.day,
        starts_at=starts_at,
        ends_at=row.ends_at,
        reminders=notices(
            course_of(json_value(row.reminders), *REMINDER_HOURS, FIRST_DAY), ZoneInfo(row.zone)
        ),
    )


def _site(row: _Row) -> SiteFacts:
    hours = json_value(row.hours)
    return SiteFacts(
        row.site,
        row.site_name,
        row.zone,
        (hours[0], hours[1]) if hours else None,
        row.has_hours,
        row.closing_reason,
        licence_facts(json_value(row.licences)),
    )


def _engagement(
    id: str, site: str, site_name: str, service: str, person: str, start: str, end: str
) -> Engagement:
    first, last = datetime.fromisoformat(start), datetime.fromisoformat(end)
    return Engagement(UUID(id), UUID(site), site_name, service, person, first, last)


def _practitioner(row: _Row, starts_at: datetime) -> PractitionerFacts:
    person = person_facts(
        row.practitioner,
        row.practitioner_name,
        row.profession,
        row.left_on,
        json_value(row.papers),
        json_value(row.granted),
        row.service,
    )
    return PractitionerFacts(person, _is_on_rota(row, starts_at), row.is_away, row.is_free)


def _is_on_rota(row: _Row, starts_at: datetime) -> bool:
    day = local_day(row.day, ZoneInfo(row.zone))
    lines = [Hours(*line) for line in json_value(row.rota) or ()]
    spans = [(day.at(a), day.at(b)) for a, b in hours_on(lines, row.day.isoformat(), day.weekday)]
    return is_within(minute_of(starts_at), minute_of(row.ends_at), spans)
