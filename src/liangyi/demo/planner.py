"""What keeps the database quick while very much is written in one transaction.

Rows that come in one transaction are unknown to the planner until somebody counts them: it keeps the plans
it made for an empty table, and each foreign key is then checked by reading the whole of it.
"""

from __future__ import annotations

from django.db import connection, models


def ignore_no_trigger() -> None:
    """Say, until the end of the transaction, that no trigger is to be left out; this changes nothing.

    While nothing is said, each trigger asks for the setting, fails, and rolls a savepoint back, which goes
    through everything the transaction has yet to check: row after row slower than the one before.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")


class Growth:
    """Counts tables again whenever what has been written into them has doubled."""

    def __init__(self, *tables: type[models.Model]) -> None:
        self.tables = tables
        self.rows, self.next = 0, 1

    def add(self, rows: int) -> None:
        """So many more have been written."""
        self.rows += rows
        if self.rows >= self.next:
            self.next = 2 * self.rows
            analyse(*self.tables)


def analyse(*tables: type[models.Model]) -> None:
    """Count these tables, or all."""
    names = ", ".join(connection.ops.quote_name(table._meta.db_table) for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {names}")
