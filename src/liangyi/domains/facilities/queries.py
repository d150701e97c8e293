"""Reads of equipment."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce

from liangyi.domains.facilities.models import Calibration, Equipment
from liangyi.domains.facilities.permissions import equipment_visible_to
from liangyi.domains.facilities.rules import EquipmentFacts, is_calibrated
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Missing


def equipment_facts(site_id: UUID, model_id: UUID) -> list[EquipmentFacts]:
    """The pieces of a model in use at a site, by name, in one statement."""
    rows = Equipment.objects.filter(site=site_id, model=model_id, is_active=True).order_by("name", "id")
    return [
        EquipmentFacts(
            id=row["id"],
            name=row["name"],
            serial=row["serial"],
            model_id=row["model_id"],
            model_name=row["model__name"],
            room_id=row["room_id"],
            needs_calibration=row["model__calibration_months"] is not None,
            calibration_due=row["calibration_due"],
        )
        for row in rows.values(
            "id",
            "name",
            "serial",
            "model_id",
            "model__name",
            "room_id",
            "model__calibration_months",
            "calibration_due",
        )
    ]


def calibrated_models(site_id: UUID, on: date) -> frozenset[UUID]:
    """The models of which a site has a piece fit for use on a day."""
    pieces = Equipment.objects.filter(site=site_id, is_active=True)
    rows = pieces.values_list("model_id", "model__calibration_months", "calibration_due")
    return frozenset(
        model
        for model, months, due in rows
        if is_calibrated(needs_calibration=months is not None, calibration_due=due, on=on)
    )


def equipment_for_site(
    actor: Actor, site_id: UUID, *, text: str = "", retired: bool = False
) -> QuerySet[Equipment]:
    """The pieces of a site, those in use or those retired, of a name, serial number or model.

    First due first; `due` is their day of calibration, far away for those that have none.
    """
    pieces = equipment_visible_to(actor).filter(site=site_id, is_active=not retired)
    if text := text.strip():
        named = Q(name__icontains=text) | Q(serial__icontains=text) | Q(model__name__icontains=text)
        pieces = pieces.filter(named)
    pieces = pieces.annotate(due=Coalesce("calibration_due", Value(date.max)))
    return pieces.select_related("model", "room", "keeper").order_by("due", "name", "id")


def equipment_for(actor: Actor, equipment_id: UUID) -> Equipment:
    """One piece at one of the actor's sites. Raises Missing."""
    pieces = equipment_visible_to(actor).select_related("model", "room", "keeper", "site")
    found = pieces.filter(id=equipment_id).first()
    if found is None:
        raise Missing()
    return found


def calibrations_of(equipment: Equipment) -> QuerySet[Calibration]:
    """The calibrations of a piece, the newest first."""
    return equipment.calibrations.select_related("recorded_by").order_by("-done_on", "-id")
