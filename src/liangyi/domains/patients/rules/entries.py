"""What comes with a new patient, as somebody typed it, and who that may be already."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from liangyi.domains.patients.enums import PaperKind, Severity, Sex


@dataclass(frozen=True)
class NewPaper:
    """A paper with its number in the clear; only ever held in memory."""

    kind: str
    number: str
    valid_to: date | None = None

    def __repr__(self) -> str:
        return f"NewPaper({self.kind})"


@dataclass(frozen=True)
class NewGuardian:
    """Who decides for the patient."""

    name: str
    relation: str
    phone: str


@dataclass(frozen=True)
class NewAllergy:
    """A known allergy, in words and where known by code."""

    substance: str
    severity: str = Severity.MODERATE
    reaction: str = ""
    code: str = ""


@dataclass(frozen=True)
class Pseudonym:
    """A person of an imported history, known by an outside id only."""

    outside_id: str
    sex: str = Sex.UNKNOWN
    birth_date: date | None = None


def resident(number: str) -> NewPaper:
    """A resident identity card."""
    return NewPaper(PaperKind.RESIDENT_ID, number)


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be the person about to be registered, as far as the reader may know them.

    Where the reader does not work at any of the sites, name and telephone are masked, `born` is the year
    only and there is no record number. `is_certain` comes from a shared identity number.
    """

    patient_id: UUID
    is_certain: bool
    is_visible: bool
    is_here: bool
    name: str
    sex: str
    born: str
    phone: str
    record_number: str
    sites: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """For interfaces that answer in JSON."""
        return {**asdict(self), "patient_id": str(self.patient_id), "sites": list(self.sites)}
