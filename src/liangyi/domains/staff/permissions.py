"""Who may keep people's records, and who is visible to whom."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from liangyi.domains.staff.models import CredentialSite, PostHeld, StaffMember
from liangyi.platform.access.builtin import BUILTIN_ROLES
from liangyi.platform.access.registry import declare
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Missing

SEE = "staff.see"
SEE_CREDENTIALS = "staff.see_credentials"
MANAGE = "staff.manage"
GRANT_PRIVILEGE = "staff.grant_privilege"

declare(SEE, _("查看员工名录"), roles=tuple(BUILTIN_ROLES))
declare(SEE_CREDENTIALS, _("查看员工证照与授权"), roles=("quality", "director", "admin", "inspector"))
declare(MANAGE, _("维护员工与证照"), roles=("director", "admin"))
declare(GRANT_PRIVILEGE, _("手术授权"), roles=("director",))


def members_visible_to(actor: Actor, permission: str = SEE) -> QuerySet[StaffMember]:
    """Those who belong to, hold a post at or are registered at a site where the permission is held."""
    members = StaffMember.objects.all()
    if actor.is_system:
        return members
    sites = actor.sites_with(permission)
    return members.filter(
        Q(site__in=sites)
        | Q(site=None, unit__site__in=sites)
        | Exists(PostHeld.objects.filter(staff=OuterRef("pk"), site__in=sites))
        | Exists(CredentialSite.objects.filter(credential__staff=OuterRef("pk"), site__in=sites))
    )


def require_over(actor: Actor, permission: str, member: StaffMember) -> None:
    """Raise Missing where the actor sees nothing of the person, Denied without the permission.

    The permission counts at the site the person belongs to; for one without, where they are visible.
    """
    if actor.is_system:
        return
    if not members_visible_to(actor).filter(id=member.id).exists():
        raise Missing()
    actor.require(permission)
    home = member.site_id or (member.unit.site_id if member.unit else None)
    if home is not None:
        actor.require(permission, home)
