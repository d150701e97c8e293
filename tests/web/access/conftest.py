"""People signed in to the whole product."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from liangyi.platform.access.models import Account
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor


@pytest.fixture
def signed_in(person: Callable[..., Account]) -> Callable[..., Client]:
    """`signed_in("admin")` is a browser in which that person has signed in."""

    def make(role: str, **options: Any) -> Client:
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(person(role, **options), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def acting(person: Callable[..., Account]) -> Callable[..., Actor]:
    return lambda role, username="", at_site=None: actor_for(person(role, username, at_site))
