"""A clinic that is open, licensed and staffed: what every booking story starts from."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor

if "liangyi_test_clinic" not in sys.modules:
    _spec = importlib.util.spec_from_file_location(
        "liangyi_test_clinic", Path(__file__).with_name("clinic.py")
    )
    assert _spec
    assert _spec.loader
    _module = importlib.util.module_from_spec(_spec)
    sys.modules["liangyi_test_clinic"] = _module
    _spec.loader.exec_module(_module)


@pytest.fixture
def clinic(site: Site) -> Any:
    """The clinic of `clinic.py` at the first site."""
    return sys.modules["liangyi_test_clinic"].open_clinic(site)


@pytest.fixture
def receptionist(person: Callable[..., Account]) -> Actor:
    return actor_for(person("reception"))


@pytest.fixture
def surgeon(person: Callable[..., Account]) -> Actor:
    return actor_for(person("surgeon"))


@pytest.fixture
def director(person: Callable[..., Account]) -> Actor:
    return actor_for(person("director"))


@pytest.fixture
def outsider(person: Callable[..., Account], other_site: Site) -> Actor:
    return actor_for(person("reception", "outsider", at_site=other_site))
