"""The queue, its wall screen, walking in and past visits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from liangyi.domains.scheduling.models import Appointment

QUEUE = "/scheduling/queue/"
WALL = "/scheduling/queue/wall/"
WALK_IN = "/scheduling/queue/walk-in/"
PAST = "/scheduling/queue/past-visit/"
IN_QUEUE = {"HX-Request": "true", "HX-Target": "queue"}
AT_TEN = "2026-11-23T10:00:00+08:00"


@pytest.mark.parametrize("url", [QUEUE, WALL, WALK_IN, PAST])
def test_page_opens_or_is_denied(desk: Client, browser: Callable[..., Client], clinic: Any, url: str) -> None:
    assert desk.get(url).status_code == 200
    assert "<html" not in desk.get(QUEUE, headers={"HX-Request": "true"}).text
    assert browser("storekeeper").get(url).status_code == 403


def test_queue_shows_who_is_where(desk: Client, book: Any, address: Any) -> None:
    made = book(start=datetime.fromisoformat(AT_TEN))
    assert [guest.row.id for guest in desk.get(QUEUE).context["due"]] == [made.id]
    for name, lane in (("check_in", "waiting"), ("call", "called"), ("start", "inside")):
        assert desk.post(address(name, made), headers=IN_QUEUE).url == QUEUE
        assert [guest.row.id for guest in desk.get(QUEUE).context[lane]] == [made.id]


def test_failing_step_is_said_in_the_queue(desk: Client, book: Any, address: Any) -> None:
    made = book()
    desk.post(address("check_in", made))
    answer = desk.post(address("check_in", made), headers=IN_QUEUE)
    assert answer.status_code == 409
    assert 'id="queue"' in answer.text
    assert "不能这样操作" in answer.text


def test_button_of_the_page_leads_back_to_the_queue(desk: Client, book: Any, address: Any) -> None:
    made = book()
    assert desk.post(address("check_in", made), {"next": QUEUE}).url == QUEUE
    assert desk.post(address("call", made), {"next": "https://evil.example/"}).url == address(
        "appointment", made
    )


def test_wall_masks_names(desk: Client, book: Any, address: Any) -> None:
    made = book()
    desk.post(address("check_in", made))
    desk.post(address("call", made))
    shown = desk.get(WALL).text
    assert all(word in shown for word in ("A001", "李*", "治疗室一"))
    assert "李小明" not in shown


def test_queue_costs_the_same_however_long(desk: Client, book: Any, clinic: Any, address: Any) -> None:
    costs = set()
    for hours in ((1,), (2, 3)):
        for hour in hours:
            patient = clinic.add_patient(f"患者{hour}")
            start = datetime.fromisoformat(f"2026-11-23T{9 + hour:02d}:00:00+08:00")
            desk.post(address("check_in", book(start=start, patient=patient.id)))
        desk.get(QUEUE)
        with CaptureQueriesContext(connection) as asked:
            desk.get(QUEUE)
        costs.add(len(asked))
    assert len(costs) == 1


@pytest.fixture
def stranger(clinic: Any) -> dict[str, str]:
    return {
        "patient": str(clinic.patient.id),
        "service": str(clinic.service.id),
        "practitioner": str(clinic.doctor.id),
    }


def test_walk_in_is_received_at_once(desk: Client, stranger: dict[str, str]) -> None:
    assert "现在有空" in desk.get(WALK_IN, stranger).text
    assert desk.post(WALK_IN, stranger).status_code == 303
    made = Appointment.objects.get()
    assert (made.status, made.ticket, made.is_walk_in) == ("arrived", "A001", True)


def test_walk_in_waits_for_a_later_time_where_nobody_is_free(
    desk: Client, clinic: Any, stranger: dict[str, str]
) -> None:
    desk.post(WALK_IN, stranger)
    second = stranger | {"patient": str(clinic.add_patient("周小红").id)}
    answer = desk.post(WALK_IN, second)
    assert answer.status_code == 409
    offered = answer.context["offers"][0]
    assert desk.post(WALK_IN, second | {"_slot": offered.value}).status_code == 303
    assert Appointment.objects.get(patient__name="周小红").status == "arrived"


def test_nurse_is_offered_only_times_of_today(
    browser: Callable[..., Client], clinic: Any, stranger: dict[str, str]
) -> None:
    nurse = browser("nurse")
    nurse.post(WALK_IN, stranger)
    answer = nurse.post(WALK_IN, stranger | {"patient": str(clinic.add_patient("周小红").id)})
    assert {offer.start.date().isoformat() for offer in answer.context["offers"]} <= {"2026-11-23"}


@pytest.mark.parametrize("field", ["patient", "service", "practitioner", "note"])
@pytest.mark.parametrize("value", ["", "x" * 3000, "<script>alert(1)</script>", "😀", "\x00"])
def test_walk_in_bears_any_input(desk: Client, stranger: dict[str, str], field: str, value: str) -> None:
    answer = desk.post(WALK_IN, stranger | {field: value})
    assert answer.status_code in (303, 404, 409, 422)
    assert "<script>alert" not in answer.text


def test_past_visit_is_written_down_with_a_reason(desk: Client, stranger: dict[str, str]) -> None:
    facts = stranger | {"start": "2026-11-21T10:00", "end": "2026-11-21T10:30", "reason": ""}
    assert desk.post(PAST, facts).status_code == 422
    assert desk.post(PAST, facts | {"reason": "系统停机"}).status_code == 303
    made = Appointment.objects.get()
    assert made.status == "finished"
    assert made.changes.exclude(recorded_at=None).exists()


@pytest.mark.parametrize("field", ["patient", "service", "practitioner", "start", "end", "reason"])
@pytest.mark.parametrize("value", ["x" * 3000, "<script>alert(1)</script>", "😀", "\x00", "0001-01-01T00:00"])
def test_past_visit_bears_any_input(desk: Client, stranger: dict[str, str], field: str, value: str) -> None:
    facts = stranger | {"start": "2026-11-21T10:00", "end": "2026-11-21T10:30", "reason": "r"}
    answer = desk.post(PAST, facts | {field: value})
    assert answer.status_code in (303, 404, 409, 422)
    assert "<script>alert" not in answer.text
