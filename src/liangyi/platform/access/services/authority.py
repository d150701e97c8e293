"""How far a manager of accounts reaches: nobody hands out, or takes over, more than their own."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from liangyi.platform.access.errors import LastAdministrator
from liangyi.platform.access.models import Account, Grant, Role, Site
from liangyi.platform.access.permissions import MANAGE_ACCOUNTS, MANAGE_ROLES, MANAGE_SITES, VIEW_SESSIONS
from liangyi.platform.access.queries import account_visible_to
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Denied, Missing

# What leads to power over others: whoever gives it, or takes it away, must hold it.
POWERS = frozenset({MANAGE_ACCOUNTS, MANAGE_ROLES, MANAGE_SITES, VIEW_SESSIONS})

_ADMINISTERED = """SELECT DISTINCT s.id
FROM access_grant g
JOIN access_account a ON a.id = g.account_id AND a.is_active AND a.ended_at IS NULL
JOIN access_role r ON r.id = g.role_id AND %s = ANY (r.permissions)
JOIN access_site s ON s.is_active AND (g.site_id IS NULL OR s.id = g.site_id)"""


def require_reach(actor: Actor, site: UUID | None) -> None:
    """The actor manages accounts at `site`; without a site, at every active site of the group."""
    if site is not None:
        actor.require(MANAGE_ACCOUNTS, site)
        return
    actor.require(MANAGE_ACCOUNTS)
    require_everywhere(actor, MANAGE_ACCOUNTS)


def require_everywhere(actor: Actor, permission: str) -> None:
    """The actor holds `permission` at every active site: what reaches the whole group needs this."""
    if actor.is_system:
        return
    sites = set(Site.objects.filter(is_active=True).values_list("id", flat=True))
    if not sites or not sites <= set(actor.sites_with(permission)):
        raise Denied(permission)


def require_power_over(actor: Actor, role: Role, site: UUID | None) -> None:
    """The actor may hand out (or take away) `role` at `site`; everywhere when it has none."""
    require_reach(actor, site)
    for code in POWERS.intersection(role.permissions):
        if site is None:
            require_everywhere(actor, code)
        else:
            actor.require(code, site)


def managed_account(actor: Actor, account: UUID) -> Account:
    """The account, locked, if the actor reaches all of it.

    Missing where the actor sees nothing of it; Denied where it also holds something, at any site,
    that the actor could not have granted.
    """
    actor.require(MANAGE_ACCOUNTS)
    row = Account.objects.select_for_update(no_key=True).filter(pk=account).first()
    if row is None or not account_visible_to(actor, row.pk):
        raise Missing()
    grants = list(Grant.objects.select_related("role").filter(account=row))
    for grant in grants:
        _require_over(actor, grant)
    if not grants:
        require_reach(actor, row.site_id)
    return row


def lock_administration() -> None:
    """Let one change to who administers happen at a time."""
    list(Role.objects.select_for_update(no_key=True).filter(code="admin"))


def administered_sites() -> set[UUID]:
    """The active sites at which somebody can manage accounts."""
    with connection.cursor() as cursor:
        cursor.execute(_ADMINISTERED, [MANAGE_ACCOUNTS])
        return {site for (site,) in cursor.fetchall()}


def require_still_administered(before: Iterable[UUID]) -> None:
    """Raise LastAdministrator when a site of `before` has lost its last manager of accounts."""
    if set(before) - administered_sites():
        raise LastAdministrator(_("至少要保留一位能管理账号的人"))


def _require_over(actor: Actor, grant: Grant) -> None:
    try:
        require_power_over(actor, grant.role, grant.site_id)
    except Missing:
        raise Denied(MANAGE_ACCOUNTS) from None
