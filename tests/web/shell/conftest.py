"""People signed in, and pages made up for the stories."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, include, path

from liangyi.platform import actors
from liangyi.platform.access.models import Account
from liangyi.platform.audit.services import recorded

PASSWORD = "right-and-long-enough"
SETUP = actors.system("test")


@pytest.fixture
def signed_in(person: Callable[..., Account]) -> Callable[..., Client]:
    """`signed_in("reception")` is a browser in which that person has signed in."""

    def make(role: str, **options: Any) -> Client:
        return browser_of(person(role, **options))

    return make


def browser_of(account: Account) -> Client:
    """A browser in which `account` has signed in."""
    client = Client(SERVER_NAME="127.0.0.1")
    with recorded(SETUP):
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def with_password(account: Account) -> Account:
    """The account with PASSWORD."""
    account.set_password(PASSWORD)
    with recorded(SETUP):
        account.save()
    return account


@pytest.fixture(autouse=True)
def shell_alone(settings: Any) -> None:
    """The shell's own addresses: its stories need nobody else's pages."""
    settings.ROOT_URLCONF = (path("", include("liangyi.web.shell.urls")),)


@pytest.fixture
def pages(settings: Any) -> Callable[..., None]:
    """`pages(view, other=view)` serves made-up views at /made/, /made/other/ beside the shell's own."""

    def serve(view: Callable[..., Any], **others: Callable[..., Any]) -> None:
        made: list[URLPattern | URLResolver] = [path("made/", view)]
        made += [path(f"made/{name}/", one) for name, one in others.items()]
        settings.ROOT_URLCONF = (*made, path("", include("liangyi.web.shell.urls")))

    return serve
