"""Django's database sessions in a table of ours, which also tells whose they are and from where.

Whoever is signed in is read from the session's own data, so that ending an account ends its sessions by
one statement and a list of sessions needs no decoding.
"""

from __future__ import annotations

from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.http import HttpRequest

from liangyi.platform import clock

SEEN = "seen_at"
STARTED = "started_at"
ADDRESS = "address"
AGENT = "agent"


class SessionStore(DatabaseSessionStore):
    """Keeps account, start, last use (the shell notes it under SEEN), address and browser as columns."""

    @classmethod
    def get_model_class(cls) -> Any:
        from liangyi.platform.access.models import Session

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row of this session."""
        row: Any = super().create_model_instance(data)
        row.account_id = data.get(SESSION_KEY)
        row.started_at = _moment(data.setdefault(STARTED, clock.now().timestamp()))
        row.session_data = self.encode(data)
        row.seen_at = _moment(data.get(SEEN))
        row.address = data.get(ADDRESS)
        row.agent = data.get(AGENT, "")
        return row


def note_origin(request: HttpRequest, **_: object) -> None:
    """Keep where a session was started; called by Django when somebody has signed in."""
    if not hasattr(request, "session"):
        return
    request.session[STARTED] = clock.now().timestamp()
    request.session[ADDRESS] = _address(request.META.get("REMOTE_ADDR", ""))
    request.session[AGENT] = request.headers.get("User-Agent", "")[:200].replace("\x00", "")


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _address(text: str) -> str | None:
    try:
        return str(ip_address(text))
    except ValueError:
        return None
