"""One partition a month for history and for the read log, made before it is needed."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from liangyi.platform.audit.hashing import TABLES

AHEAD = 3

_MAKE = """SELECT count(*) FILTER (WHERE audit_make_partition(
    parent, (date_trunc('month', %s::timestamptz AT TIME ZONE 'UTC') + make_interval(months => m))::date))
FROM unnest(%s::text[]) parent, generate_series(0, %s) m"""


def make_ahead(at: datetime) -> int:
    """Make the partitions for the month of `at` and the next ones; how many were new."""
    with connection.cursor() as cursor:
        cursor.execute(_MAKE, [at, list(TABLES.values()), AHEAD])
        made: int = cursor.fetchone()[0]
    return made
