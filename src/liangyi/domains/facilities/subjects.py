"""Equipment, as platform engines show it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from liangyi.domains.facilities.models import Equipment
from liangyi.domains.facilities.permissions import equipment_visible_to
from liangyi.platform import subjects
from liangyi.platform.actors import Actor

EQUIPMENT = "facilities.equipment"


def _label(ids: Collection[UUID]) -> dict[UUID, str]:
    rows = Equipment.objects.filter(id__in=ids)
    return {row: f"{name} · {serial}" for row, name, serial in rows.values_list("id", "name", "serial")}


def _may_see(actor: Actor, ids: Collection[UUID]) -> Collection[UUID]:
    return set(equipment_visible_to(actor).filter(id__in=ids).values_list("id", flat=True))


subjects.register(EQUIPMENT, label=_label, url=lambda row: f"/settings/equipment/{row}/", may_see=_may_see)
