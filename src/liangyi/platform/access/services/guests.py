"""Accounts for somebody from outside: they read, at one site, until an hour that is named."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from liangyi.platform.access.builtin import GUEST_ROLES
from liangyi.platform.access.models import Account, Grant, Role
from liangyi.platform.access.services.accounts import sign_out_everywhere
from liangyi.platform.access.validation import check_row
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Missing

# Without letters and digits that are taken for one another.
_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"


class Guest(NamedTuple):
    """A fresh account; `password` is shown this once and never kept."""

    account: Account
    password: str


def create_guest(
    *,
    actor: Actor,
    at: datetime,
    permission: str,
    site: UUID,
    role: str,
    display_name: str,
    valid_from: datetime,
    valid_until: datetime,
    language: str = "zh-hans",
) -> Guest:
    """An account that only reads, holds a guest role at one site, and is valid between two moments.

    `permission` is the one under which the caller's domain lets people do this, held at `site`. The
    password is to be changed at the first sign-in.
    """
    actor.require(permission, site)
    if role not in GUEST_ROLES:
        raise ValueError(f"{role} is no guest role")
    password = "-".join(_letters(4) for _ in range(4))
    account = Account(
        username=f"{role}-{_letters(6)}",
        display_name=display_name.strip(),
        site_id=site,
        language=language,
        must_change_password=True,
        reads_only=True,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    check_row(account, exclude=["password"])
    account.set_password(password)
    with recorded(actor):
        account.save()
        Grant.objects.create(account=account, role=Role.objects.get(code=role), site_id=site)
    return Guest(account, password)


def end_guest(*, actor: Actor, at: datetime, permission: str, site: UUID, account: UUID) -> None:
    """End a guest's account before its time: sessions and tokens end at once. Twice changes nothing."""
    actor.require(permission, site)
    with recorded(actor):
        guests = Account.objects.filter(reads_only=True, site=site)
        row = guests.select_for_update(no_key=True).filter(pk=account).first()
        if row is None:
            raise Missing()
        if row.ended_at is None:
            row.is_active, row.ended_at = False, at
            row.save(update_fields=["is_active", "ended_at"])
            sign_out_everywhere(row, at)


def _letters(count: int) -> str:
    return "".join(secrets.choice(_CLEAR) for _ in range(count))
