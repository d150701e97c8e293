"""Facts of a site on a day, and what follows from them. No database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

from stdnum.cn import uscc

SITE_CODE = re.compile(r"[A-Z0-9]{1,6}")
SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
PHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,18}")


@dataclass(frozen=True)
class LicenceFacts:
    """A 医疗机构执业许可证 as the gates need it."""

    number: str
    category: str
    max_level: int
    subjects: frozenset[str]
    valid_from: date
    valid_to: date

    def is_in_force(self, day: date) -> bool:
        """Whether the licence holds on that day, both ends included."""
        return self.valid_from <= day <= self.valid_to


@dataclass(frozen=True)
class SiteFacts:
    """A site as it stands on the day `on`, read in one statement.

    `licence` is the one in force on `on`; `last_licence` the newest of all, to say since when none is.
    Closing days before `on` are not known here.
    """

    id: UUID
    name: str
    time_zone: str
    code: str
    is_active: bool
    on: date
    licences: tuple[LicenceFacts, ...] = ()
    closing_days: Mapping[date, str] = field(default_factory=dict)
    hours: Mapping[int, tuple[time, time]] = field(default_factory=dict)

    def licence_on(self, day: date) -> LicenceFacts | None:
        """The licence in force on `day`, the newest where two overlap."""
        return licence_on(self.licences, day)

    @property
    def licence(self) -> LicenceFacts | None:
        return self.licence_on(self.on)

    @property
    def last_licence(self) -> LicenceFacts | None:
        return max(self.licences, key=lambda licence: licence.valid_to, default=None)

    @property
    def subjects(self) -> frozenset[str]:
        """Codes of the subjects permitted on `on`; none without a licence in force."""
        return self.licence.subjects if self.licence else frozenset()

    @property
    def max_level(self) -> int:
        """The highest permitted level on `on`; 0 without a licence in force."""
        return self.licence.max_level if self.licence else 0

    @property
    def licence_number(self) -> str:
        return self.licence.number if self.licence else ""

    @property
    def licence_valid_to(self) -> date | None:
        return self.licence.valid_to if self.licence else None

    def hours_on(self, day: date) -> tuple[time, time] | None:
        """Opening and closing time on `day`; None where closed or where no hours are kept at all."""
        return None if self.is_closed(day) else self.hours.get(day.isoweekday())

    def is_closed(self, day: date) -> bool:
        """A closing day, or a weekday without hours at a site that keeps opening hours."""
        return day in self.closing_days or (bool(self.hours) and day.isoweekday() not in self.hours)

    def closed_because(self, day: date) -> str:
        """The reason written for a closing day; empty for a weekday without hours."""
        return self.closing_days.get(day, "")


def licence_on(licences: Iterable[LicenceFacts], day: date) -> LicenceFacts | None:
    """Of several licences the one in force on `day`; the later start wins."""
    in_force = [licence for licence in licences if licence.is_in_force(day)]
    return max(in_force, key=lambda licence: licence.valid_from, default=None)


def is_credit_code(text: str) -> bool:
    """A 统一社会信用代码 with its check digit (GB 32100-2015)."""
    return bool(uscc.is_valid(text))


def is_phone(text: str) -> bool:
    """Digits with the usual separators, 5 to 20 characters."""
    return PHONE.fullmatch(text) is not None
