"""The seals among themselves, against the rows they cover, and against the mirror."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from liangyi.platform.audit import mirror
from liangyi.platform.audit.hashing import GENESIS, TABLES, Source, row_hash
from liangyi.platform.audit.sealing import mark_of
from liangyi.platform.audit.verification.findings import Finding, Tail
from liangyi.platform.audit.verification.statements import rows

CHUNK = 200
SHOWN = 50
LAST_ID = 2**63 - 1
LAST_TX = 2**64 - 1

# A link is broken where its number, its previous root, the start of its span or its own root is off.
_BROKEN = """SELECT sequence FROM (
    SELECT sequence, root, lag(sequence, 1, 0::bigint) OVER chain AS number_before, previous,
        lag(root, 1, %s) OVER chain AS root_before,
        sha256(previous || convert_to(concat_ws('|', sequence, source, floor_id, from_tx, from_id,
            to_tx, to_id, top_id, count) || E'\\n', 'UTF8') || hashes) AS root_now,
        (from_tx, from_id) AS start, lag((to_tx, to_id), 1, (from_tx, from_id)) OVER span AS end_before
    FROM audit_seal
    WINDOW chain AS (ORDER BY sequence), span AS (PARTITION BY source, floor_id ORDER BY sequence)
) links
WHERE sequence <> number_before + 1 OR previous <> root_before OR root <> root_now OR start <> end_before
ORDER BY sequence LIMIT 50"""

_ERAS = (
    """SELECT floor_id, max(sequence) FROM audit_seal WHERE source = %s GROUP BY floor_id ORDER BY floor_id"""
)

_SPAN = """r.id > s.floor_id AND r.id <= {ceiling} AND (r.tx, r.id) > (s.from_tx, s.from_id)
        AND (r.tx, r.id) <= (CASE WHEN s.sequence = {last} THEN '{last_tx}'::xid8 ELSE s.to_tx END,
                             CASE WHEN s.sequence = {last} THEN {last_id} ELSE s.to_id END)"""

_UNEQUAL = """SELECT s.sequence, s.hashes IS NOT DISTINCT FROM found.hashes
FROM (SELECT * FROM audit_seal WHERE source = %s AND floor_id = %s AND sequence > %s
      ORDER BY sequence LIMIT {chunk}) s
CROSS JOIN LATERAL (
    SELECT coalesce(string_agg({hash}, '' ORDER BY r.tx, r.id), '') AS hashes FROM {table} r WHERE {span}
) found ORDER BY s.sequence"""

_DIFFERENCES = """SELECT coalesce(kept.id, found.id),
    kept.hash IS NULL, found.hash IS NULL, found.place, found.row_id
FROM (
    SELECT u.id, substr(s.hashes, 32 * (u.n - 1)::int + 1, 32) AS hash
    FROM audit_seal s CROSS JOIN unnest(s.ids) WITH ORDINALITY u (id, n) WHERE s.sequence = %s
) kept
FULL JOIN (
    SELECT r.id, {hash} AS hash, {place} FROM audit_seal s JOIN {table} r ON {span} WHERE s.sequence = %s
) found ON found.id = kept.id
WHERE kept.hash IS DISTINCT FROM found.hash ORDER BY 1 LIMIT {shown}"""

_PLACE: dict[Source, str] = {
    "history": 'r."table" AS place, r.row_id',
    "read": "r.subject_type AS place, r.subject_id::text AS row_id",
}
_TAIL = "SELECT count(*), min(r.at) FROM {table} r WHERE r.id > %s AND (r.tx, r.id) > (%s::text::xid8, %s)"
_ROOTS = "SELECT sequence, root FROM audit_seal WHERE sequence = ANY (%s)"


class Era(NamedTuple):
    """Seals counted on one server: ids from `floor_id` to `ceiling`. `last` closes it, 0 while it runs."""

    floor_id: int
    ceiling: int
    last: int


def broken_links() -> list[Finding]:
    """Seals that do not follow from the ones before, or were changed."""
    return [
        Finding("seal_broken", "audit_seal", str(sequence), f"seal {sequence}")
        for (sequence,) in rows(_BROKEN, GENESIS)
    ]


def rows_unlike_seals(source: Source) -> list[Finding]:
    """Rows of `source` that were changed, removed or inserted after they were sealed."""
    findings: list[Finding] = []
    for era in _eras(source):
        for sequence in _unequal(source, era):
            findings += _differences(source, era, sequence)
    return findings


def mirror_unlike_seals(length: int) -> list[Finding]:
    """Where the first `length` bytes of the mirror and the chain disagree.

    The chain may be ahead of the mirror, never behind it.
    """
    entries, last = mirror.entries(length), 0
    findings: list[Finding] = []
    while chunk := list(islice(entries, 5_000)):
        kept = {n: bytes(root) for n, root in rows(_ROOTS, [number for number, _root in chunk])}
        findings += [_differs(number) for number, root in chunk if kept.get(number) != root]
        findings += [_missing(number) for number in _gaps(last, [number for number, _root in chunk])]
        last = chunk[-1][0]
    if not last and rows("SELECT FROM audit_seal LIMIT 1"):
        findings.append(_missing(1))
    return findings[:SHOWN]


def tail_of(source: Source) -> Tail:
    """What is not sealed yet."""
    mark = mark_of(source)
    query = _TAIL.format(table=TABLES[source])
    count, oldest = rows(query, mark.floor_id, mark.tx, mark.id)[0]
    return Tail(source, count, oldest)


def _eras(source: Source) -> Iterator[Era]:
    found = rows(_ERAS, source)
    for (floor, last), (following, _last) in pairwise(found):
        yield Era(floor, following, last)
    if found:
        yield Era(found[-1][0], LAST_ID, 0)


def _unequal(source: Source, era: Era) -> Iterator[int]:
    query = _UNEQUAL.format(chunk=CHUNK, hash=row_hash(source), table=TABLES[source], span=_span(era))
    after = 0
    while chunk := rows(query, source, era.floor_id, after):
        yield from (sequence for sequence, is_equal in chunk if not is_equal)
        after = chunk[-1][0]


def _differences(source: Source, era: Era, sequence: int) -> list[Finding]:
    query = _DIFFERENCES.format(
        hash=row_hash(source), table=TABLES[source], place=_PLACE[source], span=_span(era), shown=SHOWN
    )
    found = []
    for row_id, is_new, is_gone, place, row in rows(query, sequence, sequence):
        what = "inserted" if is_new else "removed" if is_gone else "changed"
        where = (place or TABLES[source], row or "")
        found.append(Finding(f"{source}_{what}", *where, f"{source} {row_id}, seal {sequence}"))
    return found


def _span(era: Era) -> str:
    return _SPAN.format(ceiling=era.ceiling, last=era.last, last_tx=LAST_TX, last_id=LAST_ID)


def _gaps(before: int, numbers: list[int]) -> Iterator[int]:
    for left, right in pairwise([before, *numbers]):
        if right > left + 1:
            yield left + 1


def _differs(sequence: int) -> Finding:
    return Finding("mirror_differs", "audit_seal", str(sequence), f"seal {sequence}")


def _missing(sequence: int) -> Finding:
    return Finding("mirror_missing", str(mirror.path()), "", f"seal {sequence}")
