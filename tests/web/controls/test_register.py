"""A control that is a register."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from liangyi.platform.access.models import Account
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded


def test_register_says_how_it_is_counted(person: Callable[..., Account], setup_actor: Actor) -> None:
    client = Client(SERVER_NAME="127.0.0.1")
    with recorded(setup_actor):
        client.force_login(person("quality"), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/controls/catalogue/organisation.rooms/")
    assert page.status_code == 200
    assert "controls/by_day.html" in {template.name for template in page.templates}
