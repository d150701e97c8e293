"""Pooled connections are looked at, not asked."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection, connections

from liangyi.config.postgresql.base import DatabaseWrapper, is_alive

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pooled() -> Iterator[DatabaseWrapper]:
    """A second way into the test's database, by a pool as the web has one."""
    settings = connection.settings_dict
    options = {**settings["OPTIONS"], "pool": {"min_size": 1, "max_size": 1, "timeout": 10}}
    wrapper = DatabaseWrapper({**settings, "OPTIONS": options}, "pooled")
    connections["pooled"] = wrapper
    yield wrapper
    wrapper.close()
    wrapper.close_pool()
    del connections["pooled"]


def backend_of(wrapper: DatabaseWrapper) -> int:
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def end(backend: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])


def test_connection_is_used_again_without_asking(pooled: DatabaseWrapper) -> None:
    first = backend_of(pooled)
    pooled.close()
    assert backend_of(pooled) == first


def test_connection_the_server_has_cut_is_replaced(pooled: DatabaseWrapper) -> None:
    first = backend_of(pooled)
    pooled.close()
    end(first)
    assert backend_of(pooled) != first


def test_is_alive_sees_a_cut_connection(pooled: DatabaseWrapper) -> None:
    backend = backend_of(pooled)
    assert is_alive(pooled.connection)
    end(backend)
    assert not is_alive(pooled.connection)


def test_is_alive_asks_where_the_server_has_said_something(pooled: DatabaseWrapper) -> None:
    backend_of(pooled)
    raw: psycopg.Connection = pooled.connection
    raw.execute("LISTEN news")
    with connection.cursor() as cursor:
        cursor.execute("NOTIFY news")
    assert is_alive(raw)
