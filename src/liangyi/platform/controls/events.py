"""What changed in how controls work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class ParameterChanged:
    """The values of a parameter from `since` on are no longer what they were: at one site, or where there
    is none in the whole group."""

    control: str
    parameter: str
    site_id: UUID | None
    since: date
    at: datetime
