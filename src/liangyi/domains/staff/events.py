"""What happened to people that those above may need to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class MemberLeft:
    """Somebody works here no more after `left_on`, their last day."""

    staff_id: UUID
    left_on: date
    at: datetime


@dataclass(frozen=True)
class CredentialRevoked:
    """A certificate counts no more from `revoked_on` on."""

    staff_id: UUID
    credential_id: UUID
    revoked_on: date
    at: datetime


@dataclass(frozen=True)
class CredentialChanged:
    """A certificate was added or its validity, places or scope were changed."""

    staff_id: UUID
    credential_id: UUID
    at: datetime


@dataclass(frozen=True)
class PrivilegeGiven:
    """The authority to do a service was given, or given back."""

    staff_id: UUID
    service_id: UUID
    at: datetime


@dataclass(frozen=True)
class PrivilegeWithdrawn:
    """The authority to do a service was suspended or ended."""

    staff_id: UUID
    service_id: UUID
    at: datetime
