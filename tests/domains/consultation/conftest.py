"""The clinic of the scheduling tests, and the people who follow enquiries up."""

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

_FILE = Path(__file__).parents[1] / "scheduling" / "clinic.py"
if "liangyi_test_clinic" not in sys.modules:
    _spec = importlib.util.spec_from_file_location("liangyi_test_clinic", _FILE)
    assert _spec
    assert _spec.loader
    _module = importlib.util.module_from_spec(_spec)
    sys.modules["liangyi_test_clinic"] = _module
    _spec.loader.exec_module(_module)


@pytest.fixture
def clinic(site: Site) -> Any:
    return sys.modules["liangyi_test_clinic"].open_clinic(site)


@pytest.fixture
def consultant(person: Callable[..., Account]) -> Actor:
    return actor_for(person("consultant"))


@pytest.fixture
def nurse(person: Callable[..., Account]) -> Actor:
    return actor_for(person("nurse"))


@pytest.fixture
def outsider(person: Callable[..., Account], other_site: Site) -> Actor:
    return actor_for(person("consultant", "outsider", at_site=other_site))
