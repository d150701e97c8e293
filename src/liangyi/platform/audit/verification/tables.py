"""Every audited table against the newest history of its rows: set by set, one statement a table."""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection

from liangyi.platform.audit.exclusions import EXCLUDED
from liangyi.platform.audit.verification.findings import Finding
from liangyi.platform.audit.verification.statements import rows

SHOWN = 50

_TABLES = """SELECT c.relname,
    EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname LIKE 'pgtrigger_history_%%'
            AND t.tgenabled IN ('O', 'A')),
    EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'id')
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
ORDER BY c.relname"""

# The history keeps the row as it was shaped then, in the writer's time zone: what does not agree as text
# is read into today's shape before it counts as different. A column added since is not compared.
_UNLIKE = """WITH newest AS (
    SELECT DISTINCT ON (h.row_id) h.row_id, h.op, h.new FROM audit_history h
    WHERE h."table" = %s ORDER BY h.row_id, h.id DESC
)
SELECT coalesce(n.row_id, t.id::text),
    CASE WHEN t.id IS NULL THEN 'row_gone'
         WHEN n.row_id IS NULL OR n.op = 'D' THEN 'row_without_history'
         ELSE 'row_edited' END
FROM newest n FULL JOIN {table} t ON t.id::text = n.row_id
WHERE CASE WHEN t.id IS NULL THEN n.op <> 'D'
           WHEN n.row_id IS NULL OR n.op = 'D' THEN true
           WHEN to_jsonb(t) = n.new THEN false
           ELSE to_jsonb(jsonb_populate_record(t, n.new)) IS DISTINCT FROM to_jsonb(t) END
ORDER BY 1 LIMIT {shown}"""


class Table(NamedTuple):
    """A table that must be in history: whether its trigger is there and on, and whether rows have ids."""

    name: str
    is_recorded: bool
    has_id: bool


def audited_tables() -> list[Table]:
    """Every table of the product but the excluded ones."""
    return [table for table in map(Table._make, rows(_TABLES)) if table.name not in EXCLUDED]


def unlike_history(table: Table) -> list[Finding]:
    """Rows edited, added or removed behind the trigger (the first 50), or a trigger that is off."""
    off = [] if table.is_recorded else [Finding("trigger_off", table.name)]
    if not table.has_id:
        return off
    found = rows(_UNLIKE.format(table=connection.ops.quote_name(table.name), shown=SHOWN), table.name)
    return off + [Finding(kind, table.name, row) for row, kind in found]


def count_rows(table: Table) -> int:
    """How many rows were held against their history."""
    return int(rows(f"SELECT count(*) FROM {connection.ops.quote_name(table.name)}")[0][0])  # noqa: S608
