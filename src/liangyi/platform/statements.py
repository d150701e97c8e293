"""The hottest statements, prepared: planning and building them costs more than running them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import psycopg
from django.db import connections
from django.db.models import Field, Model
from psycopg.types.datetime import TimestamptzLoader

Values = Mapping[str, Any] | Sequence[Any]


def rows_of(sql: str, values: Values) -> list[Any]:
    """All rows. The server keeps the plan for as long as the connection lasts.

    Where statements are being watched (tests that count them, debugging), it goes the ordinary way, so
    that it is seen.
    """
    connection = connections["default"]
    if connection.queries_logged or connection.execute_wrappers:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            watched: list[Any] = cursor.fetchall()
            return watched
    connection.validate_no_broken_transaction()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        raw = connection.connection
        if raw.prepare_threshold is None:
            raw.prepare_threshold = 5
        with psycopg.Cursor(raw) as cursor:
            # Django's own loader is Python and 25 times slower; the zone is the session's, UTC, either way.
            cursor.adapters.register_loader("timestamptz", TimestamptzLoader)
            return cursor.execute(sql, values, prepare=True).fetchall()


def insert(rows: Sequence[Model]) -> int:
    """Insert new rows of one model in one statement, but for those a unique constraint has already; how
    many it were. Keys the database makes are not handed back."""
    if not rows:
        return 0
    connection = connections["default"]
    fields, head, places, tail = _insert_of(type(rows[0]))
    values = [
        field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows for field in fields
    ]
    return len(rows_of(f"{head}{', '.join([places] * len(rows))}{tail}", values))


@cache
def _insert_of(model: type[Model]) -> tuple[tuple[Field[Any, Any], ...], str, str, str]:
    """The fields, and the statement before, for and after each row."""
    meta = model._meta
    fields = tuple(field for field in meta.concrete_fields if not field.db_returning)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    key = meta.pk.column
    return (
        fields,
        f'INSERT INTO "{meta.db_table}" ({columns}) VALUES ',  # noqa: S608 names of our own tables
        f"({', '.join(['%s'] * len(fields))})",
        f' ON CONFLICT DO NOTHING RETURNING "{key}"',
    )
