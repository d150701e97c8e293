"""The real command on a free port: what it starts, and that nothing is left."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

SECONDS = 120


class Run:
    """`liangyi run` in a process of its own, its output in a file."""

    def __init__(self, environ: dict[str, str], port: int, output: Path) -> None:
        self.port = port
        self.output = output
        command = [sys.executable, "-m", "liangyi", "run", "--port", str(port), "--demo", "0"]
        with output.open("w") as out:
            self.process = subprocess.Popen(command, env=environ, stdout=out, stderr=subprocess.STDOUT)

    def wait_until_ready(self) -> None:
        end = time.monotonic() + SECONDS
        while "Ctrl-C" not in self.output.read_text():
            assert self.process.poll() is None, self.output.read_text()
            assert time.monotonic() < end, self.output.read_text()
            time.sleep(0.1)

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def status(self, path: str = "/") -> int:
        web = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            web.request("GET", path)
            return web.getresponse().status
        except OSError:
            return 0
        finally:
            web.close()

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)


@pytest.fixture
def start(
    environ: Callable[..., dict[str, str]], free_port: int, tmp_path: Path
) -> Iterator[Callable[[], Run]]:
    runs: list[Run] = []

    def make() -> Run:
        runs.append(Run(environ(workers="1", threads="1"), free_port, tmp_path / f"output-{len(runs)}"))
        return runs[-1]

    yield make
    for run in runs:
        if run.process.poll() is None:
            run.end()


def eventually(check: Callable[[], bool]) -> bool:
    end = time.monotonic() + SECONDS
    while not check():
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


def test_run_starts_everything_and_sigterm_ends_it_all(start: Callable[[], Run]) -> None:
    run = start()
    run.wait_until_ready()
    family = run.family()
    assert run.status() in (200, 302, 303, 404)
    assert {"postgres"} <= {process.name() for process in family}
    assert run.end() == 0
    assert [p for p in family if _is_alive(p)] == []


def test_run_refuses_a_second_one_and_comes_up_after_kill_9(
    start: Callable[[], Run], home: Path, copy_home: Callable[[Path], None]
) -> None:
    copy_home(home)
    first = start()
    first.wait_until_ready()
    second = start()
    assert second.process.wait(60) == 1
    assert f"already runs on http://127.0.0.1:{first.port}" in second.output.read_text()

    family = first.family()
    first.end(signal.SIGKILL)
    third = start()
    third.wait_until_ready()
    assert [p for p in family if _is_alive(p)] == []
    assert third.status() in (200, 302, 303, 404)


def test_run_restarts_what_is_killed(
    start: Callable[[], Run], home: Path, copy_home: Callable[[Path], None]
) -> None:
    copy_home(home)
    run = start()
    run.wait_until_ready()
    children = psutil.Process(run.process.pid).children()
    assert len(children) == 3
    for child in children:
        child.kill()
    assert eventually(lambda: run.status() in (200, 302, 303, 404))
    assert eventually(lambda: len(psutil.Process(run.process.pid).children()) == 3)


def test_run_says_that_the_port_is_taken(start: Callable[[], Run], free_port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port))
        other.listen()
        run = start()
        assert run.process.wait(60) == 1
    assert f"port {free_port} is taken by another program" in run.output.read_text()


@pytest.mark.parametrize(
    ("values", "command", "says"),
    [
        ({"workrs": "2"}, "run", "did you mean LIANGYI_WORKERS?"),
        ({"mode": "production"}, "run", "LIANGYI_SECRET_KEY must be set in production"),
    ],
)
def test_a_setting_that_cannot_be_used_stops_the_start(
    environ: Callable[..., dict[str, str]], values: dict[str, str], command: str, says: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "liangyi", command], env=environ(**values), capture_output=True, text=True
    )
    assert done.returncode == 2
    assert done.stderr.startswith("liangyi: LIANGYI_")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_load_demo_is_refused_in_production(environ: Callable[..., dict[str, str]]) -> None:
    values = {
        "mode": "production",
        "secret_key": os.urandom(32).hex(),
        "data_key": os.urandom(32).hex(),
        "allowed_hosts": "clinic.example",
        "base_url": "https://clinic.example",
    }
    done = subprocess.run(
        [sys.executable, "-m", "liangyi", "load_demo"], env=environ(**values), capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "load_demo is refused in production" in done.stderr


def _is_alive(process: psutil.Process) -> bool:
    """Running, and not only waiting to be reaped by whoever is number one on this machine."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
