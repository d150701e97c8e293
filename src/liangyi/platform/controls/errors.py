"""What goes wrong in controls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from liangyi.platform.errors import Invalid, Refusal, Refused


@dataclass(frozen=True)
class Asked:
    """What was decided about: the part of a verdict that is known before the answer."""

    decision: str
    at: datetime
    site: UUID | None
    subject: tuple[str, UUID] | None


class GateRefused(Refused):
    """Refused by gates, with what the service boundary needs to write the verdict after the rollback."""

    def __init__(self, asked: Asked, refusals: Sequence[Refusal], passed: list[str], **data: Any) -> None:
        super().__init__(asked.decision, refusals, **data)
        self.asked = asked
        self.passed = passed
        self.is_written = False


class WrongOverride(Invalid):
    """An override without a reason or without a second person who may be one; `fields` says what is wrong."""
