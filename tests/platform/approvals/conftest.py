"""A kind of request that only the tests know, and who may decide it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor
from liangyi.platform.approvals import events, kinds
from liangyi.platform.approvals.kinds import ApprovalKind, Step
from liangyi.platform.events import bus

SUBJECT = ("letter", UUID(int=7))
PERMISSION = "worklist.assign"  # held by quality and director


@pytest.fixture(autouse=True)
def _letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """ "letter.send" takes one word, "letter.sign" two."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds.kinds()))
    one, two = Step("director", PERMISSION), Step("quality", PERMISSION)
    for code, steps in (("letter.send", (one,)), ("letter.sign", (two, one))):
        kinds.register(
            ApprovalKind(code, lambda facts: f"信 {facts['n']}", lambda _row: "/letters/7/", steps)
        )


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[events.Decided]:
    """What the engine has told."""
    told: list[events.Decided] = []
    monkeypatch.setitem(bus._subscriptions, events.Decided, [])
    bus.subscribe(events.Decided, told.append)
    return told


@pytest.fixture
def actor(person: Callable[..., Account]) -> Callable[..., Actor]:
    """`actor("director")` is somebody with that role at the first site."""

    def make(role: str, name: str = "", at_site: Site | None = None) -> Actor:
        return actor_for(person(role, name, at_site=at_site))

    return make


@pytest.fixture
def letter(site: Site) -> dict[str, Any]:
    """What is asked."""
    return {"kind": "letter.send", "site": site, "subject": SUBJECT, "facts": {"n": 7}}
