"""Accounts: made, changed, ended; and their passwords."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from liangyi.platform.access.models import Account, ApiToken, Session
from liangyi.platform.access.services.authority import (
    administered_sites,
    lock_administration,
    managed_account,
    require_reach,
    require_still_administered,
)
from liangyi.platform.access.validation import check_row
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Denied, Invalid, Missing

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")


def create_account(
    *,
    actor: Actor,
    at: datetime,
    username: str,
    display_name: str,
    password: str = "",
    must_change: bool = True,
    email: str = "",
    site: UUID | None = None,
    language: str = "zh-hans",
) -> Account:
    """A new account without any grant. `site` is its usual one.

    Without a password nobody can sign in until one is set by `reset_password`.
    """
    require_reach(actor, site)
    account = Account(
        username=username.strip().lower(),
        display_name=display_name.strip(),
        email=email.strip(),
        site_id=site,
        language=language,
        must_change_password=must_change,
    )
    _check_account(account)
    _set_password(account, password)
    with recorded(actor):
        account.save()
    return account


def change_account(
    *,
    actor: Actor,
    at: datetime,
    account: UUID,
    display_name: str,
    email: str,
    site: UUID | None,
    language: str,
) -> Account:
    """Change what an account is called, where it usually works, and its language."""
    with recorded(actor):
        row = managed_account(actor, account)
        if site != row.site_id:
            require_reach(actor, site)
        row.display_name, row.email, row.site_id = display_name.strip(), email.strip(), site
        row.language = language
        _check_account(row)
        row.save()
    return row


def set_language(*, actor: Actor, at: datetime, language: str) -> None:
    """Keep the language one's own account reads."""
    if language not in dict(settings.LANGUAGES):
        raise Invalid({"language": [_("没有这种语言")]})
    with recorded(actor, own=True):
        account = _own(actor)
        account.language = language
        account.save(update_fields=["language"])


def change_password(*, actor: Actor, at: datetime, old: str, new: str, keep_session: str = "") -> Account:
    """Change one's own password; every other session and every token of the account ends.

    Raises Invalid when `old` is wrong or `new` too weak. `keep_session` is the key of the session it
    was done in.
    """
    account = _own(actor, lock=False)
    if not account.check_password(old):
        raise Invalid({"old": [_("原密码不对")]})
    if old == new:
        raise Invalid({"new": [_("新密码不能与原密码相同")]})
    with recorded(actor, own=True):
        row = _own(actor)
        if row.password != account.password:
            raise Invalid({"old": [_("原密码不对")]})
        _set_password(row, new, field="new")
        row.must_change_password = False
        row.save(update_fields=["password", "must_change_password"])
        sign_out_everywhere(row, at, keep_session=keep_session)
    return row


def reset_password(
    *, actor: Actor, at: datetime, account: UUID, password: str, must_change: bool = True
) -> Account:
    """Give somebody a new password, to be changed at the next sign-in; all their sessions end."""
    with recorded(actor):
        row = managed_account(actor, account)
        if not password:
            raise Invalid({"password": [_("请输入新密码")]})
        _set_password(row, password)
        row.must_change_password = must_change
        row.save(update_fields=["password", "must_change_password"])
        sign_out_everywhere(row, at)
    return row


set_password = reset_password


def end_account(*, actor: Actor, at: datetime, account: UUID, reason: str = "") -> Account:
    """Nobody signs in with it any more: sessions and tokens end at once, what it did stays.

    Open work stays assigned and visible. Raises LastAdministrator for a site's only one.
    """
    with recorded(actor, reason=reason):
        lock_administration()
        row = managed_account(actor, account)
        if row.ended_at is not None:
            return row
        before = administered_sites()
        row.is_active, row.ended_at = False, at
        row.save(update_fields=["is_active", "ended_at"])
        require_still_administered(before)
        sign_out_everywhere(row, at)
    return row


def reactivate_account(*, actor: Actor, at: datetime, account: UUID, reason: str = "") -> Account:
    """Open an ended account again, with the grants it still has and a password to be set anew."""
    with recorded(actor, reason=reason):
        row = managed_account(actor, account)
        row.is_active, row.ended_at, row.must_change_password = True, None, True
        row.set_unusable_password()
        row.save(update_fields=["is_active", "ended_at", "must_change_password", "password"])
    return row


def _own(actor: Actor, *, lock: bool = True) -> Account:
    if actor.kind != "staff" or actor.id is None:
        raise Denied("access.own_account")
    rows = Account.objects.filter(pk=actor.id, is_active=True)
    account = (rows.select_for_update(no_key=True) if lock else rows).first()
    if account is None:
        raise Missing()
    return account


def _check_account(account: Account) -> None:
    if not USERNAME.fullmatch(account.username):
        raise Invalid({"username": [_("账号用小写字母、数字和 . _ -，2 到 64 个字符")]})
    if account.language not in dict(settings.LANGUAGES):
        raise Invalid({"language": [_("没有这种语言")]})
    check_row(account, exclude=["password"])


def _set_password(account: Account, password: str, *, field: str = "password") -> None:
    if not password:
        account.set_unusable_password()
        return
    if len(password) > 200:
        raise Invalid({field: [_("密码过长")]})
    try:
        password_validation.validate_password(password, account)
    except ValidationError as error:
        raise Invalid({field: error.messages}) from error
    account.set_password(password)


def sign_out_everywhere(account: Account, at: datetime, *, keep_session: str = "") -> None:
    """End every session and token of an account, in the caller's frame."""
    Session.objects.filter(account=account).exclude(pk=keep_session).delete()
    ApiToken.objects.filter(account=account, revoked_at=None).update(revoked_at=at)
