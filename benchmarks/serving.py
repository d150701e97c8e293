"""Requests over HTTP, then their statements alone: one part of `make bench`, in a process of its own.

LIANGYI_DATABASE_URL=… LIANGYI_HOME=… python -m benchmarks.serving clinic|evidence [--seconds 5] …
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
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.load import Measured, run_load
from benchmarks.report import Line, as_table, circumstances

if TYPE_CHECKING:
    from django.test import Client

    from benchmarks.scenarios import Ask, Scenario

LOG = Path(__file__).parent / "out" / "web.log"
CLIENTS = (1, 8)
SAMPLE = 60
MOST_A_SECOND = {1: 800, 8: 2000}
MOST_BOOKINGS_A_SECOND = {1: 120, 8: 400}
START_SECONDS = 60


def main() -> None:
    """Measure one set of scenarios and print its section."""
    parser = argparse.ArgumentParser(prog="benchmarks.serving")
    parser.add_argument("scenarios", choices=("clinic", "evidence"))
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--only", default="", help="scenarios whose name holds this")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liangyi.config.settings")
    import django

    django.setup()
    from benchmarks.scenarios import appointments_there, patients_there

    size = f"- {patients_there():,} patients, {appointments_there():,} appointments"
    scenarios = _scenarios(options.scenarios)
    with _web() as port:
        lines = [
            _line(port, each, options.seconds)
            for each in scenarios
            if options.only in each.name or each is scenarios[0]
        ]
    server = f"- {os.environ['LIANGYI_WORKERS']} web processes of {os.environ['LIANGYI_THREADS']} threads"
    sys.stdout.write("\n".join([*circumstances(), server, size, "", as_table(lines)]) + "\n")


def _scenarios(name: str) -> list[Scenario]:
    """The empty page, by which the floor is reckoned, comes first in either set."""
    from benchmarks.evidence import Evidence
    from benchmarks.scenarios import Prepared

    prepared = Prepared()
    if name == "clinic":
        return prepared.scenarios()
    return [prepared.scenarios()[0], *Evidence(prepared).scenarios()]


def _line(port: int, scenario: Scenario, seconds: float) -> Line:
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
    web = [_load(port, asks, clients, seconds, most[clients]) for clients in CLIENTS]
    bare = [_replay(*pair, seconds) for pair in zip(statements, CLIENTS, strict=True)]
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


def _replay(statements: list[Any], clients: int, seconds: float) -> Measured:
    from benchmarks.replay import replay

    return replay(os.environ["LIANGYI_DATABASE_URL"], statements, clients, seconds)


@contextmanager
def _web() -> Iterator[int]:
    """The product's own web server; its log goes to a file."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "liangyi.config.serve", "127.0.0.1", str(port)]
    environ = {**os.environ, "LIANGYI_PROCESS": "web", "LIANGYI_LOG_LEVEL": "INFO"}
    with LOG.open("w") as log:
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
    raise SystemExit(f"the web server does not answer; see {LOG}")


if __name__ == "__main__":
    main()
