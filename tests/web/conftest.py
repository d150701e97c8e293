"""A clinic that is open on the Monday of the stories, browsers in which the cast has signed in, and what a
page costs."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from liangyi.platform import clock
from liangyi.platform.access.models import Account, Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.web.shell import signin

_FILE = Path(__file__).parents[1] / "domains" / "scheduling" / "clinic.py"
if "liangyi_test_clinic" not in sys.modules:
    _spec = importlib.util.spec_from_file_location("liangyi_test_clinic", _FILE)
    assert _spec
    assert _spec.loader
    _module = importlib.util.module_from_spec(_spec)
    sys.modules["liangyi_test_clinic"] = _module
    _spec.loader.exec_module(_module)


@pytest.fixture
def now(at: datetime, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is Monday, half past nine, and stays so; nobody is signed out while a story skips some hours."""
    monkeypatch.setattr(clock, "now", lambda: at)
    monkeypatch.setattr(signin, "IDLE_MINUTES", 24 * 60)
    return at


@pytest.fixture
def clinic(site: Site, now: datetime) -> Any:
    return sys.modules["liangyi_test_clinic"].open_clinic(site)


@pytest.fixture
def browser(person: Callable[..., Account], setup_actor: Actor) -> Callable[..., Client]:
    """`browser("reception")` is signed in with that role."""

    def make(role: str, **options: Any) -> Client:
        client = Client(SERVER_NAME="127.0.0.1")
        with recorded(setup_actor):
            client.force_login(person(role, **options), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def statements() -> Callable[[Client, str], int]:
    """How many statements a page takes, once what is remembered between requests is warm."""

    def count(client: Client, address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    return count
