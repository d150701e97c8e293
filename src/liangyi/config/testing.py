"""The pytest plugin: settings for tests, a PostgreSQL where none is given, and its databases.

One throw-away server serves all workers of a run. The migrated database is made once; each worker
gets a copy of it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.db.backends.base.creation import TEST_DATABASE_PREFIX
from django.test import override_settings

from liangyi.config.embedded.place import DATABASE
from liangyi.config.embedded.server import Server

FOLDERS = "liangyi-test-"
HASTY = {"fsync": "off", "full_page_writes": "off", "max_connections": "300", "shared_buffers": "128MB"}

ASKS_DATABASE = frozenset(("db", "transactional_db", "live_server", "django_db_setup"))

_server: Server | None = None


def pytest_addoption(parser: pytest.Parser) -> None:
    """What a run on another PostgreSQL need not repeat."""
    parser.addoption("--only-database", action="store_true", help="only tests that ask the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --only-database: leave out what says the same on every PostgreSQL."""
    if not config.getoption("only_database"):
        return
    left_out = [item for item in items if not _asks_database(item)]
    items[:] = [item for item in items if _asks_database(item)]
    config.hook.pytest_deselected(items=left_out)


def _asks_database(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("race")
    return marked is not None or bool(ASKS_DATABASE & set(getattr(item, "fixturenames", ())))


def pytest_configure() -> None:
    """Passwords are hashed in a blink: a fifth of a second each is what they cost, on purpose."""
    override_settings(PASSWORD_HASHERS=["liangyi.config.testing.QuickArgon2"]).enable()


class QuickArgon2(Argon2PasswordHasher):
    """Argon2 without the work that makes it slow to guess."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, object, object]:
    """Runs before Django reads its settings."""
    global _server
    os.environ.setdefault("LIANGYI_MODE", "test")
    if "LIANGYI_DATABASE_URL" not in os.environ:
        _remove_leftovers()
        _server = _throwaway_server()
        os.environ["LIANGYI_HOME"] = str(_server.place.home)
        os.environ["LIANGYI_DATABASE_URL"] = (
            f"postgresql://{DATABASE}@/{DATABASE}?host={_server.place.sockets}"
        )
    return (yield)


def pytest_unconfigure() -> None:
    """End the server we started."""
    global _server
    if _server is not None:
        _server.stop()
        shutil.rmtree(_server.place.home)
        _server = None


def _throwaway_server() -> Server:
    home = Path(tempfile.mkdtemp(prefix=FOLDERS))
    home.chmod(0o755)  # for root, whose server runs as another user
    (home / "pid").write_text(str(os.getpid()))
    server = Server(home, HASTY)
    server.start()
    return server


def _remove_leftovers() -> None:
    """End the servers of test runs that were killed."""
    for home in Path(tempfile.gettempdir()).glob(f"{FOLDERS}*"):
        try:
            if not psutil.pid_exists(int((home / "pid").read_text())):
                Server(home).stop_leftover()
                shutil.rmtree(home)
        except (OSError, ValueError):  # another user's, or removed meanwhile
            continue


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,  # noqa: ARG001 it must come first
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """pytest-django's fixture, with one migrated database copied for each worker of a parallel run."""
    option = request.config.option
    keep = option.reuse_db and not option.create_db
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    name = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        if worker:
            with one_at_a_time(tmp_path_factory, "database") as is_first:
                _copy_for(worker, is_first, keep)
        else:
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=keep)
    yield
    with django_db_blocker.unblock():
        connection.close()
        if worker or not keep:
            connection.creation.destroy_test_db(name, verbosity=0)


def _copy_for(worker: str, is_first: bool, keep: bool) -> None:
    """Point the connection at this worker's copy; the first worker to come makes what is copied."""
    if is_first:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=keep)
    else:
        _use(f"{TEST_DATABASE_PREFIX}{connection.settings_dict['NAME']}")
    connection.close()
    connection.creation.clone_test_db(worker, verbosity=0, autoclobber=True)
    _use(connection.creation.get_test_db_clone_settings(worker)["NAME"])


def _use(name: str) -> None:
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


@contextmanager
def one_at_a_time(tmp_path_factory: pytest.TempPathFactory, what: str) -> Iterator[bool]:
    """Hold the run's lock for `what`; yields True to the first worker of the run."""
    mine = tmp_path_factory.getbasetemp()
    shared = mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine
    with (shared / what).open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        yield not file.read()
        file.write("made")
