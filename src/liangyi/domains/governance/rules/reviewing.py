"""What a reviewer's word hangs on."""

from __future__ import annotations

from uuid import UUID, uuid5

NONE = ""  # in place of a control's code: none fits


def match_id(identity: UUID, control: str) -> UUID:
    """The match's key follows from clause and control: what was said and taken back is found in history."""
    return uuid5(identity, control or "none")
