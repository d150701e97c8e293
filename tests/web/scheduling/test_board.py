"""The day board: what stands where, who may look, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from liangyi.platform.access.models import Site
from liangyi.web.scheduling.pages.board import gaps, lanes_of

DAY = "/scheduling/"
FRAGMENT = {"HX-Request": "true"}


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], [(0, 60)]),
        ([(0, 60)], []),
        ([(10, 20), (30, 40)], [(0, 10), (20, 30), (40, 60)]),
        ([(-10, 20), (15, 90)], []),
    ],
)
def test_gaps_are_what_nobody_covers(spans: Any, expected: Any) -> None:
    assert gaps(spans, 60) == expected


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], []),
        ([(0, 30), (30, 60)], [(0, 1), (0, 1)]),
        ([(0, 30), (10, 40), (35, 50)], [(0, 2), (1, 2), (0, 2)]),
        ([(0, 10), (0, 10), (0, 10), (20, 30)], [(0, 3), (1, 3), (2, 3), (0, 1)]),
    ],
)
def test_lanes_hold_what_is_at_the_same_time(spans: Any, expected: Any) -> None:
    assert lanes_of(spans) == expected


@pytest.mark.parametrize("query", [{}, {"view": "room"}, {"view": "list"}, {"day": "2026-11-29"}])
def test_day_opens_whole_and_as_a_fragment(desk: Client, book: Any, query: dict[str, str]) -> None:
    book()
    whole, part = desk.get(DAY, query), desk.get(DAY, query, headers=FRAGMENT)
    assert (whole.status_code, part.status_code) == (200, 200)
    assert "<html" in whole.text
    assert "<html" not in part.text


def test_day_shows_appointments_by_practitioner_and_by_room(desk: Client, book: Any) -> None:
    book()
    by_person, by_room = desk.get(DAY).text, desk.get(DAY, {"view": "room"}).text
    assert all(word in by_person for word in ("王医生", "李小明", "皮肤治疗", "11:00"))
    assert all(word in by_room for word in ("治疗室一", "李小明"))
    assert "李小明" not in desk.get(DAY, {"day": "2026-11-24"}).text


def test_list_is_narrowed_to_a_practitioner(desk: Client, book: Any, clinic: Any) -> None:
    book()
    other = clinic.add_doctor("赵医生")
    clinic.add_room("治疗室二")
    book(practitioner=other.id, patient=clinic.add_patient("周小红").id)
    shown = desk.get(DAY, {"view": "list", "practitioner": str(other.id)}).text
    assert "周小红" in shown
    assert "李小明" not in shown


def test_closed_day_says_why(desk: Client, clinic: Any, now: datetime) -> None:
    clinic.close_on(now.date() + timedelta(days=1), "设备检修")
    assert "设备检修" in desk.get(DAY, {"day": "2026-11-24"}).text


def test_day_is_denied_without_permission(browser: Callable[..., Client], clinic: Any) -> None:
    assert browser("storekeeper").get(DAY).status_code == 403


def test_day_of_another_site_shows_nothing_of_this_one(
    browser: Callable[..., Client], book: Any, other_site: Site
) -> None:
    book()
    outsider = browser("reception", username="outsider", at_site=other_site)
    assert "李小明" not in outsider.get(DAY).text


@pytest.mark.parametrize(
    "query",
    [
        {"day": "x"},
        {"day": "0001-01-01"},
        {"day": "9999-12-31"},
        {"view": "<script>"},
        {"practitioner": "😀"},
        {"day": "\x00" * 99},
    ],
)
def test_day_bears_any_address(desk: Client, clinic: Any, query: dict[str, str]) -> None:
    answer = desk.get(DAY, query)
    assert answer.status_code == 200
    assert "<script>" not in answer.text


@pytest.mark.parametrize("view", ["practitioner", "room", "list"])
def test_day_costs_the_same_however_full(desk: Client, book: Any, clinic: Any, view: str) -> None:
    costs = set()
    for hours in ((2,), (3, 4)):
        for hour in hours:
            book(start=clinic_time(hour), patient=clinic.add_patient(f"患者{hour}").id)
        desk.get(DAY, {"view": view})
        with CaptureQueriesContext(connection) as asked:
            desk.get(DAY, {"view": view})
        costs.add(len(asked))
    assert len(costs) == 1


def clinic_time(hour: int) -> datetime:
    """So many hours after nine in Shanghai."""
    return datetime.fromisoformat(f"2026-11-23T{9 + hour:02d}:00:00+08:00")
