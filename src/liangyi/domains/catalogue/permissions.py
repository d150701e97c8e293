"""Who may change what the clinic offers, and which services are visible."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from liangyi.domains.catalogue.models import Service
from liangyi.platform.access.builtin import BUILTIN_ROLES
from liangyi.platform.access.registry import declare
from liangyi.platform.actors import Actor

SEE = "catalogue.see"
MANAGE = "catalogue.manage"
SET_PRICE = "catalogue.set_price"

declare(SEE, _("查看项目与价格"), roles=tuple(BUILTIN_ROLES))
declare(MANAGE, _("维护项目目录"), roles=("director", "admin"))
declare(SET_PRICE, _("定价"), roles=("director", "admin"))


def services_visible_to(actor: Actor) -> QuerySet[Service]:
    """Services offered at the actor's sites; whoever maintains the catalogue also sees unoffered ones."""
    services = Service.objects.all()
    if actor.is_system:
        return services
    offered = Q(offers__site__in=actor.sites_with(SEE))
    if actor.may(MANAGE):
        offered |= Q(offers__isnull=True)
    return services.filter(offered).distinct()
