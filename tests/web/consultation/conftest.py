"""The front desk's clinic and browsers, for the pages of enquiries."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from liangyi.platform import clock
from liangyi.platform.access.models import Account, Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded

_FILE = Path(__file__).parents[2] / "domains" / "scheduling" / "clinic.py"
if "liangyi_test_clinic" not in sys.modules:
    _spec = importlib.util.spec_from_file_location("liangyi_test_clinic", _FILE)
    assert _spec
    assert _spec.loader
    _module = importlib.util.module_from_spec(_spec)
    sys.modules["liangyi_test_clinic"] = _module
    _spec.loader.exec_module(_module)


@pytest.fixture
def clinic(site: Site, at: datetime, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Open, and it is Monday, half past nine."""
    monkeypatch.setattr(clock, "now", lambda: at)
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
def desk(browser: Callable[..., Client]) -> Client:
    """The receptionist's browser."""
    return browser("reception")
