"""How a row of history or of the read log is hashed, and how hashes become a link of the chain.

The text of a row is written out here and not in a database function: whoever owns the database could
replace that one. It is injective and does not depend on the session's settings.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Literal, NamedTuple

Source = Literal["history", "read"]
TABLES: dict[Source, str] = {"history": "audit_history", "read": "audit_read"}
GENESIS = bytes(32)

_AT = "to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
_ROWS: dict[Source, str] = {
    "history": f"""ROW(r.id, {_AT}, r.tx, r."table", r.row_id, r.op, r.old, r.new,
        r.actor_kind, r.actor_id, r.actor_name, r.reason, r.request_id)""",
    "read": f"""ROW(r.id, {_AT}, r.tx, r.actor_kind, r.actor_id, r.actor_name, r.site_id,
        r.subject_type, r.subject_id, r.what, r.request_id)""",
}


class Span(NamedTuple):
    """The rows of one seal: ids above `floor_id`, (tx, id) after `from_` and up to `to`."""

    sequence: int
    source: Source
    floor_id: int
    from_tx: int
    from_id: int
    to_tx: int
    to_id: int
    top_id: int
    size: int


def row_hash(source: Source) -> str:
    """The SQL expression for the SHA-256 of a row aliased `r`."""
    return f"sha256(convert_to({_ROWS[source]}::text, 'UTF8'))"


def root_of(span: Span, hashes: bytes, previous: bytes) -> bytes:
    """The root of a seal: it binds the previous root, the span and every row's hash in order."""
    header = "|".join(map(str, span)).encode()
    return sha256(previous + header + b"\n" + hashes).digest()
