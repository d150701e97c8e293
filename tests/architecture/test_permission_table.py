"""The whole access policy on one page: permission_table.txt says who may open every route, and each
route is really asked as every built-in role. A line changes only together with the policy.

Columns: route, methods, roles that are let in ("*" all signed in, "-" anybody at all, signed in or not).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from liangyi.platform import actors
from liangyi.platform.access.builtin import BUILTIN_ROLES, GUEST_ROLES
from liangyi.platform.access.models import Account
from liangyi.platform.audit.services import recorded

TABLE = Path(__file__).with_name("permission_table.txt")
NOBODY = UUID("01900000-0000-7000-8000-000000000000")
SETUP = actors.system("test")
ROLES = tuple(BUILTIN_ROLES)
SAMPLES = {"uuid": str(NOBODY), "str": "x", "slug": "x", "int": "1", "path": "x"}
NOT_LET_IN = {403}
# Where a wrong id is asked after the permission, a role that may comes as far as "not found".
LET_IN = {200, 204, 302, 303, 404, 409, 422}


def _views(patterns: Any, under: str = "") -> Iterator[tuple[str, Any]]:
    for entry in patterns:
        address = under + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield address, entry.callback
        elif not address.startswith("api/"):
            yield from _views(entry.url_patterns, address)


def _routes() -> dict[str, Any]:
    return dict(_views(get_resolver("liangyi.config.urls").url_patterns))


def _table() -> dict[str, tuple[str, frozenset[str] | str]]:
    rows = {}
    for line in TABLE.read_text().splitlines():
        route, methods, roles = re.split(r"\s{2,}", line.strip())
        rows[route.lstrip("/")] = (methods, roles if roles in "*-" else frozenset(roles.split()))
    return rows


def _address(route: str) -> str:
    return "/" + re.sub(r"<(\w+):\w+>", lambda match: SAMPLES[match.group(1)], route)


def _is_let_in(role: str, method: str, roles: frozenset[str] | str) -> bool:
    """Guests only read: what takes something in lets them in only where it is everybody's own."""
    if roles in ("*", "-"):
        return True
    return role in roles and (method == "GET" or role not in GUEST_ROLES)


def test_every_route_has_its_line() -> None:
    declared = {route: ",".join(view.methods) for route, view in _routes().items()}
    assert declared == {route: methods for route, (methods, _roles) in _table().items()}


@pytest.fixture
def browser(person: Callable[..., Account]) -> Callable[[str], Client]:
    def sign_in(role: str) -> Client:
        client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
        account = person(role)
        with recorded(SETUP):
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_let_in_where_the_table_says(browser: Callable[[str], Client], role: str) -> None:
    client = browser(role)
    surprises = [
        (route, method, answer)
        for route, (methods, roles) in _table().items()
        if "sign-out" not in route
        for method in methods.split(",")
        if (answer := client.generic(method, _address(route)).status_code)
        not in (LET_IN if _is_let_in(role, method, roles) else NOT_LET_IN)
    ]
    assert surprises == []


@pytest.mark.django_db
def test_whoever_is_not_signed_in_is_sent_away(person: Callable[..., Account]) -> None:
    person("admin")
    client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
    open_doors = [
        route
        for route, (methods, roles) in _table().items()
        if roles != "-"
        for method in methods.split(",")
        if client.generic(method, _address(route)).status_code not in (302, 303)
    ]
    assert open_doors == []
