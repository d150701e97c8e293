"""Running the statements of a verification."""

from __future__ import annotations

from typing import Any

from django.db import connection

Row = tuple[Any, ...]


def rows(query: str, *values: Any) -> list[Row]:
    """Every row the statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
