"""The requests that are measured, made from what is in the database."""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import cycle, islice
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.test import Client

from liangyi.domains.catalogue.models import Service
from liangyi.domains.patients.models import Patient, Registration
from liangyi.domains.scheduling import queries
from liangyi.domains.scheduling.models import Appointment
from liangyi.platform import actors, clock
from liangyi.platform.access.models import Account, ApiToken, Site
from liangyi.platform.access.queries import actor_for, token_digest
from liangyi.platform.audit.services import recorded

EMPTY_PAGE = "/me/password/"
DAYS_AHEAD = 28
SERVICES = 8
BOOKING = "/api/v1/scheduling/appointments"
SETUP = actors.system("benchmark")


@dataclass(frozen=True)
class Ask:
    """One HTTP request."""

    method: str
    path: str
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    def as_bytes(self) -> bytes:
        """As it goes over the wire."""
        body = self.body.encode()
        lines = [f"{self.method} {self.path} HTTP/1.1", "Host: 127.0.0.1"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        if body:
            lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def send_by(self, client: Client) -> None:
        """Ask in this process; raises for an answer that is no success."""
        headers = dict(self.headers)
        answer = client.generic(self.method, self.path, self.body, "application/json", headers=headers)
        assert answer.status_code < 300, (self, answer.status_code, answer.content[:500])


@dataclass(frozen=True)
class Scenario:
    """Requests of one kind. `once`: each may be sent only once; `alike`: they are all the same."""

    name: str
    asks: Callable[[], Iterator[Ask]]
    once: bool = False
    alike: bool = False


class Prepared:
    """Somebody at the reception of the largest site, signed in over REST and in a browser."""

    def __init__(self, seed: int = 7) -> None:
        self.chance = random.Random(seed)
        self.now = clock.now()
        self.account = Account.objects.get(username="reception")
        self.actor = actor_for(self.account)
        self.site = self._largest_site()
        self.today = clock.local_day(self.now, self.site.time_zone)
        token = ("Authorization", f"Bearer {self._token()}")
        self.rest: tuple[tuple[str, str], ...] = (token,)
        self.browser = self.browser_of("reception")
        self.services = self._bookable()

    def scenarios(self) -> list[Scenario]:
        """All that is measured, the empty page first."""
        return [
            Scenario("empty signed-in page", self._pages),
            Scenario("slots for a day", self._slot_reads),
            Scenario("booking", self._bookings, once=True),
            Scenario("search by part of name", self._name_searches),
            Scenario("search by phone", self._phone_searches),
            Scenario("day list", self._day_lists),
        ]

    def _largest_site(self) -> Site:
        sites = Site.objects.filter(pk__in=self.actor.grants)
        return max(sites, key=lambda site: Registration.objects.filter(site=site).count())

    def _token(self) -> str:
        raw = secrets.token_urlsafe(32)
        with recorded(SETUP):
            ApiToken.objects.create(
                account=self.account,
                digest=token_digest(raw),
                created_at=self.now,
                expires_at=self.now + timedelta(hours=12),
            )
        return raw

    def browser_of(self, username: str) -> tuple[tuple[str, str], ...]:
        """The headers of somebody's browser, signed in."""
        session = self._session(Account.objects.get(username=username))
        return (("Cookie", f"{settings.SESSION_COOKIE_NAME}={session}"),)

    def _session(self, account: Account) -> str:
        client = Client(SERVER_NAME="127.0.0.1")
        with recorded(SETUP):
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def _bookable(self) -> list[UUID]:
        offered = Service.objects.filter(is_active=True, offers__site=self.site).order_by("code")
        found = [service.pk for service in offered if self._free(service.pk, self._workday(1))]
        return found[:SERVICES]

    def _workday(self, ahead: int) -> date:
        day = self.today + timedelta(days=ahead)
        return day + timedelta(days=1) if day.isoweekday() == 7 else day

    def _free(self, service: UUID, day: date) -> list[queries.FreeSlot]:
        return queries.free_slots(
            self.actor, site=self.site.pk, service=service, first=day, last=day, at=self.now
        )

    def _pages(self) -> Iterator[Ask]:
        return cycle([Ask("GET", EMPTY_PAGE, headers=self.browser)])

    def _get(self, path: str) -> Ask:
        return Ask("GET", f"/api/v1/{path}", headers=self.rest)

    def _slot_reads(self) -> Iterator[Ask]:
        while True:
            service = self.chance.choice(self.services)
            day = self._workday(self.chance.randint(1, DAYS_AHEAD))
            yield self._get(f"scheduling/slots?service={service}&site={self.site.pk}&from={day}&to={day}")

    def _name_searches(self) -> Iterator[Ask]:
        names = list(
            Patient.objects.filter(registrations__site=self.site).values_list("name", flat=True)[:5000]
        )
        while True:
            name = self.chance.choice(names)
            yield self._get(f"patients?q={quote(name[-2:])}")

    def _phone_searches(self) -> Iterator[Ask]:
        known = Patient.objects.filter(registrations__site=self.site).exclude(phone="")
        phones = list(known.values_list("phone", flat=True)[:5000])
        while True:
            yield self._get(f"patients?q={self.chance.choice(phones)[-4:]}")

    def _day_lists(self) -> Iterator[Ask]:
        while True:
            day = self.today - timedelta(days=self.chance.randint(1, 330))
            yield self._get(f"scheduling/appointments?day={day}&site={self.site.pk}")

    def _bookings(self) -> Iterator[Ask]:
        patients = self._patients()
        for ahead in range(1, 366):
            day = self.today + timedelta(days=ahead)
            for service, slot in self._apart(day):
                yield self._booking(next(patients), service, slot)

    def _patients(self) -> Iterator[UUID]:
        grown = Patient.objects.filter(
            registrations__site=self.site,
            birth_date__lt=self.today - timedelta(days=19 * 366),
            consents__text__kind="privacy",
            consents__withdrawn_at=None,
            canonical=None,
        )
        return cycle(list(grown.values_list("pk", flat=True).distinct()[:4000]))

    def _apart(self, day: date) -> Iterator[tuple[UUID, queries.FreeSlot]]:
        """Free times of a day that do not stand in each other's way."""
        held: list[tuple[UUID, datetime, datetime]] = []
        margin = timedelta(minutes=60)
        for service in self.services:
            for slot in self._free(service, day):
                wanted = [
                    (slot.practitioner, slot.start, slot.end),
                    (slot.room, slot.start - margin, slot.end + margin),
                ]
                if not any(_meet(a, b) for a in wanted for b in held):
                    held += wanted
                    yield service, slot

    def _booking(self, patient: UUID, service: UUID, slot: queries.FreeSlot) -> Ask:
        order: dict[str, Any] = {
            "patient": str(patient),
            "service": str(service),
            "site": str(self.site.pk),
            "practitioner": str(slot.practitioner),
            "start": slot.start.isoformat(),
        }
        key = ("Idempotency-Key", secrets.token_hex(8))
        return Ask("POST", BOOKING, json.dumps(order), (*self.rest, key))


def _meet(one: tuple[UUID, datetime, datetime], other: tuple[UUID, datetime, datetime]) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def taken(asks: Iterator[Ask], count: int) -> list[Ask]:
    """The next `count` of them, or all that are left."""
    return list(islice(asks, count))


def appointments_there() -> int:
    """How many appointments the database holds."""
    return Appointment.objects.count()


def patients_there() -> int:
    """How many patients the database holds."""
    return Patient.objects.count()
