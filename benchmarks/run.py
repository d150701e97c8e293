"""`make bench`: what the product answers, and how fast, beside an empty page and the bare statements.

    python -m benchmarks.run [--patients 10000] [--years 1] [--seconds 5] [--write] …

The clinic is loaded once into an embedded database of its own below benchmarks/out and kept there;
remove that folder to begin anew. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.load import Measured, run_load
from benchmarks.report import Line, as_document, as_table
from liangyi.config.embedded.place import DATABASE, PORT
from liangyi.config.embedded.server import Server

if TYPE_CHECKING:
    from django.test import Client

    from benchmarks.scenarios import Ask, Scenario

OUT = Path(__file__).parent / "out"
DOCUMENT = Path(__file__).parents[1] / "docs" / "performance.md"
CLIENTS = (1, 8)
COPY = "bench"
SAMPLE = 60
MOST_A_SECOND = {1: 800, 8: 2000}
MOST_BOOKINGS_A_SECOND = {1: 120, 8: 400}
START_SECONDS = 60


@dataclass(frozen=True)
class Options:
    """How large a clinic, how long each scenario, how the server is started."""

    patients: int
    years: float
    seconds: float
    workers: int
    threads: int
    only: str
    write: bool


def main() -> None:
    """Load if need be, measure, print, and with --write keep the figures."""
    options = _options()
    home = _home(options)
    home.mkdir(parents=True, exist_ok=True)
    _point_to(home, options)
    server = Server(home)
    server.start()
    try:
        _fill(options)
        _use_a_copy(server)
        import django

        django.setup()
        lines, size = _measured(server, options)
    finally:
        server.stop()
    sys.stdout.write(as_table(lines) + "\n")
    if options.write and not options.only:
        DOCUMENT.write_text(as_document(lines, size, options.workers, options.threads))


def _options() -> Options:
    parser = argparse.ArgumentParser(prog="benchmarks.run")
    parser.add_argument("--patients", type=int, default=10_000)
    parser.add_argument("--years", type=float, default=1)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", default="", help="scenarios whose name holds this; never kept")
    parser.add_argument("--write", action="store_true", help=f"keep the figures in {DOCUMENT.name}")
    return Options(**vars(parser.parse_args()))


def _home(options: Options) -> Path:
    return OUT / f"home-{options.patients}-{options.years:g}"


def _point_to(home: Path, options: Options) -> None:
    """From here on this process and its children are a Liangyi of their own."""
    for name in [name for name in os.environ if name.startswith("LIANGYI_")]:
        del os.environ[name]
    os.environ |= {
        "LIANGYI_HOME": str(home),
        "LIANGYI_WORKERS": str(options.workers),
        "LIANGYI_THREADS": str(options.threads),
        "LIANGYI_LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "liangyi.config.settings",
    }


def _fill(options: Options) -> None:
    _liangyi("migrate", "-v", "0")
    done = _home(options) / "loaded"
    if not done.exists():
        _liangyi("load_demo", "--patients", str(options.patients), "--years", f"{options.years:g}")
        done.write_text("")
    _liangyi("shell", "-v", "0", "-c", "from django.db import connection as c; c.cursor().execute('ANALYZE')")


def _use_a_copy(server: Server) -> None:
    """Measure on a copy, so that every run begins with the same appointments."""
    with server.connect("postgres") as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {COPY} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {COPY} TEMPLATE {DATABASE}")
    place = f"@:{PORT}/{COPY}?host={server.place.sockets}"
    os.environ["LIANGYI_DATABASE_URL"] = f"postgresql://{DATABASE}{place}"


def _liangyi(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "liangyi", *words], check=True)


def _measured(server: Server, options: Options) -> tuple[list[Line], str]:
    from benchmarks.evidence import Evidence
    from benchmarks.scenarios import Prepared, appointments_there, patients_there

    prepared = Prepared()
    scenarios = [*prepared.scenarios(), *Evidence(prepared).scenarios()]
    size = f"{patients_there():,} patients, {appointments_there():,} appointments"
    with _web() as port:
        lines = [
            _line(server, port, each, options)
            for each in scenarios
            if options.only in each.name or each is scenarios[0]
        ]
    return lines, size


def _line(server: Server, port: int, scenario: Scenario, options: Options) -> Line:
    """One scenario: over HTTP with 1 and 8 clients, then its statements alone with as many connections."""
    from benchmarks.scenarios import taken

    asks = scenario.asks()
    sample = 1 if scenario.alike else SAMPLE
    samples = [taken(asks, sample * clients) for clients in CLIENTS]
    if not scenario.once:
        samples[0][0].send_by(_client())  # what only a first time asks is not counted
    statements = [_statements(sample) for sample in samples]
    warm = taken(asks, 8 if scenario.alike else 40)
    run_load(port, [ask.as_bytes() for ask in warm], 4, 20)
    most = MOST_BOOKINGS_A_SECOND if scenario.once else MOST_A_SECOND
    web = [_load(port, asks, clients, options.seconds, most[clients]) for clients in CLIENTS]
    bare = [_replay(server, *pair, options) for pair in zip(statements, CLIENTS, strict=True)]
    counts = [len(each.statements) for each in statements[0]]
    sys.stderr.write(f"{scenario.name}: {[dict(each.statuses) for each in web]}\n")
    return Line(scenario.name, sum(counts) / len(counts), web, bare)


def _load(port: int, asks: Iterator[Ask], clients: int, seconds: float, most: int) -> Measured:
    from benchmarks.scenarios import taken

    requests = [ask.as_bytes() for ask in taken(asks, int(most * seconds))]
    return run_load(port, requests, clients, seconds)


def _statements(sample: Sequence[Ask]) -> list[Any]:
    from benchmarks.replay import recorded_request

    client = _client()
    return [recorded_request(lambda ask=ask: ask.send_by(client)) for ask in sample]  # type: ignore[misc]


def _client() -> Client:
    from django.test import Client

    return Client(SERVER_NAME="127.0.0.1")


def _replay(server: Server, statements: list[Any], clients: int, options: Options) -> Measured:
    from benchmarks.replay import replay

    place = f"host={server.place.sockets} port={PORT} user={DATABASE} dbname={COPY}"
    return replay(place, statements, clients, options.seconds)


@contextmanager
def _web() -> Iterator[int]:
    """The product's own web server; its log goes to a file."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "liangyi.config.serve", "127.0.0.1", str(port)]
    environ = {**os.environ, "LIANGYI_PROCESS": "web", "LIANGYI_LOG_LEVEL": "INFO"}
    with (OUT / "web.log").open("w") as log:
        web = subprocess.Popen(command, env=environ, stderr=log, stdout=log)
    try:
        _wait_for(port, web)
        yield port
    finally:
        web.terminate()
        web.wait(30)


def _wait_for(port: int, web: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and web.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/sign-in/")
            connection.getresponse()
            return
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()
    raise SystemExit(f"the web server does not answer; see {OUT / 'web.log'}")


if __name__ == "__main__":
    main()
