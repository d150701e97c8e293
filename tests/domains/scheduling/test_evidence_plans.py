"""What proves a control is found by day and site through an index, however much history there is."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from liangyi_test_clinic import SETUP, local

from liangyi.domains.patients.models import ConsentText
from liangyi.domains.scheduling.models import Appointment
from liangyi.platform.actors import system
from liangyi.platform.audit.services import recorded
from liangyi.platform.controls.evidence.records import items
from liangyi.platform.controls.evidence.sources import Span, statement

ROWS = 100_000
DAY = date(2026, 11, 20)
# Over two years, about 137 a day.
AT = "timestamptz '2026-11-21 00:00+08' - n * interval '10.5 minutes'"
ID = "('0192' || lpad(to_hex(n), 8, '0') || '7000800000000000000{mark}')::uuid"
PATIENTS = f"""
INSERT INTO patients_patient (id, name, pinyin, sex, phone, email, note, tokens, is_pseudonymous, source,
 outside_id, registered_at)
SELECT {ID.format(mark="a")}, '某人', '', '9', '', '', '', '{{}}', false, '', '', {AT}
FROM generate_series(1, %(rows)s) n"""
REGISTRATIONS = f"""
INSERT INTO patients_registration (id, patient_id, site_id, record_number, registered_at)
SELECT {ID.format(mark="b")}, {ID.format(mark="a")}, %(site)s, 'N' || n, {AT}
FROM generate_series(1, %(rows)s) n"""
CONSENTS = f"""
INSERT INTO patients_consent (id, patient_id, text_id, given_at)
SELECT {ID.format(mark="c")}, {ID.format(mark="a")}, %(text)s, {AT} FROM generate_series(1, %(rows)s) n"""
CHANGES = f"""
INSERT INTO scheduling_statuschange (id, appointment_id, from_status, to_status, at, reason)
SELECT {ID.format(mark="d")}, %(appointment)s, 'booked', 'arrived', {AT}, ''
FROM generate_series(1, %(rows)s) n"""
MESSAGES = f"""
INSERT INTO messages_message (id, key, channel, template, site_id, address, language, params, subject_type,
 subject_id, created_at, due_at, attempts, error)
SELECT {ID.format(mark="e")}, 'k' || n, 'mail', 'scheduling.confirmation', %(site)s, 'a@b.cn', 'zh-hans',
 '{{}}', 'scheduling.appointment', %(appointment)s, {AT}, {AT}, 0, '' FROM generate_series(1, %(rows)s) n"""
APPOINTMENTS = f"""
INSERT INTO scheduling_appointment (id, site_id, patient_id, starts_at, ends_at, booked_at, status, channel,
 note, request_key, request_digest, ticket, close_reason, close_note, source, outside_id, is_day_only,
 is_walk_in)
SELECT {ID.format(mark="f")}, %(site)s, {ID.format(mark="a")}, {AT}, {AT} + interval '10 minutes', {AT},
 'booked', 'desk', '', '', '', '', '', '', 'old', 'x' || n, false, false
FROM generate_series(1, %(rows)s) n"""
RESERVATIONS = f"""
INSERT INTO scheduling_reservation (id, appointment_id, kind, resource, lane, during, starts_at)
SELECT {ID.format(mark="9")}, {ID.format(mark="f")}, 'patient', {ID.format(mark="a")}, 0,
 tstzrange({AT}, {AT} + interval '10 minutes'), {AT} FROM generate_series(1, %(rows)s) n"""
TABLES = {
    "patients_patient": PATIENTS,
    "patients_registration": REGISTRATIONS,
    "patients_consent": CONSENTS,
    "scheduling_statuschange": CHANGES,
    "messages_message": MESSAGES,
    "scheduling_appointment": APPOINTMENTS,
    "scheduling_reservation": RESERVATIONS,
}


@pytest.fixture
def history(clinic: Any) -> UUID:
    """100,000 rows in each of the tables that prove something; the clinic's site."""
    with recorded(SETUP):
        text = ConsentText.objects.create(
            kind="privacy", version=99, title="x", body="x", effective_from=DAY, asks_again=False
        )
        appointment = Appointment.objects.create(
            site=clinic.site,
            patient=clinic.patient,
            starts_at=local(DAY, "10:00"),
            ends_at=local(DAY, "11:00"),
            booked_at=local(DAY, "09:00"),
            source="old",
            outside_id="1",
        )
    values = {"rows": ROWS, "site": clinic.site.id, "text": text.id, "appointment": appointment.id}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # 100,000 entries in this index would take longer than all the rest, and nothing here asks it.
        cursor.execute("ALTER TABLE scheduling_reservation DROP CONSTRAINT scheduling_no_overlap")
        for table, sql in TABLES.items():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(sql, values)
            cursor.execute(f"ANALYZE {table}")
    site: UUID = clinic.site.id
    return site


def _plan(sql: str, values: Any = None) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", values)
        return json.dumps(cursor.fetchone()[0])


def test_proofs_are_found_by_day_and_site_through_an_index(history: UUID) -> None:
    indexes = {
        "patients.registration": "patients_registered_at_site",
        "patients.consents": "patients_consent_given_at",
        "scheduling.status_times": "scheduling_changed_at",
        "scheduling.confirmation": "messages_site_template",
        "scheduling.no_double_booking": "scheduling_site_start",
    }
    for code, index in indexes.items():
        span = Span((history,), "Asia/Shanghai", DAY, DAY)
        counted = statement([(span, [code])], local(DAY + timedelta(days=1), "09:00"))
        assert counted
        assert index in _plan(counted.sql, counted.values), code
        with CaptureQueriesContext(connection) as queries:
            found = items(system("test"), code, history, DAY - timedelta(days=29), DAY)
        assert len(found) == 50
        listed = next(q["sql"] for q in queries if " LIMIT 50" in q["sql"])
        assert index in _plan(listed.replace("%", "%%")), code
