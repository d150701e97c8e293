"""The whole verification, on one snapshot of the database."""

from __future__ import annotations

from django.db import connection, transaction

from liangyi.platform.audit import mirror
from liangyi.platform.audit.hashing import TABLES
from liangyi.platform.audit.verification import chain, tables
from liangyi.platform.audit.verification.findings import Report
from liangyi.platform.audit.verification.statements import rows


def verify() -> Report:
    """Look for everything that was changed where nothing may change. Writes nothing.

    The mirror's length is taken before the snapshot, so that seals made meanwhile are not missed.
    """
    length = mirror.size()
    report = Report()
    with transaction.atomic():
        _freeze()
        _verify_chain(report, length)
        _verify_tables(report)
    return report


def _freeze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL work_mem = '64MB'")


def _verify_chain(report: Report, length: int) -> None:
    counted = "SELECT count(*), coalesce(sum(count), 0) FROM audit_seal"
    report.seals, report.sealed_rows = map(int, rows(counted)[0])
    report.findings += chain.broken_links()
    for source in TABLES:
        report.findings += chain.rows_unlike_seals(source)
        report.tails.append(chain.tail_of(source))
    report.findings += chain.mirror_unlike_seals(length)


def _verify_tables(report: Report) -> None:
    audited = tables.audited_tables()
    report.tables = len(audited)
    for table in audited:
        report.findings += tables.unlike_history(table)
        report.rows += tables.count_rows(table)
