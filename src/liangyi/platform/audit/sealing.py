"""The sealer: hashes finished batches of history and of the read log into one chain.

Never inside a trigger (a chain there would make writers wait for each other). A row is finished when
its transaction is older than every transaction still running: `tx < pg_snapshot_xmin(...)`. Ordered by
(tx, id), whatever is written later sorts behind everything sealed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

from liangyi.platform.audit import mirror
from liangyi.platform.audit.hashing import GENESIS, TABLES, Source, Span, root_of, row_hash

BATCH = 20_000
LOCK = 7_305_201

_FINISHED = "r.tx < pg_snapshot_xmin(pg_current_snapshot())"
_BATCH = """SELECT count(*), coalesce(array_agg(id ORDER BY tx, id), '{{}}'),
    coalesce(string_agg(hash, '' ORDER BY tx, id), ''), max(id),
    (array_agg(tx::text::bigint ORDER BY tx DESC, id DESC))[1], (array_agg(id ORDER BY tx DESC, id DESC))[1]
FROM (
    SELECT r.tx, r.id, {hash} AS hash FROM {table} r
    WHERE (r.tx, r.id) > (%s::text::xid8, %s) AND r.id > %s AND {finished}
    ORDER BY r.tx, r.id LIMIT %s
) batch"""
_INSERT = """INSERT INTO audit_seal
    (sequence, source, floor_id, from_tx, from_id, to_tx, to_id, top_id, count,
    ids, hashes, previous, root, sealed_at)
VALUES (%s, %s, %s, %s::text::xid8, %s, %s::text::xid8, %s, %s, %s, %s::bigint[], %s, %s, %s, %s)"""
_MARK = """SELECT floor_id, to_tx::text::bigint, to_id, top_id FROM audit_seal
WHERE source = %s ORDER BY sequence DESC LIMIT 1"""
_LAST = "SELECT sequence, root FROM audit_seal ORDER BY sequence DESC LIMIT 1"
_BEHIND = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint < %s"


class Mark(NamedTuple):
    """How far a source is sealed: ids above `floor_id` up to (tx, id); `top_id` is the highest sealed."""

    floor_id: int = 0
    tx: int = 0
    id: int = 0
    top_id: int = 0


def seal_finished(at: datetime) -> int:
    """Seal everything that is finished and mirror the new roots; how many rows were sealed.

    Another sealer at work makes this one leave at once.
    """
    sealed = 0
    for source in TABLES:
        while count := _seal_next(source, at):
            sealed += count
    mirror.append_missing()
    return sealed


def mark_of(source: Source) -> Mark:
    """How far `source` is sealed now."""
    row = _one(_MARK, [source])
    return Mark(*row) if row else Mark()


def _seal_next(source: Source, at: datetime) -> int:
    """Seal one batch in a transaction of its own.

    Where this server's transactions are numbered below those already sealed, the database was restored
    from a copy: what came along is all finished and is sealed first, then counting starts anew.
    """
    with transaction.atomic():
        if not _one("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])[0]:
            return 0
        mark = mark_of(source)
        if not _one(_BEHIND, [mark.tx])[0]:
            return _seal(source, mark, _FINISHED, at)
        if brought := _seal(source, mark, "true", at):
            return brought
        fresh = Mark(floor_id=mark.top_id, top_id=mark.top_id)
        _append(Span(0, source, *fresh[:3], *fresh[1:], 0), [], b"", at)
        return _seal(source, fresh, _FINISHED, at)


def _seal(source: Source, mark: Mark, finished: str, at: datetime) -> int:
    query = _BATCH.format(hash=row_hash(source), table=TABLES[source], finished=finished)
    count, ids, hashes, top, to_tx, to_id = _one(query, [mark.tx, mark.id, mark.floor_id, BATCH])
    if not count:
        return 0
    ends = (to_tx, to_id, max(top, mark.top_id))
    _append(Span(0, source, mark.floor_id, mark.tx, mark.id, *ends, count), ids, bytes(hashes), at)
    return int(count)


def _append(span: Span, ids: list[int], hashes: bytes, at: datetime) -> None:
    """Add the next link to the chain; its number is given here."""
    last, previous = _one(_LAST, []) or (0, GENESIS)
    span = span._replace(sequence=last + 1)
    root = root_of(span, hashes, bytes(previous))
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [*span, ids, hashes, bytes(previous), root, at])


def _one(query: str, values: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchone()
