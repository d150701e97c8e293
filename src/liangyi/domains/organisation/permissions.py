"""Who may set the organisation up, and which sites and rooms are visible."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from liangyi.domains.organisation.models import Room
from liangyi.platform.access.models import Site
from liangyi.platform.access.registry import declare
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Denied

SEE = "organisation.see"
MANAGE = "organisation.manage"

declare(SEE, _("查看机构设置"), roles=("quality", "director", "admin"))
declare(MANAGE, _("维护机构设置"), roles=("director", "admin"))


def sites_visible_to(actor: Actor) -> QuerySet[Site]:
    """The sites the actor works at; all for the system."""
    sites = Site.objects.all()
    return sites if actor.is_system else sites.filter(id__in=list(actor.grants))


def rooms_visible_to(actor: Actor) -> QuerySet[Room]:
    """The rooms of the sites the actor works at."""
    rooms = Room.objects.all()
    return rooms if actor.is_system else rooms.filter(site__in=list(actor.grants))


def require_for_group(actor: Actor, permission: str) -> None:
    """Raise Denied unless the permission is held at every active site: what is changed touches all."""
    actor.require(permission)
    if actor.is_system:
        return
    sites = set(Site.objects.filter(is_active=True).values_list("id", flat=True))
    if not sites <= set(actor.sites_with(permission)):
        raise Denied(permission)


def require_at(actor: Actor, permission: str, sites: Iterable[UUID]) -> None:
    """Raise unless the permission is held at each of the sites, and at one at least."""
    actor.require(permission)
    for site in sites:
        actor.require(permission, site)
