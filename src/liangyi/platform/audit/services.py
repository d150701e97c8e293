"""The one write path's frame: a transaction that says who writes and why."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from liangyi.platform.actors import Actor

_SET = """SELECT set_config('liangyi.actor_kind', %s, true), set_config('liangyi.actor_id', %s, true),
set_config('liangyi.actor_name', %s, true), set_config('liangyi.reason', %s, true),
set_config('liangyi.request_id', %s, true)"""

Frame = tuple[str, str, str, str, str]
_current: ContextVar[Frame | None] = ContextVar("liangyi_audit_frame", default=None)


@contextmanager
def recorded(actor: Actor, *, reason: str = "") -> Iterator[None]:
    """A transaction in which every write is in history as `actor`'s, for `reason`.

    A write outside such a frame is refused by the database. A frame inside another joins its
    transaction (no savepoint: an error ends the whole), and costs a statement only if it names
    another actor or reason; the outer one's are put back when it ends.
    """
    outer = _current.get()
    if outer is not None and not reason:
        reason = outer[3]
    frame = (actor.kind, str(actor.id or ""), actor.name, reason, actor.request_id)
    with transaction.atomic(savepoint=outer is None):
        if frame != outer:
            _apply(frame)
        token = _current.set(frame)
        try:
            yield
        finally:
            _current.reset(token)
        if outer is not None and frame != outer:
            _apply(outer)
        elif outer is None and connection.savepoint_ids:
            _apply(("", "", "", "", ""))


def _apply(frame: Frame) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SET, frame)
