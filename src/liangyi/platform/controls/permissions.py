"""Who may look at what the controls decided and found."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from liangyi.platform.access.registry import declare
from liangyi.platform.actors import Actor
from liangyi.platform.controls.models import Breach, Verdict

VIEW = "controls.view"
RUN_WATCHES = "controls.run_watches"

declare(VIEW, _("查看规则与证据"), roles=("quality", "director", "inspector"))
declare(RUN_WATCHES, _("立即运行监测"), roles=("quality", "director"))


def verdicts_visible_to(actor: Actor) -> QuerySet[Verdict]:
    """Verdicts of the sites where the actor may look at controls."""
    return Verdict.objects.all() if actor.is_system else Verdict.objects.filter(_site_of(actor))


def breaches_visible_to(actor: Actor) -> QuerySet[Breach]:
    """Breaches of those sites, and those of no site at all."""
    if actor.is_system:
        return Breach.objects.all()
    group_wide = Q(site=None) if actor.may(VIEW) else Q(pk__in=[])
    return Breach.objects.filter(_site_of(actor) | group_wide)


def _site_of(actor: Actor) -> Q:
    return Q(site__in=actor.sites_with(VIEW))
