"""Ending signed-in sessions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from liangyi.platform.access.models import Session
from liangyi.platform.access.queries import session_by_reference
from liangyi.platform.access.services.authority import managed_account
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Missing


def end_session(*, actor: Actor, at: datetime, session: str) -> None:
    """End a session by its reference: one's own, or that of an account one manages."""
    row = session_by_reference(session)
    if row is None or row.account_id is None:
        raise Missing()
    with recorded(actor, own=row.account_id == actor.id):
        if row.account_id != actor.id:
            managed_account(actor, row.account_id)
        Session.objects.filter(pk=row.pk).delete()


def end_sessions(*, actor: Actor, at: datetime, account: UUID) -> int:
    """End every session of an account that is one's own or that one manages; how many there were."""
    with recorded(actor, own=account == actor.id):
        if account != actor.id:
            managed_account(actor, account)
        ended, _rows = Session.objects.filter(account=account).delete()
    return ended


def remove_expired_sessions(*, actor: Actor, at: datetime) -> int:
    """Clear away what has run out; a job's work."""
    with recorded(actor):
        removed, _rows = Session.objects.filter(expire_date__lt=at).delete()
    return removed
