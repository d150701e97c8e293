"""What happened to patients."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class PatientsMerged:
    """`merged` now stands for `canonical`; rows of both belong to one person."""

    merged: UUID
    canonical: UUID
    at: datetime


@dataclass(frozen=True)
class PatientsUnmerged:
    """`merged` is its own person again and no longer `canonical`."""

    merged: UUID
    canonical: UUID
    at: datetime


@dataclass(frozen=True)
class ConsentWithdrawn:
    """The person behind `patient` agrees no more to what texts of this kind ask for."""

    patient: UUID
    kind: str
    at: datetime
