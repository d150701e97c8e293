"""Who somebody is and what they may do where. Everything here fails closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db.models import CharField, Exists, F, Func, OuterRef, Q, QuerySet

from liangyi.platform.access.builtin import GUEST_ROLES
from liangyi.platform.access.models import Account, BreakGlass, Grant, Session
from liangyi.platform.access.permissions import MANAGE_ACCOUNTS, REVIEW_BREAK_GLASS, VIEW_SESSIONS
from liangyi.platform.actors import Actor
from liangyi.platform.statements import rows_of
from liangyi.platform.subjects import Subject

_GRANTS = """SELECT s.id, r.code, r.permissions
FROM access_grant g
JOIN access_account a ON a.id = g.account_id AND a.is_active AND a.ended_at IS NULL
    AND (a.valid_from IS NULL OR a.valid_from <= coalesce(%s, clock_timestamp()))
    AND (a.valid_until IS NULL OR a.valid_until > coalesce(%s, clock_timestamp()))
JOIN access_role r ON r.id = g.role_id
JOIN access_site s ON s.is_active AND (g.site_id IS NULL OR s.id = g.site_id)
WHERE g.account_id = %s ORDER BY s.id"""

_BEARER = """SELECT a.id, a.display_name, a.language, a.site_id, a.reads_only, s.id, r.code, r.permissions
FROM access_apitoken t
JOIN access_account a ON a.id = t.account_id AND a.is_active AND a.ended_at IS NULL
    AND (a.valid_from IS NULL OR a.valid_from <= %s) AND (a.valid_until IS NULL OR a.valid_until > %s)
LEFT JOIN access_grant g ON g.account_id = a.id
LEFT JOIN access_role r ON r.id = g.role_id
LEFT JOIN access_site s ON s.is_active AND (g.site_id = s.id OR g.id IS NOT NULL AND g.site_id IS NULL)
WHERE t.digest = %s AND t.revoked_at IS NULL AND t.expires_at > %s ORDER BY s.id"""

GrantRow = tuple[UUID, str, list[str]]


def actor_for(
    account: Account,
    *,
    site: UUID | None = None,
    request_id: str = "",
    language: str = "",
    at: datetime | None = None,
) -> Actor:
    """The account as an actor, in one statement.

    A grant without a site counts at every active site. The active site is `site` where the account
    works there, else its usual one, else the first. An ended account, and one whose time has not come
    or is over at `at` (now, without one), gets an actor who may nothing.
    """
    rows: list[GrantRow] = rows_of(_GRANTS, [at, at, account.pk])
    wanted = (site, account.site_id)
    spoken = language or account.language
    return _actor(account.pk, account.display_name, rows, wanted, spoken, request_id, account.reads_only)


def _actor(
    account: UUID,
    name: str,
    rows: Iterable[GrantRow],
    wanted: Iterable[UUID | None],
    language: str,
    request_id: str,
    reads_only: bool,
) -> Actor:
    codes, roles = _by_site(rows)
    held = frozenset(code for codes_there in roles.values() for code in codes_there)
    return Actor(
        kind="staff",
        id=account,
        name=name,
        grants=codes,
        site=_active_site(codes, wanted),
        roles=held,
        language=language,
        request_id=request_id,
        roles_at=roles,
        reads_only=reads_only or bool(held & GUEST_ROLES),
    )


def actor_for_token(
    raw: str, at: datetime, *, site: UUID | None = None, request_id: str = "", language: str = ""
) -> Actor | None:
    """The actor behind a bearer token, in one statement; None unless the token is valid at `at`."""
    rows = rows_of(_BEARER, [at, at, token_digest(raw), at])
    if not rows:
        return None
    account, name, own_language, home, reads_only = rows[0][:5]
    held = [row[5:] for row in rows if row[5] is not None]
    return _actor(account, name, held, (site, home), language or own_language, request_id, reads_only)


def account_visible_to(actor: Actor, account: UUID) -> bool:
    """Whether the actor manages accounts at a site where this one works or belongs, or is it."""
    return accounts_visible_to(actor).filter(pk=account).exists()


def accounts_visible_to(actor: Actor) -> QuerySet[Account]:
    """The accounts that work at, or belong to, a site whose accounts the actor manages; and its own.

    An account that belongs nowhere yet is seen by whoever manages accounts anywhere.
    """
    if actor.is_system:
        return Account.objects.all()
    sites = actor.sites_with(MANAGE_ACCOUNTS)
    own = Q(pk=actor.id)
    if not sites:
        return Account.objects.filter(own)
    granted = Grant.objects.filter(Q(site=None) | Q(site__in=sites), account=OuterRef("pk"))
    anywhere = Grant.objects.filter(account=OuterRef("pk"))
    return Account.objects.filter(
        own | Q(site__in=sites) | Exists(granted) | (Q(site=None) & ~Exists(anywhere))
    )


def sessions_visible_to(actor: Actor, at: datetime) -> QuerySet[Session]:
    """The running sessions of the actor, and of the accounts whose sessions the actor may see."""
    running = Session.objects.filter(expire_date__gt=at, account__isnull=False).order_by("-started_at")
    if actor.is_system:
        return running
    own = Q(account=actor.id)
    sites = actor.sites_with(VIEW_SESSIONS)
    if not sites:
        return running.filter(own)
    grants = Grant.objects.filter(Q(site=None) | Q(site__in=sites), account=OuterRef("account"))
    return running.filter(own | Q(account__site__in=sites) | Exists(grants))


def sessions_of(actor: Actor, at: datetime) -> QuerySet[Session]:
    """The actor's own running sessions, the latest first."""
    return Session.objects.filter(account=actor.id, expire_date__gt=at).order_by("-started_at")


def session_by_reference(reference: str) -> Session | None:
    """The session a page calls by `Session.reference`."""
    digest = Func(
        F("session_key"),
        template="encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')",
        output_field=CharField(),
    )
    clean = reference.replace("\x00", "")[:64]
    return Session.objects.annotate(digest=digest).filter(digest=clean).first()


def break_glass_open_for(actor: Actor, subject: Subject, at: datetime) -> bool:
    """Whether the actor has opened this record in an emergency and may still look."""
    subject_type, subject_id = subject
    return BreakGlass.objects.filter(
        account=actor.id, subject_type=subject_type, subject_id=subject_id, expires_at__gt=at
    ).exists()


def break_glass_visible_to(actor: Actor) -> QuerySet[BreakGlass]:
    """Emergency looks at the sites where the actor reviews them; whoever looked sees their own."""
    if actor.is_system:
        return BreakGlass.objects.all()
    return BreakGlass.objects.filter(Q(account=actor.id) | Q(site__in=actor.sites_with(REVIEW_BREAK_GLASS)))


def token_digest(raw: str) -> str:
    """What is kept of a bearer token."""
    return sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()


def _by_site(rows: Iterable[GrantRow]) -> tuple[dict[UUID, frozenset[str]], dict[UUID, frozenset[str]]]:
    codes: dict[UUID, set[str]] = defaultdict(set)
    roles: dict[UUID, set[str]] = defaultdict(set)
    for site, role, held in rows:
        codes[site].update(held)
        roles[site].add(role)
    return (
        {site: frozenset(held) for site, held in codes.items()},
        {site: frozenset(held) for site, held in roles.items()},
    )


def _active_site(grants: dict[UUID, frozenset[str]], wanted: Iterable[UUID | None]) -> UUID | None:
    for site in wanted:
        if site in grants:
            return site
    return next(iter(grants), None)
