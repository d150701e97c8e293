"""May this person do this here on this day? Certificates and privileges against the table of requirements.

The table is data/requirements.toml, with the source of each row. No database.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from liangyi.domains.staff.enums import CredentialKind, Profession, Reason

_FILE = Path(__file__).parent / "data" / "requirements.toml"
_ORDER = (
    Reason.OUT_OF_SCOPE,
    Reason.REGISTERED_ELSEWHERE,
    Reason.EXPIRED,
    Reason.NOT_YET_VALID,
    Reason.REVOKED,
)


@dataclass(frozen=True)
class CredentialFacts:
    """A certificate as the rules need it. `sites` and `subjects` empty: none named."""

    id: UUID
    kind: str
    number: str
    issued_on: date
    valid_to: date | None = None
    revoked_on: date | None = None
    verified_on: date | None = None
    sites: frozenset[UUID] = frozenset()
    subjects: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PrivilegeFacts:
    """The clinic's authority to do a service, first and last day included."""

    service_id: UUID
    valid_from: date
    valid_to: date
    suspended_on: date | None = None


@dataclass(frozen=True)
class Shortfall:
    """One thing that is missing: why, which certificate ("" for a privilege), its number and last day."""

    reason: Reason
    kind: str = ""
    number: str = ""
    valid_to: date | None = None

    @property
    def facts(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "reason": self.reason.value,
            "kind": self.kind,
            "number": self.number,
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
        }


@dataclass(frozen=True)
class PractitionerFacts:
    """Somebody with all that decides what they may do."""

    id: UUID
    name: str
    profession: str
    title: str
    left_on: date | None
    credentials: tuple[CredentialFacts, ...] = ()
    privileges: tuple[PrivilegeFacts, ...] = ()

    def shortfalls(
        self, *, service_id: UUID, subject: str, needs_privilege: bool, site_id: UUID, on: date
    ) -> tuple[Shortfall, ...]:
        """Everything that keeps them from doing a service at a site on a day; empty if nothing."""
        if self.left_on is not None and on > self.left_on:
            return (Shortfall(Reason.LEFT, valid_to=self.left_on),)
        missing = list(is_licensed_for(self.credentials, self.profession, site_id, subject, on))
        if needs_privilege and (withheld := is_privileged_for(self.privileges, service_id, on)):
            missing.append(withheld)
        return tuple(missing)


@dataclass(frozen=True)
class Requirements:
    """data/requirements.toml, read."""

    licence_of: dict[str, str]
    tied_to_place: frozenset[str]
    tied_to_scope: frozenset[str]
    lead_kind: str
    lead_subjects: frozenset[str]
    longest_privilege: timedelta


@cache
def requirements() -> Requirements:
    """The table of what a profession, a certificate and a subject require."""
    data = tomllib.loads(_FILE.read_text("utf-8"))
    return Requirements(
        licence_of={Profession(row["code"]).value: row["licence"] for row in data["profession"]},
        tied_to_place=frozenset(row["code"] for row in data["kind"] if row["tied_to_place"]),
        tied_to_scope=frozenset(row["code"] for row in data["kind"] if row["tied_to_scope"]),
        lead_kind=CredentialKind(data["lead"]["kind"]).value,
        lead_subjects=frozenset(data["lead"]["subjects"]),
        longest_privilege=timedelta(days=data["privilege"]["longest_days"]),
    )


def required_kinds(profession: str, subject: str) -> tuple[str, ...]:
    """The certificates a profession needs for a subject; "" where it may do none at all."""
    table = requirements()
    licence = table.licence_of.get(profession, "")
    return (licence, table.lead_kind) if subject in table.lead_subjects else (licence,)


def is_licensed_for(
    credentials: Iterable[CredentialFacts], profession: str, site_id: UUID, subject: str, on: date
) -> tuple[Shortfall, ...]:
    """What is missing for a subject at a site on a day, one shortfall per required kind; empty if licensed.

    Of several certificates of a kind the one that comes nearest speaks.
    """
    held = list(credentials)
    missing = (
        _nearest([c for c in held if c.kind == kind], kind, site_id, subject, on)
        for kind in required_kinds(profession, subject)
    )
    return tuple(shortfall for shortfall in missing if shortfall)


def is_privileged_for(privileges: Iterable[PrivilegeFacts], service_id: UUID, on: date) -> Shortfall | None:
    """What is wrong with the authority to do a service on a day; None if it is given."""
    given = [p for p in privileges if p.service_id == service_id and p.valid_from <= on]
    if not given:
        return Shortfall(Reason.PRIVILEGE_MISSING)
    running = [p for p in given if on <= p.valid_to]
    if not running:
        return Shortfall(Reason.PRIVILEGE_EXPIRED, valid_to=max(p.valid_to for p in given))
    if any(p.suspended_on is None or p.suspended_on > on for p in running):
        return None
    return Shortfall(Reason.PRIVILEGE_SUSPENDED)


def _nearest(
    held: list[CredentialFacts], kind: str, site_id: UUID, subject: str, on: date
) -> Shortfall | None:
    if not held:
        return Shortfall(Reason.MISSING, kind)
    wrongs = [(list(_wrong(credential, site_id, subject, on)), credential) for credential in held]
    reasons, credential = min(wrongs, key=lambda wrong: _distance(wrong[0]))
    if not reasons:
        return None
    return Shortfall(max(reasons, key=_ORDER.index), kind, credential.number, credential.valid_to)


def _wrong(credential: CredentialFacts, site_id: UUID, subject: str, on: date) -> Iterator[Reason]:
    table = requirements()
    if credential.revoked_on is not None and credential.revoked_on <= on:
        yield Reason.REVOKED
    if credential.issued_on > on:
        yield Reason.NOT_YET_VALID
    if credential.valid_to is not None and credential.valid_to < on:
        yield Reason.EXPIRED
    if (credential.sites or credential.kind in table.tied_to_place) and site_id not in credential.sites:
        yield Reason.REGISTERED_ELSEWHERE
    if (credential.subjects or credential.kind in table.tied_to_scope) and subject not in credential.subjects:
        yield Reason.OUT_OF_SCOPE


def _distance(reasons: list[Reason]) -> int:
    return sum(1 << _ORDER.index(reason) for reason in reasons)
