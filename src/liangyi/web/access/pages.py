"""What the pages of accounts and sessions show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from liangyi.platform.access.models import Account, Grant, Session
from liangyi.platform.access.queries import accounts_visible_to, sessions_visible_to
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Missing

PAGE = 50
STATES = [("", _("在用")), ("ended", _("已停用")), ("all", _("全部"))]


def account_list(actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """One page of accounts by user name, with their roles, in three statements."""
    rows = _filtered(accounts_visible_to(actor), query)
    after = query.get("after", "").replace("\x00", "")
    page = list(
        rows.filter(username__gt=after)
        .select_related("site")
        .prefetch_related("grants__role", "grants__site")
        .order_by("username")[: PAGE + 1]
    )
    following = page[PAGE - 1].username if len(page) > PAGE else ""
    return {"rows": page[:PAGE], "after": following, "states": STATES, "q": query.get("q", "")}


def account_for(actor: Actor, account: UUID) -> Account:
    """The account, if the actor may see it."""
    found = accounts_visible_to(actor).select_related("site").filter(pk=account).first()
    if found is None:
        raise Missing()
    return found


def grant_for(account: Account, grant: UUID) -> Grant:
    """A role the account holds."""
    found = account.grants.select_related("role", "site").filter(pk=grant).first()
    if found is None:
        raise Missing()
    return found


def account_context(actor: Actor, account: Account, at: datetime) -> dict[str, Any]:
    """The account with its roles and running sessions."""
    grants = account.grants.select_related("role", "site").order_by("site__name", "role__name")
    sessions = sessions_visible_to(actor, at).filter(account=account)[:20]
    return {"account": account, "grants": list(grants), "sessions": list(sessions)}


def session_list(actor: Actor, at: datetime, after: str) -> dict[str, Any]:
    """One page of running sessions, the latest first."""
    rows: QuerySet[Session] = sessions_visible_to(actor, at).select_related("account")
    if moment := _moment(after):
        rows = rows.filter(started_at__lt=moment)
    page = list(rows[: PAGE + 1])
    following = page[PAGE - 1].started_at.isoformat() if len(page) > PAGE else ""
    return {"rows": page[:PAGE], "after": following}


def _filtered(rows: QuerySet[Account], query: Mapping[str, str]) -> QuerySet[Account]:
    state, text = query.get("state", ""), query.get("q", "").replace("\x00", "").strip()
    if state != "all":
        rows = rows.filter(is_active=state != "ended")
    if text:
        rows = rows.filter(Q(username__icontains=text) | Q(display_name__icontains=text))
    return rows


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
