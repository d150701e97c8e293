"""Keeps the parts of one HOME running: database, web, worker. Ends what it started, nothing else."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import psutil

STOP_SECONDS = 12
STEADY_SECONDS = 60
LONGEST_PAUSE = 30.0


class AlreadyRunning(Exception):
    """Another `liangyi run` holds this HOME; the text names it."""


class Lock:
    """HOME/run.json: held by the one `liangyi run` of this HOME, and naming what it started.

    The kernel frees the lock however the holder ends; a file with children in it is then what an
    unclean end has left behind.
    """

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self._file: IO[str] = (home / "run.json").open("a+")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise AlreadyRunning(_already(home, self._read())) from None

    def leftovers(self) -> list[psutil.Process]:
        """What a killed run has left and what that started; a reused process number is not among it."""
        found = []
        for pid, created in self._read().get("children", []):
            try:
                process = psutil.Process(pid)
                if abs(process.create_time() - created) < 0.1:
                    found += [process, *process.children(recursive=True)]
            except psutil.NoSuchProcess:
                continue
        return found

    def write(self, address: str, children: Sequence[int]) -> None:
        """Name ourselves and the processes we have started."""
        births = [(pid, psutil.Process(pid).create_time()) for pid in children if psutil.pid_exists(pid)]
        self._file.seek(0)
        self._file.truncate()
        json.dump({"pid": os.getpid(), "address": address, "children": births}, self._file)
        self._file.flush()

    def release(self) -> None:
        """A clean end: nothing is left to name."""
        self._file.seek(0)
        self._file.truncate()
        self._file.close()

    def _read(self) -> dict[str, Any]:
        self._file.seek(0)
        try:
            content: dict[str, Any] = json.loads(self._file.read() or "{}")
        except ValueError:
            return {}
        return content


def _already(home: Path, content: Mapping[str, Any]) -> str:
    where = f" on {content['address']}" if content.get("address") else ""
    who = f" (process {content['pid']})" if content.get("pid") else ""
    return f"Liangyi already runs{where}{who} with the data in {home}"


def end_all(processes: Sequence[psutil.Process], seconds: float = STOP_SECONDS) -> None:
    """SIGTERM to all of them, SIGKILL to those that are still there after `seconds`."""
    for process in processes:
        _signal(process, signal.SIGTERM)
    _gone, alive = psutil.wait_procs(processes, timeout=seconds)
    for process in alive:
        _signal(process, signal.SIGKILL)
    psutil.wait_procs(alive, timeout=5)


def _signal(process: psutil.Process, number: int) -> None:
    with suppress(psutil.NoSuchProcess):
        process.send_signal(number)


@dataclass
class Child:
    """A part that runs as a process of its own and is started again when it ends, later each time."""

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    started: float = 0.0
    not_before: float = 0.0

    def tend(self, now: float) -> bool:
        """Start or restart it if it is time to; returns whether a process was started."""
        if self.process is not None and self.process.poll() is None:
            return False
        if self.process is not None:
            self._note_end(now)
        if now < self.not_before:
            return False
        self.process = self.start()
        self.started = now
        return True

    def _note_end(self, now: float) -> None:
        assert self.process is not None  # noqa: S101 tend() has looked
        self.failures = 0 if now - self.started > STEADY_SECONDS else self.failures + 1
        pause = min(0.5 * 2 ** max(self.failures - 1, 0), LONGEST_PAUSE)
        say(f"{self.name} ended with status {self.process.returncode}; it is started again in {pause:g} s")
        self.not_before = now + pause
        self.process = None


@dataclass
class Supervisor:
    """Tends its children until a signal asks it to stop."""

    lock: Lock
    address: str
    children: list[Child] = field(default_factory=list)
    stopping: bool = False

    def take_signals(self) -> None:
        """Ctrl-C, SIGTERM and a closed terminal end the run in good order."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)

    def tend(self) -> None:
        """Look once after every child, the first ones first: the others need them."""
        started = [child.tend(time.monotonic()) for child in self.children if not self.stopping]
        if any(started):
            self.lock.write(self.address, [c.process.pid for c in self.children if c.process])

    def tend_until_stopped(self) -> None:
        """The rest of the run."""
        while not self.stopping:
            self.tend()
            time.sleep(0.2)

    def run(self, command: Sequence[str], environ: Mapping[str, str]) -> int:
        """Run something to its end while tending the children; a stop ends it too. Returns its status."""
        process = start_process(command, environ)
        while process.poll() is None:
            if self.stopping:
                end_all([psutil.Process(process.pid)])
            self.tend()
            time.sleep(0.1)
        return process.returncode

    def end(self, *names: str) -> None:
        """End these children with all they started."""
        mine = [
            c.process for c in self.children if c.name in names and c.process and c.process.poll() is None
        ]
        trees = [psutil.Process(process.pid) for process in mine]
        below = [p for tree in trees for p in tree.children(recursive=True)]
        end_all(trees)
        end_all(below, seconds=1)
        for process in mine:
            process.wait()

    def _stop(self, *_signal: object) -> None:
        self.stopping = True


def start_process(command: Sequence[str], environ: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start one of our own programs, out of reach of the terminal's Ctrl-C: we pass the end on ourselves."""
    return subprocess.Popen(command, env=dict(environ), stdin=subprocess.DEVNULL, start_new_session=True)


def say(text: str) -> None:
    """A line for whoever started the run."""
    sys.stderr.write(f"liangyi: {text}\n")
    sys.stderr.flush()
