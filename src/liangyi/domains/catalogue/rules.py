"""Subjects as data, prices by version, durations. No database."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

_FILE = Path(__file__).parent / "data" / "subjects.toml"
MOST_CENTS = 10_000_000_00


@dataclass(frozen=True)
class SubjectRow:
    """A 诊疗科目 as the product ships it."""

    code: str
    name: str
    name_en: str
    source: str


@dataclass(frozen=True)
class Price:
    """A price version: from a day on, at one site or (None) at all."""

    site_id: UUID | None
    cents: int
    effective_from: date


@dataclass(frozen=True)
class ServiceFacts:
    """A service as booking needs it at a site on a day. `price_cents` is None where none is set."""

    id: UUID
    code: str
    name: str
    subject: str
    subject_name: str
    level: int
    duration: timedelta
    prepare: timedelta
    clean: timedelta
    room_kind: str
    device_model_id: UUID | None
    device_model_name: str
    needs_privilege: bool
    is_active: bool
    is_offered: bool
    price_cents: int | None

    @property
    def occupied(self) -> timedelta:
        """How long room and equipment are held: preparation, the visit, clean-up."""
        return self.prepare + self.duration + self.clean


@cache
def shipped_subjects() -> tuple[SubjectRow, ...]:
    """The subjects of data/subjects.toml."""
    data = tomllib.loads(_FILE.read_text("utf-8"))
    title = data["source"]["title"]
    return tuple(
        SubjectRow(row["code"], row["name"], row["name_en"], f"{title} {row['number']}")
        for row in data["subject"]
    )


def price_on(prices: Iterable[Price], site_id: UUID, day: date) -> Price | None:
    """The version that holds at a site on a day: the site's own before the group's, the newest started."""
    started = [price for price in prices if price.effective_from <= day and price.site_id in (None, site_id)]
    return max(started, key=lambda price: (price.site_id is not None, price.effective_from), default=None)
