"""Who may see, finish and hand over work."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from liangyi.platform.access.registry import declare
from liangyi.platform.actors import Actor
from liangyi.platform.worklist.models import WorkItem

ASSIGN = "worklist.assign"
LOAD_CALENDAR = "worklist.load_calendar"

declare(ASSIGN, _("指派待办"), roles=("quality", "director"))
declare(LOAD_CALENDAR, _("载入节假日安排"), roles=("director", "admin"))


def roles_at(actor: Actor, site: UUID | None) -> frozenset[str]:
    """The roles an actor holds at a site; none where they do not work."""
    if site is None or site not in actor.grants:
        return frozenset()
    return actor.roles_at.get(site, actor.roles if not actor.roles_at else frozenset())


def can_finish(actor: Actor, item: WorkItem) -> bool:
    """Whether it is the actor's to do: their own, or of a role they hold at its site."""
    if actor.is_system or (item.assignee_id is not None and item.assignee_id == actor.id):
        return True
    return item.assignee_id is None and item.role in roles_at(actor, item.site_id)


def items_visible_to(actor: Actor) -> QuerySet[WorkItem]:
    """My own items anywhere I work, those of my roles there, and all at the sites where I assign work."""
    if actor.is_system:
        return WorkItem.objects.all()
    mine = Q(assignee=actor.id) if actor.kind == "staff" else Q(pk__in=[])
    for site in actor.grants:
        mine |= Q(site=site, assignee=None, role__in=roles_at(actor, site))
    mine |= Q(site__in=actor.sites_with(ASSIGN))
    return WorkItem.objects.filter(mine)
