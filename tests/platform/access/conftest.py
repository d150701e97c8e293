"""People who manage accounts, and how to sign them in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import RequestFactory

from liangyi.platform.access import services
from liangyi.platform.access.models import Account, Grant, Role, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded

PASSWORD = "correct horse battery"


@pytest.fixture
def acting(person: Callable[..., Account]) -> Callable[..., Actor]:
    """`acting("nurse", at_site=…)` is an actor with that role."""
    return lambda role, username="", at_site=None: actor_for(person(role, username, at_site))


@pytest.fixture
def admin(acting: Callable[..., Actor]) -> Actor:
    return acting("admin")


@pytest.fixture
def group_admin(person: Callable[..., Account], setup_actor: Actor) -> Actor:
    """Administers every site of the group."""
    account = person("nurse", "group.admin")
    with recorded(setup_actor):
        Grant.objects.create(account=account, role=Role.objects.get(code="admin"), site=None)
    return actor_for(account)


@pytest.fixture
def give_password(setup_actor: Actor) -> Callable[[Account], Account]:
    """Lets an account sign in with PASSWORD."""

    def give(account: Account) -> Account:
        with recorded(setup_actor):
            account.set_password(PASSWORD)
            account.save()
        return account

    return give


@pytest.fixture
def sign_in(at) -> Callable[..., str]:
    """`sign_in("nurse")` is a fresh token; the password may be a wrong one."""

    def issue(username: str, password: str = PASSWORD, address: str = "10.0.0.1") -> str:
        request = RequestFactory().post("/", REMOTE_ADDR=address)
        return services.issue_token(request=request, at=at, username=username, password=password).raw

    return issue


def roles_of(account: Account) -> set[tuple[str, Site | None]]:
    return {(grant.role.code, grant.site) for grant in account.grants.select_related("role", "site")}
