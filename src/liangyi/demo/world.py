"""The clinic as the demo remembers it while it makes a history: small, in memory, by id."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from liangyi.demo.blueprint import ServicePlan
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor

Span = tuple[int, int]
"""Minutes after midnight, from and to."""


@dataclass
class Place:
    """A site with its hours, the days it is closed, and who works at its desk."""

    code: str
    site: Site
    opens: int
    closes: int
    closed: dict[date, str] = field(default_factory=dict)
    desk: Actor | None = None
    consultants: list[Actor] = field(default_factory=list)

    @property
    def id(self) -> UUID:
        """The site's id."""
        return self.site.id

    @property
    def receptionist(self) -> Actor:
        """Who books and receives."""
        if self.desk is None:
            raise LookupError(f"nobody works at the desk of {self.code}")
        return self.desk


@dataclass(frozen=True)
class Offer:
    """A service on offer, with its prices by first day, newest last."""

    id: UUID
    plan: ServicePlan
    device: UUID | None
    prices: tuple[tuple[date, int], ...]

    def price_on(self, day: date) -> int:
        """What it costs on that day, in cents."""
        return [cents for first, cents in self.prices if first <= day][-1]


@dataclass
class Worker:
    """Somebody who sees patients: hours by site and weekday, services by site, until when licensed."""

    id: UUID
    name: str
    profession: str
    weeks: dict[str, dict[int, list[Span]]]
    offers: dict[str, list[Offer]]
    licensed_to: date | None = None
    days: dict[tuple[str, date], list[Span]] = field(default_factory=dict)
    away: list[tuple[date, date]] = field(default_factory=list)

    def spans(self, site: str, day: date) -> list[Span]:
        """When they see patients at a site on a day."""
        if self.licensed_to is not None and day > self.licensed_to:
            return []
        if any(first <= day <= last for first, last in self.away):
            return []
        return self.days.get((site, day)) or self.weeks.get(site, {}).get(day.isoweekday(), [])


@dataclass(frozen=True)
class Piece:
    """A device and until when it is calibrated."""

    id: UUID
    due: date | None


@dataclass
class World:
    """All of it."""

    places: dict[str, Place] = field(default_factory=dict)
    offers: dict[str, Offer] = field(default_factory=dict)
    workers: list[Worker] = field(default_factory=list)
    lanes: dict[tuple[str, str], list[tuple[UUID, int]]] = field(default_factory=dict)
    pieces: dict[tuple[str, UUID], list[Piece]] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    staff: dict[str, UUID] = field(default_factory=dict)

    def worker(self, name: str) -> Worker:
        """The one of that name."""
        return next(worker for worker in self.workers if worker.name == name)


@dataclass(frozen=True, slots=True)
class Somebody:
    """A patient who may come: age limits, sites and how reliable they are."""

    id: UUID
    name: str
    born: date
    registered_at: datetime
    misses: float
