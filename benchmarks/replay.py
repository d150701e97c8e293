"""What a request asks the database, and how long that alone takes through psycopg."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Barrier, Thread
from typing import Any

import psycopg

from benchmarks.load import Measured

_WRITES = re.compile(r"^\s*(WITH written|INSERT|UPDATE|DELETE)", re.IGNORECASE)
_FRAME = re.compile(r"^\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)", re.IGNORECASE)


@dataclass(frozen=True)
class Transaction:
    """The statements of one request with their values, in order."""

    statements: tuple[tuple[str, Any], ...]

    @property
    def writes(self) -> bool:
        """Whether it is one database transaction, which leaves something behind."""
        return any("liangyi.actor_kind" in sql for sql, _values in self.statements)


@contextmanager
def recording(into: list[tuple[str, Any]]) -> Iterator[None]:
    """Collect every statement Django sends within the block, with its values."""
    from django.db import connection

    def keep(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not _FRAME.match(sql):
            into.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield


def recorded_request(send: Callable[[], None]) -> Transaction:
    """Run a request whose effects are taken back at once; what it asked the database."""
    from django.db import transaction

    found: list[tuple[str, Any]] = []
    with transaction.atomic():
        with recording(found):
            send()
        transaction.set_rollback(True)
    return Transaction(tuple(each for each in found if not _ends_a_frame(*each)))


def _ends_a_frame(sql: str, values: Any) -> bool:
    """Whether nobody is named as the actor: only sent because of the transaction around the request."""
    return "liangyi.actor_kind" in sql and not any(values)


def replay(conninfo: str, recorded: Sequence[Transaction], clients: int, seconds: float) -> Measured:
    """The same statements on `clients` connections of their own, prepared, for so many seconds.

    A request that writes is replayed once only, inside a transaction that is committed.
    """
    measured = Measured(clients)
    line = Barrier(clients + 1)
    ends: list[float] = []

    def client(place: int) -> None:
        with psycopg.connect(conninfo, autocommit=True, prepare_threshold=1) as connection:
            mine = recorded[place::clients]
            line.wait()
            for took in _replayed(connection, mine, time.perf_counter() + seconds):
                measured.milliseconds.append(took)
            ends.append(time.perf_counter())

    threads = [Thread(target=client, args=(place,)) for place in range(clients)]
    for thread in threads:
        thread.start()
    line.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    measured.seconds = max(ends) - began
    return measured


def _replayed(
    connection: psycopg.Connection[Any], recorded: Sequence[Transaction], until: float
) -> Iterator[float]:
    while time.perf_counter() < until:
        for each in recorded:
            began = time.perf_counter()
            _run(connection, each)
            yield (time.perf_counter() - began) * 1000
            if time.perf_counter() >= until:
                return
        if not recorded or recorded[0].writes:
            return


def _run(connection: psycopg.Connection[Any], each: Transaction) -> None:
    reads = list(each.statements)
    if not each.writes:
        _send(connection, reads)
        return
    first = next(n for n, (sql, _values) in enumerate(reads) if "liangyi.actor_kind" in sql)
    last = max(n for n, (sql, _values) in enumerate(reads) if _WRITES.match(sql))
    _send(connection, reads[:first])
    with connection.transaction():
        _send(connection, reads[first : last + 1])
    _send(connection, reads[last + 1 :])


def _send(connection: psycopg.Connection[Any], statements: Sequence[tuple[str, Any]]) -> None:
    for sql, values in statements:
        cursor = connection.execute(sql, values)
        if cursor.description:
            cursor.fetchall()
