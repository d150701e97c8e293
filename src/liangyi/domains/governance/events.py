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


@dataclass(frozen=True)
class VersionInForce:
    """From now on a version is what the house goes by, in place of `replaced` if there was one."""

    policy_id: UUID
    version_id: UUID
    replaced: UUID | None
    at: datetime


@dataclass(frozen=True)
class PolicyRetired:
    """A policy is no longer gone by; nothing takes its place."""

    policy_id: UUID
    at: datetime
