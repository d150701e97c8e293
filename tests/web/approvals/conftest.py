from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from liangyi.platform import clock
from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor
from liangyi.platform.approvals import kinds, services
from liangyi.platform.approvals.kinds import ApprovalKind, Step
from liangyi.platform.approvals.models import Approval
from liangyi.platform.audit.services import recorded


@pytest.fixture(autouse=True)
def _letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", dict(kinds.kinds()))
    kinds.register(
        ApprovalKind(
            "letter.send",
            lambda facts: f"信 {facts['n']}",
            lambda _row: "/letters/7/",
            (Step("director", "worklist.assign"),),
            lambda facts: [("收信人", facts["to"]), ("附件", "")],
        )
    )


@pytest.fixture
def account(person: Callable[..., Account]) -> Callable[..., Account]:
    """`account("director")`, the same one each time."""
    made: dict[str, Account] = {}
    return lambda role: made.setdefault(role, made.get(role) or person(role))


@pytest.fixture
def browser(account: Callable[..., Account], setup_actor: Actor) -> Callable[..., Client]:
    """`browser("director")` is signed in with that role."""

    def make(role: str) -> Client:
        client = Client(SERVER_NAME="127.0.0.1")
        with recorded(setup_actor):
            client.force_login(account(role), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def ask(account: Callable[..., Account], site: Site) -> Callable[..., Approval]:
    """`ask("quality", 3)`: that role asks for letter 3 to be sent."""

    def make(role: str = "quality", number: int = 7) -> Approval:
        facts: dict[str, Any] = {"n": number, "to": "卫健委"}
        subject = ("letter", UUID(int=number))
        return services.request(
            actor=actor_for(account(role)),
            at=clock.now(),
            kind="letter.send",
            site=site,
            subject=subject,
            facts=facts,
        )

    return make
