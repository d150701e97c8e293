"""What history proves is found by table and moment, however much the month holds."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liangyi.platform.access.models import Site
from liangyi.platform.actors import system
from liangyi.platform.audit.partitions import make_ahead
from liangyi.platform.controls.evidence.records import items
from liangyi.platform.controls.evidence.sources import Span, statement

DAY = date(2027, 3, 20)
AT = datetime(2027, 3, 20, 12, tzinfo=UTC)
BY_HISTORY = (
    "patients.identity_check",
    "patients.allergies",
    "patients.guardians",
    "patients.duplicates",
    "access.account_ending",
)
ROWS = """
INSERT INTO audit_history (at, "table", row_id, op, new, actor_kind, actor_name, reason, request_id)
SELECT timestamptz '2027-03-01 00:00+00' + n * interval '17 seconds', tables.names[1 + n %% 8],
 ('0192' || lpad(to_hex(n), 8, '0') || '70008000000000000001')::uuid::text, 'U',
 '{"merged_into_id": "x", "ended_at": "x"}', 'user', '某人', '', ''
FROM generate_series(1, 100000) n, (SELECT %s::text[] AS names) tables"""
TABLES = [
    "patients_identitypaper",
    "patients_allergy",
    "patients_guardian",
    "patients_patient",
    "access_account",
    "scheduling_appointment",
    "scheduling_reservation",
    "messages_message",
]


@pytest.fixture
def month(site: Site) -> UUID:
    """A month with 100,000 changes in a partition that was made today; the site."""
    make_ahead(AT)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_history DISABLE TRIGGER USER")
        cursor.execute(ROWS, [TABLES])
        cursor.execute("ANALYZE audit_history")
    row: UUID = site.id
    return row


def _nodes(sql: str, values: Any = None) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", values)
        found = cursor.fetchone()[0]
    plans = found if isinstance(found, list) else json.loads(found)
    return list(_below(plans[0]["Plan"]))


def _below(node: dict[str, Any]) -> Any:
    yield node
    for child in node.get("Plans", []):
        yield from _below(child)


def _reads(sql: str, values: Any = None) -> set[str]:
    """The indexes through which the month is read; the table's name where it is read from end to end."""
    nodes = _nodes(sql, values)
    scans = [node for node in nodes if str(node.get("Relation Name", "")) == "audit_history_202703"]
    assert scans
    whole = {node["Relation Name"] for node in scans if node["Node Type"] == "Seq Scan"}
    used = {node["Index Name"] for node in nodes if "audit_history_202703" in node.get("Index Name", "")}
    return whole | used


def test_a_day_of_history_is_counted_by_table_and_moment(month: UUID) -> None:
    for code in BY_HISTORY:
        counted = statement([(Span(None, "Asia/Shanghai", DAY, DAY), [code])], AT)
        assert counted
        assert _reads(counted.sql, counted.values) == {"audit_history_202703_table_at_idx"}, code


def test_the_newest_of_a_month_are_listed_by_table_and_moment(month: UUID) -> None:
    for code in BY_HISTORY:
        with CaptureQueriesContext(connection) as queries:
            found = items(system("test"), code, month, DAY - timedelta(days=18), DAY)
        assert len(found) == 50
        listed = next(q["sql"] for q in queries if " LIMIT 50" in q["sql"])
        assert _reads(listed.replace("%", "%%")) == {"audit_history_202703_table_at_idx"}, code


def test_a_late_page_is_entered_at_its_key(month: UUID) -> None:
    first = datetime(2027, 3, 5, tzinfo=UTC)
    key = f"{first.isoformat()}_{UUID(int=10**9)}"
    with CaptureQueriesContext(connection) as queries:
        found = items(system("test"), "patients.guardians", month, date(2027, 3, 1), DAY, after=key)
    assert max(item.at for item in found) <= first
    listed = next(q["sql"] for q in queries if " LIMIT 50" in q["sql"])
    [scan] = [
        n for n in _nodes(listed.replace("%", "%%")) if n.get("Relation Name") == "audit_history_202703"
    ]
    assert "2027-03-05" in scan["Index Cond"]
