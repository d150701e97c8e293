"""Every change to accounts, what they may do, and how they are signed in."""

from __future__ import annotations

from liangyi.platform.access.services.accounts import (
    change_account,
    change_password,
    create_account,
    end_account,
    reactivate_account,
    reset_password,
    set_language,
    set_password,
)
from liangyi.platform.access.services.break_glass import open_break_glass, review_break_glass
from liangyi.platform.access.services.drafts import discard_draft, draft_for, remove_old_drafts, save_draft
from liangyi.platform.access.services.grants import grant_role, revoke_role
from liangyi.platform.access.services.guests import Guest, create_guest, end_guest
from liangyi.platform.access.services.roles import change_role, create_role
from liangyi.platform.access.services.sessions import end_session, end_sessions, remove_expired_sessions
from liangyi.platform.access.services.tenancy import change_site, change_unit, create_site, create_unit
from liangyi.platform.access.services.tokens import authenticated, issue_token, revoke_token

__all__ = [
    "Guest",
    "authenticated",
    "change_account",
    "change_password",
    "change_role",
    "change_site",
    "change_unit",
    "create_account",
    "create_guest",
    "create_role",
    "create_site",
    "create_unit",
    "discard_draft",
    "draft_for",
    "end_account",
    "end_guest",
    "end_session",
    "end_sessions",
    "grant_role",
    "issue_token",
    "open_break_glass",
    "reactivate_account",
    "remove_expired_sessions",
    "remove_old_drafts",
    "reset_password",
    "review_break_glass",
    "revoke_role",
    "revoke_token",
    "save_draft",
    "set_language",
    "set_password",
]
