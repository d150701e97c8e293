"""Real threads with connections of their own, on whatever database LIANGYI_DATABASE_URL gives."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections

from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor

_FILE = Path(__file__).parents[1] / "domains" / "scheduling" / "clinic.py"
if "liangyi_test_clinic" not in sys.modules:
    _spec = importlib.util.spec_from_file_location("liangyi_test_clinic", _FILE)
    assert _spec
    assert _spec.loader
    _module = importlib.util.module_from_spec(_spec)
    sys.modules["liangyi_test_clinic"] = _module
    _spec.loader.exec_module(_module)


@pytest.fixture(autouse=True)
def _own_connections(transactional_db: None) -> Iterator[None]:
    """No pool: every thread opens a connection of its own, as many web processes would."""
    options = connections.settings["default"]["OPTIONS"]
    pool = options.pop("pool", None)
    connection.close()
    yield
    connection.close()
    if pool is not None:
        options["pool"] = pool


@pytest.fixture
def clinic(site: Site) -> Any:
    return sys.modules["liangyi_test_clinic"].open_clinic(site)


@pytest.fixture
def receptionist(person: Callable[..., Account]) -> Actor:
    return actor_for(person("reception"))


Outcome = Any


@pytest.fixture
def race() -> Callable[[Sequence[Callable[[], Any]]], list[Outcome]]:
    """Run all at the same moment; what each returned, or the exception it raised."""

    def run(contestants: Sequence[Callable[[], Any]]) -> list[Outcome]:
        outcomes: list[Outcome] = [None] * len(contestants)
        start = Barrier(len(contestants))

        def compete(place: int) -> None:
            try:
                connection.ensure_connection()
                start.wait()
                outcomes[place] = contestants[place]()
            except BaseException as error:
                outcomes[place] = error
            finally:
                connection.close()

        threads = [Thread(target=compete, args=(place,)) for place in range(len(contestants))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return outcomes

    return run


@pytest.fixture
def kinds() -> Callable[[list[Outcome]], Counter[str]]:
    """How many of each type of outcome."""
    return lambda outcomes: Counter(type(outcome).__name__ for outcome in outcomes)
