"""Signing in with user name and password, for pages and for REST alike, with one lock-out for both."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from liangyi.platform.access.errors import OutsideValidity, TooManyAttempts, WrongCredentials
from liangyi.platform.access.models import Account, ApiToken
from liangyi.platform.access.queries import actor_for, token_digest
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import HOME_ZONE
from liangyi.platform.errors import Missing

TOKEN_LIFE = timedelta(hours=12)


class IssuedToken(NamedTuple):
    """A fresh token: `raw` is shown this once and never kept."""

    raw: str
    expires_at: datetime


def authenticated(*, request: HttpRequest, at: datetime, username: str, password: str) -> Account:
    """The active account with this user name and password.

    Wrong attempts count towards the lock-out, by user name and address, wherever they were made.
    Raises WrongCredentials or TooManyAttempts; it does not say which part was wrong. Whoever knows the
    password of an account that is not valid at `at` is told so: OutsideValidity.
    """
    name = username.strip().lower()
    if not (_is_thinkable(name, 64) and _is_thinkable(password, 200)):
        raise WrongCredentials(_("账号或密码不对"))
    account = authenticate(request, username=name, password=password)
    if getattr(request, "axes_locked_out", False):
        raise TooManyAttempts(_("尝试次数过多，请稍后再试"))
    if not isinstance(account, Account) or account.ended_at is not None:
        raise WrongCredentials(_("账号或密码不对"))
    if not account.is_valid_at(at):
        raise OutsideValidity(_validity(account))
    return account


def issue_token(*, request: HttpRequest, at: datetime, username: str, password: str) -> IssuedToken:
    """A bearer token for 12 hours. Only its SHA-256 is kept. Raises as `authenticated` does."""
    account = authenticated(request=request, at=at, username=username, password=password)
    issued = IssuedToken(secrets.token_urlsafe(32), at + TOKEN_LIFE)
    with recorded(actor_for(account, at=at), own=True):
        ApiToken.objects.create(
            account=account, digest=token_digest(issued.raw), created_at=at, expires_at=issued.expires_at
        )
    return issued


def revoke_token(*, actor: Actor, at: datetime, raw: str) -> None:
    """End one of the actor's own tokens; ending it twice changes nothing, another's is Missing."""
    with recorded(actor, own=True):
        token = (
            ApiToken.objects.select_for_update().filter(digest=token_digest(raw), account=actor.id).first()
        )
        if token is None:
            raise Missing()
        if token.revoked_at is None:
            token.revoked_at = at
            token.save(update_fields=["revoked_at"])


def _validity(account: Account) -> Any:
    """Between which moments the account can be used, by the clock of its site."""
    zone = ZoneInfo(account.site.time_zone if account.site else HOME_ZONE)
    first, last = (
        moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if moment else "…"
        for moment in (account.valid_from, account.valid_until)
    )
    return _("这个账号的有效期是 %(first)s 到 %(last)s，现在不能登录") % {"first": first, "last": last}


def _is_thinkable(text: str, longest: int) -> bool:
    """Whether an account could have it: the database cannot even be asked for NUL or a lone surrogate."""
    return len(text) <= longest and not any(c == "\x00" or "\ud800" <= c <= "\udfff" for c in text)
