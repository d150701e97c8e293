"""What happened to accounts that others may want to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from liangyi.platform.actors import Actor


@dataclass(frozen=True)
class BreakGlassOpened:
    """Somebody looked at a record in an emergency; it has to be reviewed."""

    record: UUID
    site: UUID
    account: UUID
    account_name: str
    at: datetime


@dataclass(frozen=True)
class BreakGlassReviewed:
    """Another person has reviewed an emergency look."""

    record: UUID
    reviewer: Actor
    at: datetime
