"""Who keeps the equipment, and who may not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor


@pytest.fixture
def director(person: Callable[..., Account]) -> Actor:
    return actor_for(person("director"))


@pytest.fixture
def receptionist(person: Callable[..., Account]) -> Actor:
    return actor_for(person("reception"))


@pytest.fixture
def outsider(person: Callable[..., Account], other_site: Site) -> Actor:
    return actor_for(person("director", "outsider", at_site=other_site))
