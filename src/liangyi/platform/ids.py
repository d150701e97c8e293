"""Identifiers: UUIDv7 for rows (they sort by time), UUIDv4 where the moment must not show."""

from __future__ import annotations

from uuid import UUID, uuid4

from uuid_utils.compat import uuid7

__all__ = ["new_id", "new_secret_id"]


def new_id() -> UUID:
    """A fresh row id (UUIDv7): later ids sort after earlier ones."""
    return uuid7()


def new_secret_id() -> UUID:
    """A fresh id that does not tell when it was made (UUIDv4)."""
    return uuid4()
