"""Identifiers: UUIDv7 for rows (they sort by time), UUIDv4 where the moment must not show."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from uuid import UUID, uuid4

from uuid_utils import reseed_rng
from uuid_utils.compat import uuid7

__all__ = ["first_id_at", "made_at", "new_id", "new_secret_id"]

os.register_at_fork(after_in_child=reseed_rng)  # else two web processes would draw the same ids


def new_id() -> UUID:
    """A fresh row id (UUIDv7): later ids sort after earlier ones."""
    return uuid7()


def new_secret_id() -> UUID:
    """A fresh id that does not tell when it was made (UUIDv4)."""
    return uuid4()


def made_at(row_id: UUID) -> datetime:
    """The moment a row id (UUIDv7) was made, to the millisecond."""
    return datetime.fromtimestamp((row_id.int >> 80) / 1000, UTC)


def first_id_at(moment: datetime) -> UUID:
    """The lowest row id that can be made at a moment: ids made before it are lower."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)
