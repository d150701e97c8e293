"""The queue of jobs, empty."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection


@pytest.fixture
def queue(transactional_db: None) -> Iterator[None]:
    """A committing test with an empty queue: a flush of the tables does not reach procrastinate's."""
    empty_queue()
    yield
    empty_queue()


def empty_queue() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
