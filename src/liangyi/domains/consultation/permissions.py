"""Who follows enquiries up, and which ones an actor sees."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from liangyi.domains.consultation.models import Enquiry
from liangyi.platform.access.registry import declare
from liangyi.platform.actors import Actor

VIEW = "consultation.view"
ENQUIRE = "consultation.enquire"

declare(VIEW, _("查看咨询"), roles=("reception", "consultant", "quality", "director"))
declare(ENQUIRE, _("登记和跟进咨询"), roles=("reception", "consultant", "director"))


def enquiries_visible_to(actor: Actor) -> QuerySet[Enquiry]:
    """The enquiries of the sites where the actor may look."""
    found = Enquiry.objects.all()
    return found if actor.is_system else found.filter(site__in=actor.sites_with(VIEW))
