"""What came of a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Decided:
    """A request has come to its end, in the same transaction. `outcome` is "approved", "refused" or
    "withdrawn"; `decided_by` is who took the last step, or who withdrew it."""

    approval_id: UUID
    kind: str
    subject_type: str
    subject_id: UUID
    outcome: str
    decided_by: UUID | None
    note: str
    at: datetime
