"""Every REST operation × every built-in role, on one page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from liangyi.api.app import api
from liangyi.platform.access.builtin import BUILTIN_ROLES

pytestmark = pytest.mark.django_db

ALL = frozenset(BUILTIN_ROLES)
DOCTORS = frozenset({"surgeon", "dentist", "nurse", "anaesthetist"})
LOOKING = DOCTORS | {"reception", "consultant", "cashier", "quality", "director"}
BOOKING = frozenset({"reception", "consultant", "director"})
APPOINTMENT = "scheduling/appointments/{appointment}"

# operation: (method, path, body, who may)
TABLE: dict[str, tuple[str, str, Any, frozenset[str]]] = {
    "list_sites": ("GET", "sites", None, ALL),
    "list_services": ("GET", "services", None, ALL),
    "list_practitioners": ("GET", "practitioners?service={service}", None, ALL),
    "find_patients": ("GET", "patients", None, LOOKING | {"pharmacist"}),
    "register_patient": ("POST", "patients", {"name": "新患者"}, BOOKING),
    "read_patient": ("GET", "patients/{patient}", None, LOOKING | {"pharmacist"}),
    "list_slots": ("GET", "scheduling/slots?service={service}&from={day}&to={day}", None, LOOKING),
    "book_appointment": ("POST", "scheduling/appointments", "order", BOOKING),
    "list_appointments": ("GET", "scheduling/appointments?day={day}", None, LOOKING),
    "read_appointment": ("GET", APPOINTMENT, None, LOOKING),
    "reschedule_appointment": ("POST", f"{APPOINTMENT}/reschedule", "move", BOOKING),
    "check_in": ("POST", f"{APPOINTMENT}/check-in", None, frozenset({"reception", "nurse", "director"})),
    "call_patient": ("POST", f"{APPOINTMENT}/call", None, DOCTORS | {"reception", "director"}),
    "start_visit": ("POST", f"{APPOINTMENT}/start", None, DOCTORS | {"reception", "director"}),
    "finish_visit": ("POST", f"{APPOINTMENT}/finish", None, DOCTORS | {"reception", "director"}),
    "cancel_appointment": ("POST", f"{APPOINTMENT}/cancel", {"reason": "patient"}, BOOKING),
    "revoke_token": ("DELETE", "auth/token", None, ALL),
}


def test_every_operation_has_its_line() -> None:
    paths = api.get_openapi_schema()["paths"].values()
    operations = {operation["operationId"] for methods in paths for operation in methods.values()}
    assert operations - {"issue_token"} == set(TABLE)


@pytest.mark.parametrize("role", BUILTIN_ROLES)
def test_role_may_what_the_table_says(
    program: Callable[..., Any], clinic: Any, order: Callable[..., Any], role: str
) -> None:
    body = order()
    booked = program("reception", "desk").post("scheduling/appointments", body).json()
    names = {
        "appointment": booked["id"],
        "service": clinic.service.id,
        "patient": clinic.patient.id,
        "day": body["start"][:10],
    }
    bodies = {
        "order": body | {"start": body["start"].replace("T10:00", "T11:00")},
        "move": {"start": body["start"].replace("T10:00", "T13:00"), "reason": "患者改时间"},
    }
    caller = program(role, "caller")
    answers = {
        operation: caller.send(
            method, path.format(**names), bodies.get(sent, sent) if isinstance(sent, str) else sent
        )
        for operation, (method, path, sent, _who) in TABLE.items()
    }
    denied = {operation for operation, answer in answers.items() if answer.status_code == 403}
    assert denied == {operation for operation, (_m, _p, _b, who) in TABLE.items() if role not in who}
    assert max(answer.status_code for answer in answers.values()) < 500


@pytest.mark.parametrize("operation", TABLE)
def test_nobody_without_a_token(program: Callable[..., Any], clinic: Any, operation: str) -> None:
    stranger = program("reception")
    stranger.token = "none"
    method, path, _body, _who = TABLE[operation]
    some = "01900000-0000-7000-8000-000000000000"
    address = path.format(appointment=some, service=some, patient=some, day="2026-11-23")
    assert stranger.send(method, address, {}).status_code == 401
