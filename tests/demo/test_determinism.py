from __future__ import annotations

from typing import Any

import pytest
from tests import databases
from tests.demo.conftest import Demo, digests

from liangyi.demo.loading import load


@pytest.fixture(scope="module")
def before(demo_database: tuple[str, Demo], django_db_blocker: Any) -> dict[str, str]:
    """What the demo's tables hold."""
    with django_db_blocker.unblock(), databases.working_in(demo_database[0]):
        return digests()


def test_demo_is_the_same_for_the_same_seed_and_date(
    demo_database: tuple[str, Demo], before: dict[str, str], db: None
) -> None:
    _name, demo = demo_database
    assert load(demo.options, lambda _percent, _what: None) == demo.loaded
    assert digests() == before
