"""Every change to the catalogue."""

from __future__ import annotations

from liangyi.domains.catalogue.services.models import add_device_model, change_device_model
from liangyi.domains.catalogue.services.prices import set_price
from liangyi.domains.catalogue.services.services import (
    add_service,
    change_service,
    reinstate_service,
    retire_service,
)
from liangyi.domains.catalogue.services.subjects import sync_subjects

__all__ = [
    "add_device_model",
    "add_service",
    "change_device_model",
    "change_service",
    "reinstate_service",
    "retire_service",
    "set_price",
    "sync_subjects",
]
