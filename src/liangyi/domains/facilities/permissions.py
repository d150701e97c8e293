"""Who keeps the equipment, and which pieces are visible."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from liangyi.domains.facilities.models import Equipment
from liangyi.platform.access.registry import declare
from liangyi.platform.actors import Actor

SEE = "facilities.see"
MANAGE = "facilities.manage"
CALIBRATE = "facilities.calibrate"

declare(
    SEE,
    _("查看设备"),
    roles=(
        "reception",
        "consultant",
        "surgeon",
        "dentist",
        "nurse",
        "anaesthetist",
        "storekeeper",
        "quality",
        "director",
        "admin",
        "inspector",
    ),
)
declare(MANAGE, _("维护设备台账"), roles=("director", "admin"))
declare(CALIBRATE, _("登记校准"), roles=("storekeeper", "director", "admin"))


def equipment_visible_to(actor: Actor) -> QuerySet[Equipment]:
    """The pieces at sites where the actor may see equipment."""
    pieces = Equipment.objects.all()
    return pieces if actor.is_system else pieces.filter(site__in=actor.sites_with(SEE))
