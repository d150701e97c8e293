"""Browsers in which the cast has signed in, and a patient to look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from liangyi.domains.patients import queries, services
from liangyi.domains.patients.models import ConsentText, Patient
from liangyi.domains.patients.rules.entries import resident
from liangyi.platform import clock
from liangyi.platform.access.models import Account, Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded

LI_MING = "11010519491231002X"


@pytest.fixture
def browser(person: Callable[..., Account], setup_actor: Actor) -> Callable[..., Client]:
    """`browser("reception")` is signed in with that role."""

    def make(role: str, **options: Any) -> Client:
        client = Client(SERVER_NAME="127.0.0.1")
        with recorded(setup_actor):
            client.force_login(person(role, **options), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def desk(browser: Callable[..., Client]) -> Client:
    """The receptionist's browser."""
    return browser("reception")


@pytest.fixture
def register(site: Site, setup_actor: Actor) -> Callable[..., Patient]:
    """`register(name=…)` is a patient of the first site."""

    def make(**facts: Any) -> Patient:
        facts = {"actor": setup_actor, "at": clock.now(), "site": site, "name": "王小明"} | facts
        return services.register_patient(**facts)

    return make


@pytest.fixture
def patient(register: Callable[..., Patient]) -> Patient:
    return register(phone="13800138000", papers=[resident(LI_MING)])


@pytest.fixture
def texts(db: None) -> dict[str, ConsentText]:
    return queries.consent_texts_in_force(clock.local_day(clock.now(), clock.HOME_ZONE))
