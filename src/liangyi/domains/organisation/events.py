"""What happened in the organisation that those above may need to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class ClosingDayAdded:
    """A site will receive nobody on `day`."""

    site_id: UUID
    day: date
    reason: str
    at: datetime


@dataclass(frozen=True)
class ClosingDayRemoved:
    """A site is open on `day` after all."""

    site_id: UUID
    day: date
    at: datetime


@dataclass(frozen=True)
class OpeningHoursChanged:
    """A site keeps other opening hours from now on."""

    site_id: UUID
    at: datetime


@dataclass(frozen=True)
class RoomClosed:
    """A room cannot be booked any more."""

    room_id: UUID
    site_id: UUID
    at: datetime


@dataclass(frozen=True)
class RoomLanesChanged:
    """A room serves another number of people at once."""

    room_id: UUID
    site_id: UUID
    before: int
    lanes: int
    at: datetime


@dataclass(frozen=True)
class LicenceChanged:
    """A site's licence was added, corrected or renewed."""

    site_id: UUID
    licence_id: UUID
    at: datetime
