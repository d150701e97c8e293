from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liangyi.domains.scheduling.models import Appointment, Reservation
from liangyi.platform.access.models import Site
from liangyi.platform.controls.models import Verdict

pytestmark = pytest.mark.django_db
Order = Callable[..., dict[str, Any]]


def _counted(captured: CaptureQueriesContext) -> int:
    frame = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
    return len([query for query in captured if not query["sql"].startswith(frame)])


def test_slots_are_free_times_with_a_room(reception: Any, clinic: Any, tuesday_ten: datetime) -> None:
    day = tuesday_ten.date()
    rows = reception.get(f"scheduling/slots?service={clinic.service.id}&from={day}&to={day}").json()
    assert rows[0]["start"] == tuesday_ten.replace(hour=9).isoformat()
    assert rows[0]["practitioner"] == str(clinic.doctor.id)
    assert rows[0]["room"] == str(clinic.room.id)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=2026-12-01&to=2027-01-01", "to"),
        ("from=2026-12-02&to=2026-12-01", "to"),
        ("from=x&to=2026-12-01", "from"),
        ("to=2026-12-01", "from"),
        ("from=0001-01-01&to=0001-01-02", "from"),
        ("from=9999-12-31&to=9999-12-31", "from"),
    ],
)
def test_slots_refuse_bad_days(reception: Any, clinic: Any, query: str, field: str) -> None:
    answer = reception.get(f"scheduling/slots?service={clinic.service.id}&{query}")
    assert answer.status_code == 422
    assert any(name.startswith(field) for name in answer.json()["errors"]), answer.json()


def test_slots_and_booking_keep_their_statements(reception: Any, clinic: Any, order: Order) -> None:
    body = order()
    day = body["start"][:10]
    path = f"scheduling/slots?service={clinic.service.id}&from={day}&to={day}"
    reception.get(path)
    with CaptureQueriesContext(connection) as slots:
        reception.get(path)
    with CaptureQueriesContext(connection) as booking:
        assert reception.post("scheduling/appointments", body).status_code == 201
    assert _counted(slots) <= 6, [q["sql"] for q in slots]
    assert _counted(booking) <= 15, [q["sql"][:150] for q in booking]


def test_booking_answers_the_appointment(reception: Any, order: Order) -> None:
    answer = reception.post("scheduling/appointments", order())
    assert answer.status_code == 201
    made = answer.json()
    assert made["status"] == "booked"
    assert made["start"] == order()["start"]
    assert reception.get(f"scheduling/appointments/{made['id']}").json() == made
    (listed,) = reception.get(f"scheduling/appointments?day={made['start'][:10]}").json()["items"]
    assert listed == made


def test_taken_slot_is_409_with_alternatives(reception: Any, clinic: Any, order: Order) -> None:
    assert reception.post("scheduling/appointments", order()).status_code == 201
    other = clinic.add_patient("韩梅梅")
    answer = reception.post("scheduling/appointments", order(patient=other.id))
    assert answer.status_code == 409
    assert answer.json()["code"] == "scheduling.slot_taken"
    first = answer.json()["alternatives"][0]
    again = reception.post("scheduling/appointments", order(patient=other.id, start=first["start"]))
    assert again.status_code == 201
    assert Appointment.objects.count() == 2


def test_same_key_books_once(reception: Any, order: Order) -> None:
    answers = [
        reception.post("scheduling/appointments", order(), Idempotency_Key="k1") for _again in range(3)
    ]
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert Appointment.objects.count() == 1


def test_same_key_with_another_body_is_422(reception: Any, order: Order, tuesday_ten: datetime) -> None:
    reception.post("scheduling/appointments", order(), Idempotency_Key="k1")
    later = order(start=(tuesday_ten + timedelta(hours=1)).isoformat())
    answer = reception.post("scheduling/appointments", later, Idempotency_Key="k1")
    assert answer.status_code == 422
    assert answer.json()["code"] == "scheduling.key_reused"
    assert Appointment.objects.count() == 1


