"""The one write path's frame: a transaction that says who writes and why. And the log of reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from liangyi.platform.actors import Actor
from liangyi.platform.errors import Denied
from liangyi.platform.statements import rows_of

_SET = """SELECT set_config('liangyi.actor_kind', %s, true), set_config('liangyi.actor_id', %s, true),
set_config('liangyi.actor_name', %s, true), set_config('liangyi.reason', %s, true),
set_config('liangyi.request_id', %s, true)"""
_LOG_READ = """INSERT INTO audit_read
(at, actor_kind, actor_id, actor_name, site_id, subject_type, subject_id, what, request_id)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"""


class Frame(NamedTuple):
    """What the history trigger reads from the transaction's settings."""

    actor_kind: str
    actor_id: str
    actor_name: str
    reason: str
    request_id: str


READS_ONLY = "access.write"
_NOBODY = Frame("", "", "", "", "")
# The frame together with the connection it was set on: a context copied to another thread carries the
# variable along, but not the transaction.
_current: ContextVar[tuple[BaseDatabaseWrapper, Frame] | None] = ContextVar(
    "liangyi_audit_frame", default=None
)


@contextmanager
def recorded(actor: Actor, *, reason: str = "", own: bool = False) -> Iterator[None]:
    """A transaction in which every write is in history as `actor`'s, for `reason`.

    A write outside such a frame is refused by the database. A frame inside another joins its
    transaction (no savepoint: an error ends the whole, and an outer frame that swallowed it raises
    TransactionManagementError instead of quietly losing its own writes). It inherits the outer one's
    reason and request where it has none, costs a statement only if it names another actor or reason,
    and puts the outer one's back when it ends.

    An actor who only reads is Denied here, below every screen and service; `own` lets it change what is
    nobody's business but its own: password, language, sessions, drafts, what it has read.
    """
    if actor.reads_only and not own:
        raise Denied(READS_ONLY)
    connection = connections["default"]
    outer = _frame_of(connection)
    frame = _frame(actor, reason, outer or _NOBODY)
    with transaction.atomic(savepoint=outer is None):
        if frame != outer:
            _apply(frame)
        token = _current.set((connection, frame))
        try:
            yield
        finally:
            _current.reset(token)
        if connection.needs_rollback:
            raise transaction.TransactionManagementError("an error inside the frame was swallowed")
        if outer is not None and frame != outer:
            _apply(outer)
        elif outer is None and connection.savepoint_ids:
            _apply(_NOBODY)


def log_read(
    *, actor: Actor, at: datetime, subject_type: str, subject_id: UUID, what: str, site: UUID | None = None
) -> None:
    """Write down that `actor` looked at `what` (a short code: "phone", "break_glass") of a subject."""
    who = (actor.kind, actor.id, actor.name, site or actor.site)
    with connections["default"].cursor() as cursor:
        cursor.execute(_LOG_READ, [at, *who, subject_type, subject_id, what, actor.request_id])


def _frame_of(connection: BaseDatabaseWrapper) -> Frame | None:
    held = _current.get()
    return held[1] if held is not None and held[0] is connection else None


def _frame(actor: Actor, reason: str, outer: Frame) -> Frame:
    texts = (
        actor.kind,
        str(actor.id or ""),
        actor.name,
        str(reason) or outer.reason,
        actor.request_id or outer.request_id,
    )
    return Frame(*(text.replace("\x00", "") for text in texts))


def _apply(frame: Frame) -> None:
    rows_of(_SET, frame)
