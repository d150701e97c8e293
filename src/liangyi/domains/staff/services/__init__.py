"""Every change to people's records."""

from __future__ import annotations

from liangyi.domains.staff.services.accounts import NewAccount, end_accounts_of_leavers, open_account
from liangyi.domains.staff.services.credentials import (
    add_credential,
    change_credential,
    revoke_credential,
    verify_credential,
)
from liangyi.domains.staff.services.founding import found_clinic
from liangyi.domains.staff.services.members import add_member, change_member, end_employment
from liangyi.domains.staff.services.posts import end_post, hold_post
from liangyi.domains.staff.services.privileges import (
    end_privilege,
    grant_privilege,
    resume_privilege,
    suspend_privilege,
)

__all__ = [
    "NewAccount",
    "add_credential",
    "add_member",
    "change_credential",
    "change_member",
    "end_accounts_of_leavers",
    "end_employment",
    "end_post",
    "end_privilege",
    "found_clinic",
    "grant_privilege",
    "hold_post",
    "open_account",
    "resume_privilege",
    "revoke_credential",
    "suspend_privilege",
    "verify_credential",
]
