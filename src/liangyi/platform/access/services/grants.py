"""Who holds which role where."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.platform.access.builtin import GUEST_ROLES
from liangyi.platform.access.models import Account, Grant, Role
from liangyi.platform.access.services.authority import (
    administered_sites,
    lock_administration,
    require_power_over,
    require_still_administered,
)
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Invalid, Missing


def grant_role(
    *, actor: Actor, at: datetime, account: UUID, role: str, site: UUID | None, reason: str = ""
) -> Grant:
    """Let an account hold the role with code `role` at a site, or at every site without one.

    Doing it twice changes nothing. Nobody grants where, or what power, they do not have themselves. A
    guest's role and account come together (`create_guest`): neither is granted nor given anything here.
    """
    row = _role(role)
    require_power_over(actor, row, site)
    with recorded(actor, reason=reason):
        holder = Account.objects.select_for_update(no_key=True).filter(pk=account).first()
        if holder is None:
            raise Missing()
        if holder.reads_only or role in GUEST_ROLES:
            raise Invalid({"role": [_("检查员的账号和角色只随检查开通，不能另外授予")]})
        held = Grant.objects.filter(account=account, role=row, site=site)
        return held.first() or Grant.objects.create(account_id=account, role=row, site_id=site)


def revoke_role(
    *, actor: Actor, at: datetime, account: UUID, role: str, site: UUID | None, reason: str = ""
) -> None:
    """Take a role at a site (or the whole group's, without one) from an account.

    Raises LastAdministrator when nobody could manage a site's accounts any more.
    """
    row = _role(role)
    require_power_over(actor, row, site)
    with recorded(actor, reason=reason):
        lock_administration()
        before = administered_sites()
        deleted, _rows = Grant.objects.filter(account=account, role=row, site=site).delete()
        if not deleted:
            raise Missing()
        require_still_administered(before)


def _role(code: str) -> Role:
    role = Role.objects.filter(code=code).first()
    if role is None:
        raise Missing()
    return role
