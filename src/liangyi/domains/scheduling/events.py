"""What happened to appointments. Published inside the transaction of the change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class AppointmentBooked:
    """A patient is to come. `origin_type` and `origin_id` name what led to it, such as an enquiry."""

    appointment: UUID
    site: UUID
    patient: UUID
    service: UUID
    practitioner: UUID
    starts_at: datetime
    at: datetime
    by: UUID | None = None
    origin_type: str = ""
    origin_id: UUID | None = None


@dataclass(frozen=True)
class AppointmentMoved:
    """An appointment has another time, practitioner or room."""

    appointment: UUID
    site: UUID
    from_starts_at: datetime
    starts_at: datetime
    at: datetime
    by: UUID | None = None


@dataclass(frozen=True)
class AppointmentCancelled:
    """An appointment will not take place."""

    appointment: UUID
    site: UUID
    starts_at: datetime
    reason: str
    at: datetime
    by: UUID | None = None


@dataclass(frozen=True)
class PatientArrived:
    """The patient is here and has a ticket."""

    appointment: UUID
    site: UUID
    patient: UUID
    ticket: str
    at: datetime


@dataclass(frozen=True)
class PatientCalled:
    """The patient was asked into a room, for the first time or again."""

    appointment: UUID
    site: UUID
    room: UUID
    ticket: str
    at: datetime


@dataclass(frozen=True)
class VisitStarted:
    """The visit began."""

    appointment: UUID
    site: UUID
    patient: UUID
    at: datetime


@dataclass(frozen=True)
class VisitFinished:
    """The visit is over."""

    appointment: UUID
    site: UUID
    patient: UUID
    at: datetime


@dataclass(frozen=True)
class AppointmentMissed:
    """The patient did not come."""

    appointment: UUID
    site: UUID
    patient: UUID
    at: datetime


@dataclass(frozen=True)
class NoShowUndone:
    """The patient had come after all, or was marked by mistake."""

    appointment: UUID
    site: UUID
    at: datetime


@dataclass(frozen=True)
class DayClosed:
    """Whoever had not come by the end of the day is a no-show."""

    site: UUID
    day: date
    no_shows: int
    at: datetime
