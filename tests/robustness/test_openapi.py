"""Whatever is sent to REST, the answer is one its OpenAPI document declares, and never a 500."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from liangyi.api.app import api
from liangyi.domains.scheduling import services
from liangyi.platform import actors, clock
from liangyi.platform.access.models import Account, ApiToken
from liangyi.platform.access.queries import token_digest
from liangyi.platform.audit.services import recorded

pytestmark = pytest.mark.django_db

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 40

schema = schemathesis.openapi.from_dict(
    json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))
)
schema.app = get_wsgi_application()


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """A request leaves the connection open, whose transaction is the test's."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def token(person: Callable[..., Account]) -> str:
    """A bearer token of somebody who may do all that REST offers."""
    account, raw, now = person("director"), secrets.token_urlsafe(32), clock.now()
    with recorded(actors.system("test")):
        ApiToken.objects.create(
            account=account, digest=token_digest(raw), created_at=now, expires_at=now + timedelta(hours=1)
        )
    return raw


@pytest.fixture
def known(clinic: Any) -> dict[str, str]:
    """Ids that mean something, by the name of the field they go into."""
    from liangyi_test_clinic import SETUP, local  # there once a clinic is

    at = clock.now()
    day = clock.local_day(at, "Asia/Shanghai") + timedelta(days=2)
    day += timedelta(days=(1 - day.weekday()) % 7)
    booked = services.book_appointment(actor=SETUP, at=at, **clinic.booking(start=local(day, "10:00")))
    return {
        "appointment_id": str(booked.id),
        "patient_id": str(clinic.patient.id),
        "patient": str(clinic.patient.id),
        "service": str(clinic.service.id),
        "practitioner": str(clinic.doctor.id),
        "site": str(clinic.site.id),
        "room": str(clinic.room.id),
    }


def make_sense(values: Any, known: dict[str, str]) -> None:
    """Every second id that was made up becomes one that is there."""
    if isinstance(values, dict):
        for name in known.keys() & values.keys():
            if _is_odd_id(values[name]):
                values[name] = known[name]


def _is_odd_id(value: Any) -> bool:
    try:
        return UUID(value).int % 2 == 1
    except (ValueError, TypeError, AttributeError):
        return False


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_declared(case: Any, token: str, known: dict[str, str]) -> None:
    for values in (case.path_parameters, case.query, case.body):
        make_sense(values, known)
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)
