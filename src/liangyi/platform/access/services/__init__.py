"""Every change to accounts, what they may do, and how they are signed in."""

from __future__ import annotations

from liangyi.platform.access.services.accounts import (
    change_account,
    change_password,
    create_account,
    end_account,
    reactivate_account,
    reset_password,
    set_password,
)
from liangyi.platform.access.services.grants import grant_role, revoke_role
from liangyi.platform.access.services.tenancy import change_site, change_unit, create_site, create_unit
from liangyi.platform.access.services.tokens import issue_token, revoke_token

__all__ = [
    "change_account",
    "change_password",
    "change_site",
    "change_unit",
    "create_account",
    "create_site",
    "create_unit",
    "end_account",
    "grant_role",
    "issue_token",
    "reactivate_account",
    "reset_password",
    "revoke_role",
    "revoke_token",
    "set_password",
]
