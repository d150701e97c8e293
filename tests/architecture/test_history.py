"""Every table is in history, or stands among the exclusions with its reason."""

from __future__ import annotations

import pytest
from django.db import connection

from liangyi.platform.audit.exclusions import EXCLUDED
from liangyi.platform.audit.verification.tables import audited_tables

pytestmark = pytest.mark.django_db


def test_every_table_is_in_history_or_excluded_with_a_reason() -> None:
    assert [table for table in audited_tables() if not (table.is_recorded and table.has_id)] == []


def test_every_exclusion_is_a_table_with_a_reason() -> None:
    tables = set(connection.introspection.table_names())
    assert EXCLUDED.keys() - tables == set()
    assert all(len(reason) > 20 for reason in EXCLUDED.values())
