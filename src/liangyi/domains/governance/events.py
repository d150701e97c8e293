"""What happened to policies that others may need to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class PolicyImported:
    """A new version of a policy was read and cut into clauses."""

    policy_id: UUID
    version_id: UUID
    at: datetime
