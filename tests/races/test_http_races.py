"""The marker race: fifty connections to the real server want one slot; one gets it, the others hear so."""

from __future__ import annotations

import http.client
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import pytest
from django.db import connection
from liangyi_test_clinic import local

from liangyi.domains.scheduling.models import Appointment, Reservation
from liangyi.platform import actors, clock
from liangyi.platform.access.models import Account, ApiToken
from liangyi.platform.access.queries import token_digest
from liangyi.platform.audit.services import recorded

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

CONNECTIONS = 50
ROUNDS = 20
START_SECONDS = 120
BOOKINGS = "/api/v1/scheduling/appointments"


class Answer(NamedTuple):
    status: int
    body: dict[str, Any]


def database_url() -> str:
    """The test database as LIANGYI_DATABASE_URL names one."""
    own = connection.settings_dict
    host, port = own["HOST"], f":{own['PORT']}" if own["PORT"] else ""
    user = f"{quote(own['USER'])}:{quote(own['PASSWORD'])}" if own["PASSWORD"] else quote(own["USER"])
    if host.startswith("/"):
        return f"postgresql://{user}@{port}/{own['NAME']}?{urlencode({'host': host})}"
    return f"postgresql://{user}@{host}{port}/{own['NAME']}"


@pytest.fixture
def serve() -> Iterator[Callable[[int], int]]:
    """`serve(8)` starts the product's own web server on the test database, with 2 processes of so many
    threads; returns its port."""
    servers: list[subprocess.Popen[bytes]] = []

    def start(threads: int) -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        values = {"MODE": "test", "PROCESS": "web", "WORKERS": "2", "THREADS": str(threads)}
        values |= {"DATABASE_URL": database_url(), "LOG_LEVEL": "WARNING"}
        environ = {**os.environ, **{f"LIANGYI_{name}": value for name, value in values.items()}}
        command = [sys.executable, "-m", "liangyi.config.serve", "127.0.0.1", str(port)]
        servers.append(subprocess.Popen(command, env=environ))
        _wait_until_it_answers(servers[-1], port)
        return port

    yield start
    for server in servers:
        server.terminate()
        server.wait(30)


def _wait_until_it_answers(server: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert server.poll() is None, "the server ended"
        web = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            web.request("GET", "/api/v1/openapi.json")
            assert web.getresponse().status == 200
            return
        except OSError:
            time.sleep(0.2)
        finally:
            web.close()
    pytest.fail("the server does not answer")


@pytest.fixture
def tokens(person: Callable[..., Account]) -> list[str]:
    """A bearer token for every connection."""
    account = person("reception")
    raw = [secrets.token_urlsafe(32) for _ in range(CONNECTIONS)]
    now = clock.now()
    with recorded(actors.system("test")):
        ApiToken.objects.bulk_create(
            ApiToken(
                account=account,
                digest=token_digest(each),
                created_at=now,
                expires_at=now + timedelta(hours=1),
            )
            for each in raw
        )
    return raw


def slots() -> Iterator[datetime]:
    """Half-hours of the doctor's next Tuesdays."""
    day = clock.local_day(clock.now(), "Asia/Shanghai") + timedelta(days=2)
    day += timedelta(days=(1 - day.weekday()) % 7)
    while True:
        for half_hours in range(16):
            yield local(day, "09:00") + timedelta(minutes=30 * half_hours)
        day += timedelta(days=7)


class Contestant:
    """One kept connection with a token and a patient of its own."""

    def __init__(self, port: int, token: str, order: dict[str, str]) -> None:
        self.web = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.web.connect()
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.order = order

    def book(self, start: datetime, key: str) -> Answer:
        body = json.dumps(self.order | {"start": start.isoformat()})
        self.web.request("POST", BOOKINGS, body, self.headers | {"Idempotency-Key": key})
        response = self.web.getresponse()
        return Answer(response.status, json.loads(response.read()))


def compete(contestants: list[Contestant], start: datetime, turn: int) -> list[Answer]:
    """All book `start` at the same moment."""
    answers: list[Any] = [None] * len(contestants)
    line = Barrier(len(contestants))

    def run(place: int) -> None:
        line.wait()
        try:
            answers[place] = contestants[place].book(start, f"{turn}-{place}")
        except Exception as error:
            answers[place] = Answer(0, {"code": repr(error)})

    threads = [Thread(target=run, args=(place,)) for place in range(len(contestants))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def check_round(answers: list[Answer]) -> None:
    """One 201, all others a clean 409 that offers something else."""
    lost = [answer for answer in answers if answer.status != 201]
    assert len(answers) - len(lost) == 1, sorted(answer.status for answer in answers)
    seen = {(answer.status, answer.body["code"]) for answer in lost}
    assert seen == {(409, "scheduling.slot_taken")}, lost
    assert all(answer.body["alternatives"] for answer in lost)


@pytest.mark.parametrize("threads", [1, 8])
def test_fifty_connections_want_one_slot(
    clinic: Any, tokens: list[str], serve: Callable[[int], int], threads: int
) -> None:
    orders = [
        {
            "patient": str(clinic.add_patient(f"患者{n}").id),
            "service": str(clinic.service.id),
            "practitioner": str(clinic.doctor.id),
        }
        for n in range(CONNECTIONS)
    ]
    port = serve(threads)
    contestants = [Contestant(port, *pair) for pair in zip(tokens, orders, strict=True)]
    for turn, start in zip(range(ROUNDS), slots(), strict=False):
        check_round(compete(contestants, start, turn))
    for contestant in contestants:
        contestant.web.close()
    assert Appointment.objects.count() == ROUNDS
    assert Reservation.objects.count() == 3 * ROUNDS
