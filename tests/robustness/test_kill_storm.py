"""kill -9 of everything while clients book: what was acknowledged is there, and nothing twice."""

from __future__ import annotations

import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any
from zoneinfo import ZoneInfo

import psutil
import pytest

from liangyi.config.embedded.server import Server

pytestmark = pytest.mark.race

SCRIPT = Path(__file__).with_name("clinic_script.py")
CLIENTS = 4
KILLS = ("web worker", "database", "web worker", "jobs", "web", "database", "web worker")
SECONDS_BETWEEN = (0.5, 2.5)
PATIENCE = 120


class Product:
    """A `liangyi run` of its own: HOME, port, embedded server."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = _free_port()
        others = {k: v for k, v in os.environ.items() if not k.startswith("LIANGYI_")}
        values = {"HOME": str(home), "WORKERS": "2", "THREADS": "2"}
        self.environ = {**others, **{f"LIANGYI_{k}": v for k, v in values.items()}}
        self.output = home.parent / "output"

    def start(self) -> None:
        """Start it and wait for its first page."""
        command = [sys.executable, "-m", "liangyi", "run", "--port", str(self.port), "--demo", "0"]
        with self.output.open("w") as out:
            self.process = subprocess.Popen(command, env=self.environ, stdout=out, stderr=subprocess.STDOUT)
        end = time.monotonic() + PATIENCE
        while "Ctrl-C" not in self.output.read_text():
            assert self.process.poll() is None, self.output.read_text()
            assert time.monotonic() < end, self.output.read_text()
            time.sleep(0.1)

    def start_again(self) -> None:
        """Start it after it was killed; again while what was killed still holds the port."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return self.start()
            except AssertionError:
                if "is taken" not in self.output.read_text() or time.monotonic() > end:
                    raise
                time.sleep(1)

    def script(self, *words: str) -> Any:
        """What clinic_script prints for these words."""
        command = [sys.executable, str(SCRIPT), *words]
        done = subprocess.run(command, env=self.environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def part(self, name: str) -> list[psutil.Process]:
        """The processes of a part: "web", its "web worker"s, "jobs", the "database" (its postmaster)."""
        children = psutil.Process(self.process.pid).children()
        web = [p for p in children if "liangyi.config.serve" in _command(p)]
        return {
            "web": web,
            "web worker": [worker for p in web for worker in p.children() if _command(worker)],
            "jobs": [p for p in children if "worker" in _command(p)],
            "database": [p for p in children if _command(p)[:1] and "postgres" in _command(p)[0]],
        }[name]

    def end(self, number: int) -> None:
        self.process.send_signal(number)
        self.process.wait(60)


def _free_port() -> int:
    """A free port below those the system hands to clients: one that keeps dialling a dead server's port
    from among them ends up connected to itself, and holds it."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def _command(process: psutil.Process) -> list[str]:
    """How it was started; empty for one that has ended meanwhile."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []


@pytest.fixture
def product(copy_home: Callable[[Path], None]) -> Iterator[Product]:
    folder = Path(tempfile.mkdtemp(prefix="liangyi-storm-"))
    folder.chmod(0o755)
    copy_home(folder / "var")
    product = Product(folder / "var")
    product.start()
    yield product
    if product.process.poll() is None:
        product.end(signal.SIGTERM)
    Server(product.home).stop_leftover()
    shutil.rmtree(folder)


class Booker(Thread):
    """Books one time after the other with one practitioner, each until it is acknowledged."""

    def __init__(self, product: Product, clinic: dict[str, Any], place: int, calm: Event) -> None:
        super().__init__()
        self.port, self.place, self.calm = product.port, place, calm
        self.headers = {"Authorization": f"Bearer {clinic['token']}", "Content-Type": "application/json"}
        self.order = {
            "service": clinic["service"],
            "practitioner": clinic["doctors"][place],
            "patient": clinic["patients"][place],
        }
        self.acknowledged: dict[str, str] = {}
        self.surprises: list[Any] = []

    def run(self) -> None:
        for n, start in enumerate(_times()):
            if self.calm.is_set():
                return
            self._until_acknowledged(f"{self.place}-{n}", start)

    def _until_acknowledged(self, key: str, start: datetime) -> None:
        body = json.dumps(self.order | {"start": start.isoformat()})
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            status, answer = self._send(key, body)
            if status == 201:
                self.acknowledged[key] = answer["id"]
                return
            if 0 < status < 500:
                self.surprises.append((key, status, answer))
                return
            time.sleep(0.05)
        self.surprises.append((key, "never acknowledged"))

    def _send(self, key: str, body: str) -> tuple[int, Any]:
        web = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            web.request(
                "POST", "/api/v1/scheduling/appointments", body, self.headers | {"Idempotency-Key": key}
            )
            response = web.getresponse()
            return response.status, json.loads(response.read()) if response.status < 500 else None
        except (OSError, http.client.HTTPException):
            return 0, None
        finally:
            web.close()


def _times() -> Iterator[datetime]:
    """Half-hours of the working days from tomorrow on."""
    zone = ZoneInfo("Asia/Shanghai")
    day = datetime.now(zone).replace(hour=9, minute=0, second=0, microsecond=0)
    while True:
        day += timedelta(days=1)
        if day.isoweekday() != 7:
            yield from (day + timedelta(minutes=30 * n) for n in range(16))


def _storm(product: Product, chance: random.Random) -> None:
    """kill -9 one part after the other, whatever it is doing."""
    for name in KILLS:
        time.sleep(chance.uniform(*SECONDS_BETWEEN))
        end = time.monotonic() + PATIENCE
        while not (found := product.part(name)):
            assert time.monotonic() < end, f"{name} does not come back"
            time.sleep(0.1)
        chance.choice(found).kill()


def _wait_for_more(bookers: list[Booker]) -> None:
    """Everything has come up by itself when every client gets another booking acknowledged."""
    before = [len(booker.acknowledged) for booker in bookers]
    end = time.monotonic() + PATIENCE
    while any(len(b.acknowledged) <= n for b, n in zip(bookers, before, strict=True)):
        assert time.monotonic() < end, "the product did not come up by itself"
        time.sleep(0.1)


def test_acknowledged_bookings_survive_a_storm(product: Product) -> None:
    clinic = product.script("found", str(CLIENTS))
    calm = Event()
    bookers = [Booker(product, clinic, place, calm) for place in range(CLIENTS)]
    for booker in bookers:
        booker.start()
    try:
        _storm(product, random.Random(20261122))
        _wait_for_more(bookers)
        product.end(signal.SIGKILL)
        product.start_again()
        _wait_for_more(bookers)
    finally:
        calm.set()
        for booker in bookers:
            booker.join()
    _check(product, bookers)


def _check(product: Product, bookers: list[Booker]) -> None:
    assert [surprise for booker in bookers for surprise in booker.surprises] == []
    acknowledged = {key: id for booker in bookers for key, id in booker.acknowledged.items()}
    found = product.script("booked")
    assert max(Counter(key for key, _id in found["appointments"]).values()) == 1
    assert dict(found["appointments"]) == acknowledged
    assert found["overlaps"] == 0
