"""What is decided, and the facts it is decided by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.domains.facilities.rules import is_calibrated
from liangyi.domains.organisation.rules import LicenceFacts
from liangyi.domains.staff import rules as staff


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of equipment of the model the service needs."""

    id: UUID
    name: str
    calibration_due: date | None
    needs_calibration: bool
    is_free: bool

    def is_calibrated(self, on: date) -> bool:
        """Within its calibration period, or of a kind that has none."""
        return is_calibrated(
            needs_calibration=self.needs_calibration, calibration_due=self.calibration_due, on=on
        )


@dataclass(frozen=True, slots=True)
class RoomLane:
    """A lane of a room of the kind the service needs."""

    id: UUID
    name: str
    lane: int
    is_free: bool


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """The site on the day. `hours` are minutes after midnight, None on a weekday without any."""

    id: UUID
    name: str
    zone: str
    hours: tuple[int, int] | None
    has_hours: bool
    closing_reason: str | None
    licences: tuple[LicenceFacts, ...]


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """The service, and its price of the day at the site."""

    id: UUID
    name: str
    level: int
    duration: int
    prepare: int
    clean: int
    room_kind: str
    device_model: str | None
    needs_privilege: bool
    subject: str
    subject_name: str
    notes: str
    price_cents: int | None


@dataclass(frozen=True, slots=True)
class PractitionerFacts:
    """The practitioner: the person with papers, and whether the time lies in working hours and is free."""

    person: staff.PractitionerFacts
    is_on_rota: bool
    is_away: bool
    is_free: bool

    @property
    def id(self) -> UUID:
        """The staff member."""
        return self.person.id

    @property
    def name(self) -> str:
        """As others call them."""
        return self.person.name


@dataclass(frozen=True, slots=True)
class Engagement:
    """Another appointment that the patient has at the time."""

    appointment: UUID
    site: UUID
    site_name: str
    service_name: str
    practitioner_name: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class PatientFacts:
    """The surviving record of the patient."""

    id: UUID
    name: str
    birth_date: date | None
    email: str
    has_guardian: bool
    has_privacy_consent: bool
    wants_messages: bool
    sites: frozenset[UUID]
    engaged: tuple[Engagement, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Patients are reminded so many hours before, from `since` on."""

    since: datetime
    hours: int


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of a booking before it is decided. `day` is the site's calendar day of the start,
    `reminders` how long before patients are reminded, now and later."""

    site: SiteFacts
    service: ServiceFacts
    practitioner: PractitionerFacts
    patient: PatientFacts
    rooms: tuple[RoomLane, ...]
    pieces: tuple[Piece, ...]
    day: date
    starts_at: datetime
    ends_at: datetime
    reminders: tuple[Notice, ...]

    @property
    def is_free(self) -> bool:
        """Nobody else holds the practitioner or all the rooms at the time."""
        return self.practitioner.is_free and any(lane.is_free for lane in self.rooms)


@dataclass(frozen=True, slots=True)
class BookAppointment:
    """May this be booked, or moved to this time?"""

    title: ClassVar = _("预约")

    at: datetime
    facts: Facts
    is_walk_in: bool = False


@dataclass(frozen=True, slots=True)
class CheckIn:
    """May the patient be received?"""

    title: ClassVar = _("签到")

    at: datetime
    facts: Facts


@dataclass(frozen=True, slots=True)
class StartVisit:
    """May the visit begin?"""

    title: ClassVar = _("开始就诊")

    at: datetime
    facts: Facts
