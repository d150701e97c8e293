"""What happened to equipment that those above may need to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class EquipmentRetired:
    """A piece is used no more."""

    equipment_id: UUID
    site_id: UUID
    at: datetime


@dataclass(frozen=True)
class EquipmentCalibrated:
    """A piece was calibrated and is due again on `due_on`."""

    equipment_id: UUID
    site_id: UUID
    due_on: date
    at: datetime
