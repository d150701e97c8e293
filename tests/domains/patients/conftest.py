"""People and shorthands for the stories of patients."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from liangyi.domains.organisation.models import SiteProfile
from liangyi.domains.patients import queries, services
from liangyi.domains.patients.models import ConsentText, Patient
from liangyi.platform import clock
from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded

LI_MING = "11010519491231002X"
WANG_FANG = "440106199003071226"


@pytest.fixture
def reception(person: Callable[..., Account]) -> Actor:
    return actor_for(person("reception"))


@pytest.fixture
def director(person: Callable[..., Account]) -> Actor:
    return actor_for(person("director"))


@pytest.fixture
def nurse(person: Callable[..., Account]) -> Actor:
    return actor_for(person("nurse"))


@pytest.fixture
def cashier(person: Callable[..., Account]) -> Actor:
    return actor_for(person("cashier"))


@pytest.fixture
def outsider(person: Callable[..., Account], other_site: Site) -> Actor:
    return actor_for(person("reception", "outsider", other_site))


@pytest.fixture
def codes(site: Site, other_site: Site, setup_actor: Actor) -> None:
    """The sites' short codes, as set-up gives them."""
    with recorded(setup_actor):
        SiteProfile.objects.create(site=site, code="LY")
        SiteProfile.objects.create(site=other_site, code="KQ")


@pytest.fixture
def register(site: Site, at: datetime, reception: Actor) -> Callable[..., Patient]:
    """`register(name=…)` is a patient registered at the first site by the receptionist."""

    def make(**facts: Any) -> Patient:
        facts = {"actor": reception, "at": at, "site": site, "name": "王小明"} | facts
        return services.register_patient(**facts)

    return make


@pytest.fixture
def texts(db: None, at: datetime) -> dict[str, ConsentText]:
    return queries.consent_texts_in_force(clock.local_day(at, clock.HOME_ZONE))
