"""The two hottest reads as prepared statements: planning them costs five times what running them does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import connection

Values = Mapping[str, Any] | Sequence[Any]


def rows_of(sql: str, values: Values) -> list[Any]:
    """All rows. The server keeps the plan for as long as the connection lasts.

    Where statements are being watched (tests that count them, debugging), it goes the ordinary way, so
    that it is seen.
    """
    if connection.queries_logged or connection.execute_wrappers:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            watched: list[Any] = cursor.fetchall()
            return watched
    connection.ensure_connection()
    with connection.wrap_database_errors:
        raw = connection.connection
        if raw.prepare_threshold is None:
            raw.prepare_threshold = 5
        with psycopg.Cursor(raw) as cursor:
            return cursor.execute(sql, values, prepare=True).fetchall()
