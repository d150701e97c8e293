"""How people of the staff sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.domains.organisation.errors import once
from liangyi.domains.staff.models import StaffMember
from liangyi.domains.staff.permissions import MANAGE, require_over
from liangyi.platform.access import services as access
from liangyi.platform.access.errors import LastAdministrator
from liangyi.platform.access.models import Account, Role
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.errors import Invalid, Missing

_TAKEN = {"access_account_username_key": ("username", _("这个账号已有人用"))}


@dataclass(frozen=True)
class NewAccount:
    """An account to be made together with a person: a first password, to be changed, and roles by code."""

    username: str
    password: str
    roles: tuple[str, ...]
    email: str = ""


def open_account(*, actor: Actor, at: datetime, member: UUID, site: UUID, account: NewAccount) -> Account:
    """Let somebody of the staff sign in, holding the roles at a site."""
    with once(**_TAKEN), recorded(actor):
        row = StaffMember.objects.select_for_update().filter(id=member).first()
        if row is None:
            raise Missing()
        require_over(actor, MANAGE, row)
        if row.account_id is not None:
            raise Invalid({"username": [_("此人已有账号")]})
        return open_account_for(row, account, site, actor=actor, at=at)


def open_account_for(
    member: StaffMember, account: NewAccount, site: UUID, *, actor: Actor, at: datetime
) -> Account:
    """The account, its grants and the link, inside the caller's transaction."""
    if not account.roles:
        raise Invalid({"roles": [_("至少选择一个角色")]})
    if not account.password:
        raise Invalid({"password": [_("请填写")]})
    if Role.objects.filter(code__in=account.roles).count() != len(set(account.roles)):
        raise Invalid({"roles": [_("请从列表中选择")]})
    made = access.create_account(
        actor=actor,
        at=at,
        username=account.username,
        display_name=member.name,
        password=account.password,
        email=account.email,
        site=site,
    )
    for role in dict.fromkeys(account.roles):
        access.grant_role(actor=actor, at=at, account=made.id, role=role, site=site)
    member.account = made
    member.save(update_fields=["account"])
    return made


def end_account_of(member: StaffMember, *, actor: Actor, at: datetime) -> None:
    """End the account of somebody who has left, if there is one."""
    if member.account_id is not None:
        access.end_account(
            actor=actor, at=at, account=member.account_id, reason=str(_("离职：%s") % member.name)
        )


def end_accounts_of_leavers(*, actor: Actor, at: datetime) -> int:
    """End the accounts of all whose last day is past; how many. A site's last administrator is kept."""
    gone = StaffMember.objects.filter(left_on__lt=local_day(at, HOME_ZONE), account__ended_at=None)
    ended = 0
    for member in gone.exclude(account=None):
        try:
            end_account_of(member, actor=actor, at=at)
        except LastAdministrator:
            continue
        ended += 1
    return ended