def test_refusal_names_every_gate_with_facts_and_remedy(reception: Any, clinic: Any, order: Order) -> None:
    stranger = clinic.add_patient("无同意", consents=())
    unlicensed = clinic.add_doctor("无证医生", licensed=False)
    answer = reception.post("scheduling/appointments", order(patient=stranger.id, practitioner=unlicensed.id))
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["code"] == "controls.refused"
    assert {r["control"] for r in problem["refusals"]} == {
        "scheduling.practitioner_licensed",
        "scheduling.privacy_consent",
    }
    assert all(r["reason"] and r["facts"] and r["remedy"] for r in problem["refusals"])
    assert Reservation.objects.count() == 0
    assert Verdict.objects.get().outcome == "refused"


def test_day_runs_to_its_end(
    program: Callable[..., Any], order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = program("reception").post("scheduling/appointments", order()).json()
    start = datetime.fromisoformat(made["start"])
    monkeypatch.setattr("liangyi.platform.clock.now", lambda: start)
    nurse = program("nurse")
    path = f"scheduling/appointments/{made['id']}"
    walked = [nurse.post(f"{path}/{step}").json() for step in ("check-in", "call", "start", "finish")]
    assert [row["status"] for row in walked] == ["arrived", "called", "in_progress", "finished"]
    assert walked[0]["ticket"]
    assert walked[-1]["arrived_at"] == walked[-1]["finished_at"] == made["start"]
    assert nurse.post(f"{path}/start").status_code == 409


def test_move_and_cancel_take_a_reason(reception: Any, order: Order, tuesday_ten: datetime) -> None:
    made = reception.post("scheduling/appointments", order()).json()
    path = f"scheduling/appointments/{made['id']}"
    later = (tuesday_ten + timedelta(hours=2)).isoformat()
    assert reception.post(f"{path}/reschedule", {"start": later}).status_code == 422
    moved = reception.post(f"{path}/reschedule", {"start": later, "reason": "患者改时间"})
    assert (moved.status_code, moved.json()["start"]) == (200, later)
    cancelled = reception.post(f"{path}/cancel", {"reason": "patient"})
    assert cancelled.json()["status"] == "cancelled"
    assert reception.post(f"{path}/cancel", {"reason": "patient"}).status_code == 409
    assert Reservation.objects.count() == 0


def test_booking_outside_the_rota_is_409(reception: Any, order: Order, tuesday_ten: datetime) -> None:
    answer = reception.post(
        "scheduling/appointments", order(start=tuesday_ten.replace(hour=17, minute=45).isoformat())
    )
    assert answer.status_code == 409
    assert answer.json()["code"] == "scheduling.slot_unavailable"
    assert answer.json()["alternatives"]


@pytest.mark.parametrize("start", ["2026-12-01T10:00:00", "yesterday", "0001-01-01T00:00:00Z", 5, None])
def test_bad_start_is_422(reception: Any, order: Order, start: Any) -> None:
    answer = reception.post("scheduling/appointments", order() | {"start": start})
    assert answer.status_code == 422
    assert Appointment.objects.count() == 0


def test_another_site_sees_none_of_it(
    reception: Any, program: Callable[..., Any], order: Order, other_site: Site
) -> None:
    made = reception.post("scheduling/appointments", order()).json()
    outsider = program("reception", "outsider", at_site=other_site)
    path = f"scheduling/appointments/{made['id']}"
    assert outsider.get(path).status_code == 404
    for step in ("check-in", "call", "start", "finish"):
        assert outsider.post(f"{path}/{step}").status_code == 404
    assert outsider.post(f"{path}/cancel", {"reason": "patient"}).status_code == 404
    assert Appointment.objects.get().status == "booked"


def test_storekeeper_may_not_book(program: Callable[..., Any], order: Order) -> None:
    answer = program("storekeeper").post("scheduling/appointments", order())
    assert answer.status_code == 403
    assert answer.json()["data"] == {"permission": "scheduling.book"}
    assert Appointment.objects.count() == 0
