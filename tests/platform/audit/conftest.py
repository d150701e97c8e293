"""A chain of its own for every test, and ways to write behind the triggers' back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from liangyi.platform.access.models import Site
from liangyi.platform.audit import sealing
from liangyi.platform.audit.services import recorded

Run = Callable[..., Any]


def execute(sql: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def sql() -> Run:
    """`sql("SELECT …", values)` as the application would run it."""
    return execute


@pytest.fixture
def tamper() -> Run:
    """`tamper("UPDATE …", values)` as somebody who owns the database: no trigger fires."""

    def run(statement: str, *values: object) -> None:
        execute("SET session_replication_role = replica")
        try:
            execute(statement, *values)
        finally:
            execute("SET session_replication_role = DEFAULT")

    return run


@pytest.fixture
def chain(transactional_db: None, tmp_path: Path, settings: Any, tamper: Run) -> Iterator[Path]:
    """Empty history and an empty chain, really committed; the mirror stands in a folder of the test."""
    settings.HOME = tmp_path
    _empty(tamper)
    yield tmp_path / "seals" / "head.log"
    _empty(tamper)


@pytest.fixture
def seal(chain: Path, at: datetime, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """`seal()` seals everything there is and says how many rows that were.

    Transactions are numbered for the whole server: another database's open one would make the sealer
    leave rows for its next turn. These stories have nobody else, so everything counts as finished.
    """

    def run() -> int:
        with monkeypatch.context() as here:
            here.setattr(sealing, "_FINISHED", "true")
            return sealing.seal_finished(at)

    return run


@pytest.fixture
def history(chain: Path, setup_actor: Any) -> list[Site]:
    """Three sites made in one transaction and one renamed in another: four rows of history."""
    with recorded(setup_actor, reason="开业"):
        sites = [Site.objects.create(name=f"院区{n}") for n in "甲乙丙"]
    with recorded(setup_actor, reason="更名"):
        sites[0].name_en = "First"
        sites[0].save()
    return sites


def _empty(tamper: Run) -> None:
    for table in execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
        if not table[0].startswith(("django_", "auth_")):
            tamper(f'DELETE FROM "{table[0]}"')
