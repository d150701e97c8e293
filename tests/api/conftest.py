"""A clinic and programs that speak REST to it with a bearer token."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from liangyi.platform import actors, clock
from liangyi.platform.access.models import Account, Site
from liangyi.platform.audit.services import recorded

_FILE = Path(__file__).parents[1] / "domains" / "scheduling" / "clinic.py"
SETUP = actors.system("test")
PASSWORD = "correct-horse-battery"


class Program:
    """Something that signs in once and then sends JSON."""

    def __init__(self, username: str) -> None:
        self.client = Client()
        answer = self.send("POST", "auth/token", {"username": username, "password": PASSWORD})
        self.token = answer.json()["token"]

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """One request below /api/v1/; header names with underscores for hyphens."""
        if hasattr(self, "token"):
            headers.setdefault("Authorization", f"Bearer {self.token}")
        return self.client.generic(
            method,
            f"/api/v1/{path}",
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )

    def get(self, path: str) -> Any:
        return self.send("GET", path)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("POST", path, body, **headers)


@pytest.fixture
def clinic(site: Site) -> Any:
    """The clinic of the scheduling stories at the first site."""
    if "liangyi_test_clinic" not in sys.modules:
        spec = importlib.util.spec_from_file_location("liangyi_test_clinic", _FILE)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules["liangyi_test_clinic"] = module
        spec.loader.exec_module(module)
    return sys.modules["liangyi_test_clinic"].open_clinic(site)


@pytest.fixture
def program(person: Callable[..., Account]) -> Callable[..., Program]:
    """`program("reception")` signs in as somebody with that role at the first site (or `at_site=`)."""

    def make(role: str, username: str = "", at_site: Site | None = None) -> Program:
        account = person(role, username, at_site)
        with recorded(SETUP):
            account.set_password(PASSWORD)
            account.save()
        return Program(account.username)

    return make


@pytest.fixture
def reception(program: Callable[..., Program]) -> Program:
    return program("reception")


@pytest.fixture
def tuesday_ten() -> datetime:
    """Ten o'clock on the next Tuesday that is at least two days away, in Shanghai."""
    zone = ZoneInfo("Asia/Shanghai")
    day = clock.local_day(clock.now(), "Asia/Shanghai") + timedelta(days=2)
    while day.isoweekday() != 2:
        day += timedelta(days=1)
    return datetime.combine(day, time(10), zone)


@pytest.fixture
def order(clinic: Any, tuesday_ten: datetime) -> Callable[..., dict[str, Any]]:
    """The body of a booking that passes every gate, but for what the story changes."""

    def make(**other: Any) -> dict[str, Any]:
        body = {
            "patient": str(clinic.patient.id),
            "service": str(clinic.service.id),
            "practitioner": str(clinic.doctor.id),
            "start": tuesday_ten.isoformat(),
        }
        return body | {name: str(value) for name, value in other.items()}

    return make
