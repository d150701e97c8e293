"""What happened in the catalogue that those above may need to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class ServiceChanged:
    """A service's subject, level, duration, resources or sites were changed."""

    service_id: UUID
    at: datetime


@dataclass(frozen=True)
class ServiceRetired:
    """A service is offered nowhere any more."""

    service_id: UUID
    at: datetime


@dataclass(frozen=True)
class PriceSet:
    """A service costs `cents` from a day on, at one site or (None) at all."""

    service_id: UUID
    site_id: UUID | None
    cents: int
    effective_from: date
    at: datetime
