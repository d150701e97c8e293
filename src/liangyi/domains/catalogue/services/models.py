"""Makes of equipment."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.domains.catalogue.models import DeviceModel
from liangyi.domains.catalogue.permissions import MANAGE
from liangyi.domains.organisation.errors import once
from liangyi.domains.organisation.rules import Problems
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Missing

MOST_MONTHS = 120
_TAKEN = {"catalogue_devicemodel_name_key": ("name", _("已有这个型号"))}


def add_device_model(
    *, actor: Actor, at: datetime, name: str, manufacturer: str = "", calibration_months: int | None = None
) -> DeviceModel:
    """Add a make of equipment. Without `calibration_months` its pieces need no calibration."""
    actor.require(MANAGE)
    model = DeviceModel(name=name, manufacturer=manufacturer, calibration_months=calibration_months)
    _check(model)
    with once(**_TAKEN), recorded(actor):
        model.save()
    return model


def change_device_model(
    *,
    actor: Actor,
    at: datetime,
    model: UUID,
    name: str,
    manufacturer: str = "",
    calibration_months: int | None = None,
) -> DeviceModel:
    """Correct a make of equipment; due days already recorded stay."""
    actor.require(MANAGE)
    with once(**_TAKEN), recorded(actor):
        row = DeviceModel.objects.select_for_update().filter(id=model).first()
        if row is None:
            raise Missing()
        row.name, row.manufacturer, row.calibration_months = name, manufacturer, calibration_months
        _check(row)
        row.save()
    return row


def _check(model: DeviceModel) -> None:
    problems = Problems()
    model.name = problems.text("name", model.name, most=100)
    model.manufacturer = problems.text("manufacturer", model.manufacturer, most=100, required=False)
    if model.calibration_months is not None:
        problems.number("calibration_months", model.calibration_months, least=1, most=MOST_MONTHS)
    problems.done()
