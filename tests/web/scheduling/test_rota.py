"""Rota, leave, what a change hits; closing a day; records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from liangyi.domains.scheduling.models import DayClosing, Leave, RotaRule
from liangyi.platform import clock
from liangyi.platform.access.models import Site
from liangyi.platform.measures.catalogue import measures
from liangyi.platform.worklist.models import WorkItem

ROTA = "/scheduling/rota/"
REBOOK = "/scheduling/rota/rebook/"
CLOSE = "/scheduling/end-of-day/"
RECORDS = "/scheduling/records/"
PLANS = ["rota_week", "rota_day", "rota_end", "add_leave"]


@pytest.fixture
def director(browser: Callable[..., Client]) -> Client:
    return browser("director")


def test_week_shows_who_works_when(desk: Client, clinic: Any) -> None:
    shown = desk.get(ROTA).text
    assert all(word in shown for word in ("王医生", "09:00–17:00", "11-23"))
    assert "<html" not in desk.get(ROTA, headers={"HX-Request": "true"}).text


@pytest.mark.parametrize("week", ["x", "0001-01-01", "9999-12-31", "2026-02-30", "😀"])
def test_week_bears_any_address(desk: Client, clinic: Any, week: str) -> None:
    assert desk.get(ROTA, {"week": week}).status_code == 200


@pytest.mark.parametrize("name", PLANS)
def test_plans_open_for_whoever_plans(
    director: Client, desk: Client, clinic: Any, address: Any, name: str
) -> None:
    assert director.get(address(name, clinic.doctor)).status_code == 200
    assert desk.get(address(name, clinic.doctor)).status_code == 403


def week_of(**hours: str) -> dict[str, str]:
    return {"valid_from": "2026-11-23", "valid_to": "", **hours}


def test_weekly_hours_are_set(director: Client, clinic: Any, address: Any) -> None:
    url = address("rota_week", clinic.doctor)
    assert 'value="09:00"' in director.get(url).text
    hours = {"d1_from_1": "9", "d1_to_1": "12：00", "d1_from_2": "1330", "d1_to_2": "18:00"}
    assert director.post(url, week_of(**hours)).status_code == 303
    now = RotaRule.objects.filter(staff=clinic.doctor, valid_to=None).values_list("weekday", "starts", "ends")
    assert sorted(now) == [(1, time(9), time(12)), (1, time(13, 30), time(18))]


@pytest.mark.parametrize(
    "value", ["25:00", "9:99", "abc", "<script>alert(1)</script>", "😀", "x" * 500, "\x00"]
)
def test_hours_bear_any_input(director: Client, clinic: Any, address: Any, value: str) -> None:
    answer = director.post(address("rota_week", clinic.doctor), week_of(d1_from_1=value, d1_to_1="12:00"))
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text


def test_half_a_stretch_is_complained_about(director: Client, clinic: Any, address: Any) -> None:
    answer = director.post(address("rota_week", clinic.doctor), week_of(d1_from_1="09:00"))
    assert answer.status_code == 422
    assert "都要填，或都留空" in answer.text


def test_change_says_first_whom_it_hits(
    director: Client, desk: Client, clinic: Any, book: Any, address: Any
) -> None:
    book()
    url = address("rota_week", clinic.doctor)
    seen = director.post(url, week_of(d1_from_1="14:00", d1_to_1="17:00"))
    assert seen.status_code == 409
    assert all(word in seen.text for word in ("会影响 1 个已有的预约", "李小明"))
    assert not WorkItem.objects.filter(kind="scheduling.rebook").exists()
    mark = seen.context["hits"].data["mark"]
    assert director.post(url, week_of(d1_from_1="14:00", d1_to_1="17:00", seen=mark)).status_code == 303
    assert WorkItem.objects.filter(kind="scheduling.rebook").count() == 1
    assert all(word in desk.get(REBOOK).text for word in ("李小明", "改期", "取消预约"))


def test_leave_hits_and_ends(director: Client, clinic: Any, book: Any, address: Any) -> None:
    book()
    away = {"starts_at": "2026-11-23T10:00", "ends_at": "2026-11-24T00:00", "reason": "病假"}
    seen = director.post(address("add_leave", clinic.doctor), away)
    away["seen"] = seen.context["hits"].data["mark"]
    assert director.post(address("add_leave", clinic.doctor), away).status_code == 303
    assert "病假" in director.get(ROTA).text
    leave = Leave.objects.get()
    assert director.get(address("end_leave", leave)).status_code == 200
    assert director.post(address("end_leave", leave)).status_code == 303
    assert not WorkItem.objects.filter(kind="scheduling.rebook", cancelled_at=None).exists()


def test_single_day_and_end(director: Client, clinic: Any, address: Any) -> None:
    day = {"day": "2026-11-25", "h_from_1": "10:00", "h_to_1": "12:00"}
    assert director.post(address("rota_day", clinic.doctor), day).status_code == 303
    assert "10:00–12:00" in director.get(ROTA).text
    assert director.post(address("rota_end", clinic.doctor), {"last_day": "2026-12-01"}).status_code == 303
    assert (
        "—" in director.get(ROTA, {"week": "2026-12-07"}).text
        or "没有排班" in director.get(ROTA, {"week": "2026-12-07"}).text
    )


def test_week_costs_the_same_however_many(desk: Client, clinic: Any) -> None:
    costs = set()
    for names in (("甲",), ("乙", "丙")):
        for name in names:
            clinic.add_doctor(name)
        desk.get(ROTA)
        with CaptureQueriesContext(connection) as asked:
            desk.get(ROTA)
        costs.add(len(asked))
    assert len(costs) == 1


def test_closing_marks_who_did_not_come_once(
    desk: Client, book: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = book()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=8))
    shown = desk.get(CLOSE).text
    assert all(word in shown for word in ("过了时间没有来", "李小明", "确认日结，1 个记为爽约"))
    for _again in range(2):
        assert desk.post(CLOSE, {"day": "2026-11-23"}).status_code == 303
    made.refresh_from_db()
    assert made.status == "no_show"
    assert DayClosing.objects.get().no_shows == 1
    assert "已于" in desk.get(CLOSE).text


def test_day_to_come_is_not_closed(desk: Client, clinic: Any) -> None:
    assert desk.post(CLOSE, {"day": "2026-11-24"}).status_code == 409
    assert not DayClosing.objects.exists()


def test_closing_is_denied(browser: Callable[..., Client], clinic: Any) -> None:
    assert browser("cashier").post(CLOSE, {"day": "2026-11-23"}).status_code == 403


def test_records_page_by_key_and_status(
    desk: Client, book: Any, clinic: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("liangyi.web.scheduling.pages.records.PAGE", 2)
    for hour in (10, 11, 12):
        start = datetime.fromisoformat(f"2026-11-23T{hour}:00:00+08:00")
        book(start=start, patient=clinic.add_patient(f"患者{hour}").id)
    span = {"from": "2026-11-01", "to": "2026-11-30"}
    first = desk.get(RECORDS, span)
    assert [row.patient.name for row in first.context["rows"]] == ["患者12", "患者11"]
    second = desk.get(RECORDS, span | {"after": str(first.context["next"])})
    assert [row.patient.name for row in second.context["rows"]] == ["患者10"]
    assert not desk.get(RECORDS, span | {"status": "no_show"}).context["rows"]


def test_records_of_other_sites_are_not_listed(
    browser: Callable[..., Client], book: Any, site: Site, other_site: Site
) -> None:
    book()
    outsider = browser("reception", username="outsider", at_site=other_site)
    span = {"from": "2026-11-01", "to": "2026-11-30", "site": str(site.id)}
    assert not outsider.get(RECORDS, span).context["rows"]


@pytest.mark.parametrize("name", ["site", "source", "from", "to", "status", "after"])
@pytest.mark.parametrize("value", ["x" * 2000, "<script>alert(1)</script>", "😀", "\x00", "9999-12-31"])
def test_records_bear_any_address(desk: Client, clinic: Any, name: str, value: str) -> None:
    answer = desk.get(RECORDS, {name: value})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_records_cost_the_same_however_many(desk: Client, book: Any, clinic: Any) -> None:
    costs = set()
    for hours in ((10,), (11, 12)):
        for hour in hours:
            start = datetime.fromisoformat(f"2026-11-23T{hour}:00:00+08:00")
            book(start=start, patient=clinic.add_patient(f"患者{hour}").id)
        desk.get(RECORDS, {"to": "2026-11-30"})
        with CaptureQueriesContext(connection) as asked:
            desk.get(RECORDS, {"to": "2026-11-30"})
        costs.add(len(asked))
    assert len(costs) == 1


def test_numbers_lead_to_their_records(clinic: Any, site: Site, now: datetime) -> None:
    for code in ("NOSHOW", "LEAD", "WAIT"):
        leads_to = measures()[code].records_url
        assert leads_to is not None
        assert leads_to(site.id, "", now.date(), now.date()).startswith(RECORDS)


def test_chart_shows_appointments_and_leads_to_booking(
    desk: Client, browser: Callable[..., Client], book: Any, clinic: Any, address: Any
) -> None:
    book()
    shown = desk.get(f"/patients/{clinic.patient.id}/").text
    assert all(word in shown for word in ("皮肤治疗", f"/scheduling/book/?patient={clinic.patient.id}"))
    assert "皮肤治疗" in desk.get(address("of_patient", clinic.patient)).text
