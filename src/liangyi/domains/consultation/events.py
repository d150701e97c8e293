"""What happened to enquiries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class EnquiryOpened:
    """Somebody asked."""

    enquiry: UUID
    site: UUID
    at: datetime


@dataclass(frozen=True)
class EnquiryClosed:
    """It led to `appointment`, or to none."""

    enquiry: UUID
    site: UUID
    at: datetime
    appointment: UUID | None = None
