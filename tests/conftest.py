"""The named cast and the two sites every story plays at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from liangyi.platform import actors
from liangyi.platform.access.models import Account, Grant, Role, Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded

SETUP = actors.system("test")


@pytest.fixture
def at() -> datetime:
    """The moment the stories happen: Monday 2026-11-23, 09:30 in Shanghai."""
    return datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


@pytest.fixture
def setup_actor() -> Actor:
    """The system, for making what a story starts from."""
    return SETUP


@pytest.fixture
def site(db: None) -> Site:
    with recorded(SETUP):
        return Site.objects.create(name="良医医疗美容医院", name_en="Liangyi Aesthetic Hospital")


@pytest.fixture
def other_site(db: None) -> Site:
    with recorded(SETUP):
        return Site.objects.create(name="良医口腔诊所", name_en="Liangyi Dental Clinic")


@pytest.fixture
def person(site: Site) -> Callable[..., Account]:
    """`person("reception")` is an account with that built-in role at the first site (or `at_site=`)."""

    def make(role: str, username: str = "", at_site: Site | None = None) -> Account:
        with recorded(SETUP):
            account = Account(username=username or role, display_name=username or role)
            account.set_unusable_password()
            account.save()
            Grant.objects.create(
                account=account, role=Role.objects.get(code=role), site=at_site or site
            )
        return account

    return make
