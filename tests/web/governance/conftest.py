from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from liangyi.domains.governance import services
from liangyi.domains.governance.models import PolicyVersion
from liangyi.platform import clock
from liangyi.platform.access.models import Account
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded

FIRST = "投诉制度\n一、受理\n接到投诉后5个工作日内答复。\n应做好记录。\n"


@pytest.fixture
def browser(person: Callable[..., Account], setup_actor: Actor) -> Callable[..., Client]:
    """`browser("quality")` is signed in with that role."""

    def make(role: str) -> Client:
        client = Client(SERVER_NAME="127.0.0.1")
        with recorded(setup_actor):
            client.force_login(person(role), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def quality(browser: Callable[..., Client]) -> Client:
    return browser("quality")


@pytest.fixture
def version(setup_actor: Actor, db: None) -> PolicyVersion:
    return services.import_policy(actor=setup_actor, at=clock.now(), content=FIRST.encode())


@pytest.fixture(scope="session")
def policy_text(shared_folder: Path) -> str:
    """A real policy as somebody would paste it, furniture, pinyin, lost letters and all."""
    file = next((shared_folder / "policies").glob("001_*.txt"))
    return file.read_text(encoding="utf-8")
