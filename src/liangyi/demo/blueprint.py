"""The files of data/: what the demo clinic consists of."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"
Shift = list[tuple[time, time]]


@dataclass(frozen=True)
class ServicePlan:
    """A service as data/services.toml has it: minutes to prepare, do and clean; price in yuan."""

    code: str
    name: str
    name_en: str
    subject: str
    minutes: tuple[int, int, int]
    room: str
    price: int
    site: str
    weight: float
    level: int = 0
    device: str = ""
    privileged: bool = False
    notes: str = ""
    who: tuple[str, ...] = ("doctor",)
    ages: tuple[int, int] = (18, 75)


@dataclass(frozen=True)
class PersonPlan:
    """Somebody as data/staff.toml has them."""

    name: str
    profession: str
    title: str
    site: str
    department: str
    account: str = ""
    roles: tuple[str, ...] = ()
    everywhere: bool = False
    also_at: tuple[str, ...] = ()
    post: str = ""
    scope: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    ends: int | None = None
    week: dict[str, str] = field(default_factory=dict)

    @property
    def shift(self) -> str:
        """The name of the hours they work."""
        return self.week.get("shift", "")

    @property
    def weekdays(self) -> dict[str, list[int]]:
        """Weekdays by site code."""
        return {site: [int(d) for d in days.split()] for site, days in self.week.items() if site != "shift"}


@cache
def clinic() -> dict[str, Any]:
    """Sites, departments, rooms, devices and posts."""
    return _read("clinic")


@cache
def services() -> tuple[ServicePlan, ...]:
    """Everything on offer."""
    return tuple(ServicePlan(**_frozen(row)) for row in _read("services")["service"])


@cache
def people() -> tuple[PersonPlan, ...]:
    """Everybody on the staff."""
    return tuple(PersonPlan(**_frozen(row)) for row in _read("staff")["person"])


@cache
def shifts() -> dict[str, Shift]:
    """The hours of each kind of shift."""
    return {name: [hours(text) for text in texts] for name, texts in _read("staff")["shifts"].items()}


def hours(text: str) -> tuple[time, time]:
    """`"09:00-12:00"` as two times."""
    first, _, last = text.partition("-")
    return time.fromisoformat(first), time.fromisoformat(last)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / f"{name}.toml").read_text("utf-8"))


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
