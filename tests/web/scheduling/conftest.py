"""The desk's browser and what it books."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from liangyi.domains.scheduling import services
from liangyi.domains.scheduling.models import Appointment
from liangyi.platform.actors import Actor


@pytest.fixture
def desk(browser: Callable[..., Client]) -> Client:
    """The receptionist's browser."""
    return browser("reception")


@pytest.fixture
def book(clinic: Any, now: datetime, setup_actor: Actor) -> Callable[..., Appointment]:
    """`book(start=…)` is an appointment of the clinic's patient, at eleven today unless said otherwise."""

    def make(**other: Any) -> Appointment:
        facts = clinic.booking(start=now + timedelta(minutes=90)) | other
        return services.book_appointment(actor=setup_actor, at=now, **facts)

    return make


@pytest.fixture
def address() -> Callable[..., str]:
    """`address("cancel", appointment)` is a page of scheduling."""

    def make(name: str, *things: Any) -> str:
        ids = [thing if isinstance(thing, UUID | str) else thing.pk for thing in things]
        return reverse(f"scheduling:{name}", args=ids)

    return make
