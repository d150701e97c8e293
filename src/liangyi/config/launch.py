"""`liangyi run`: everything one machine needs, from the database to the first page."""

from __future__ import annotations

import errno
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from liangyi.config.embedded.place import PlaceError
from liangyi.config.embedded.server import Server, ServerError
from liangyi.config.supervisor import AlreadyRunning, Child, Lock, Supervisor, end_all, say, start_process

PORT_SECONDS = 20
STRANGER_SECONDS = 2
WEB_SECONDS = 120
MIGRATION_LOCK = 4_218_001


class RunError(Exception):
    """Liangyi cannot start; the text says why and what to do."""


@dataclass(frozen=True)
class Launch:
    """What the operator asked for."""

    host: str
    port: int
    with_demo: bool

    @property
    def address(self) -> str:
        """Where a browser on this machine finds it."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104 a comparison
        return f"http://{host}:{self.port}"


def run(launch: Launch) -> None:
    """Start everything, tend it, and end it again; returns after a signal."""
    try:
        lock = Lock(settings.HOME)
    except AlreadyRunning as error:
        raise RunError(str(error)) from None
    supervisor = Supervisor(lock, launch.address)
    supervisor.take_signals()
    end_all(lock.leftovers())
    check_port_is_free(launch.host, launch.port)
    try:
        with _database(supervisor):
            _prepare(supervisor, launch)
            _serve(supervisor, launch)
    finally:
        lock.release()


@contextmanager
def _database(supervisor: Supervisor) -> Iterator[None]:
    """The embedded server as a child for the length of the block; nothing with an external one."""
    if settings.ENV.database_url:
        yield
        return
    try:
        server = Server(settings.HOME)
        child = Child("the database", lambda: _start(server))
        supervisor.children.append(child)
        supervisor.tend()
    except (PlaceError, ServerError) as error:
        raise RunError(str(error)) from None
    try:
        yield
    finally:
        server.stop()


def _start(server: Server) -> subprocess.Popen[bytes]:
    server.start()
    assert server.process is not None  # noqa: S101 start() sets it or raises
    return server.process


def _prepare(supervisor: Supervisor, launch: Launch) -> None:
    """Bring the database up to date; fill an empty one with the demo."""
    with migration_lock():
        call_command("migrate", interactive=False, verbosity=0)
    is_first = launch.with_demo and not _has_accounts()
    connections.close_all()
    if is_first and not supervisor.stopping:
        say("loading the demo clinic, once; this takes a while")
        environ = {**os.environ, "LIANGYI_PROCESS": "command"}
        status = supervisor.run([sys.executable, "-m", "liangyi", "load_demo"], environ)
        if status and not supervisor.stopping:
            raise RunError(f"the demo could not be loaded (status {status})")


@contextmanager
def migration_lock() -> Iterator[None]:
    """One node migrates at a time; the others wait here and then find nothing left to do."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            yield
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def _has_accounts() -> bool:
    from liangyi.platform.access.models import Account  # the apps are loaded by now

    return Account.objects.exists()


def _serve(supervisor: Supervisor, launch: Launch) -> None:
    base_url = settings.BASE_URL if "LIANGYI_BASE_URL" in os.environ else launch.address
    environ = {**os.environ, "LIANGYI_BASE_URL": base_url, "LIANGYI_HOME": str(settings.HOME)}
    web = [sys.executable, "-m", "liangyi.config.serve", launch.host, str(launch.port)]
    worker = [sys.executable, "-m", "liangyi", "worker", "--with-parent"]
    supervisor.children += [
        Child("the web", lambda: start_process(web, {**environ, "LIANGYI_PROCESS": "web"})),
        Child("the worker", lambda: start_process(worker, {**environ, "LIANGYI_PROCESS": "worker"})),
    ]
    try:
        if _wait_for_web(supervisor, launch):
            _announce(launch)
        supervisor.tend_until_stopped()
    finally:
        supervisor.end("the web", "the worker")


def _wait_for_web(supervisor: Supervisor, launch: Launch) -> bool:
    end = time.monotonic() + WEB_SECONDS
    while not supervisor.stopping and time.monotonic() < end:
        supervisor.tend()
        if _answers(launch):
            return True
        time.sleep(0.1)
    if not supervisor.stopping:
        raise RunError(f"the web does not answer after {WEB_SECONDS} seconds; the lines above say why")
    return False


def _answers(launch: Launch) -> bool:
    host = "127.0.0.1" if launch.host == "0.0.0.0" else launch.host  # noqa: S104 a comparison
    web = http.client.HTTPConnection(host, launch.port, timeout=10)
    try:
        web.request("HEAD", "/", headers={"Host": settings.ALLOWED_HOSTS[0]})
        return web.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        web.close()


def _announce(launch: Launch) -> None:
    lines = ["", f"  良医 Liangyi  {launch.address}", ""]
    if accounts := _demo_accounts():
        lines += [f"  accounts  {' '.join(accounts)}", f"  password  {settings.DEMO_PASSWORD}", ""]
    lines.append("  Ctrl-C ends it.")
    sys.stdout.write("\n".join(lines) + "\n\n")
    sys.stdout.flush()


def _demo_accounts() -> list[str]:
    """The demo's accounts in this database that have the demo's password; none in production."""
    from liangyi.platform.access.models import Account  # the apps are loaded by now

    if settings.IS_PRODUCTION:
        return []
    reception = Account.objects.filter(username="reception", is_active=True).first()
    names = sorted(Account.objects.filter(is_active=True).values_list("username", flat=True)[:40])
    is_demo = reception is not None and reception.check_password(settings.DEMO_PASSWORD)
    connections.close_all()
    return names if is_demo else []


def check_port_is_free(host: str, port: int) -> None:
    """Raise RunError if another program listens there; what an earlier run left is given time to end.

    A stranger gets a moment too: a process killed just now may hold the port without showing it.
    """
    begin = time.monotonic()
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    while True:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
                return
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise RunError(f"cannot listen on {host}:{port}: {error.strerror}") from None
                patience = PORT_SECONDS if _is_ours(port) else STRANGER_SECONDS
                if time.monotonic() > begin + patience:
                    raise RunError(
                        f"port {port} is taken by another program; another one: make run PORT={port + 1}"
                    ) from None
        time.sleep(0.2)


def _is_ours(port: int) -> bool:
    """Whether an orphan of an earlier run still listens: it ends by itself in a moment."""
    for process in psutil.process_iter():
        try:
            ours = "liangyi" in " ".join(process.cmdline()) or "granian" in process.name()
            if ours and any(c.laddr.port == port for c in process.net_connections("tcp")):
                return not any("run" in parent.cmdline() for parent in process.parents())
        except (psutil.Error, OSError):
            continue
    return False
