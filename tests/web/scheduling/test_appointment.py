"""One appointment: its page, its steps, moving, cancelling, writing down late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from liangyi.domains.scheduling import services
from liangyi.domains.scheduling.models import Appointment
from liangyi.platform import clock
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded

FRAGMENT = {"HX-Request": "true"}
FORMS = ["reschedule", "cancel"]
STEPS = ["check_in", "call", "start", "finish"]


@pytest.mark.parametrize("name", ["appointment", *FORMS])
def test_page_opens_whole_and_as_a_fragment(desk: Client, book: Any, address: Any, name: str) -> None:
    url = address(name, book())
    whole, part = desk.get(url), desk.get(url, headers=FRAGMENT)
    assert (whole.status_code, part.status_code) == (200, 200)
    assert "<html" in whole.text
    assert "<html" not in part.text


@pytest.mark.parametrize("name", ["appointment", *FORMS, *STEPS, "no_show", "undo_no_show"])
def test_page_is_denied_or_missing_for_others(
    browser: Callable[..., Client], book: Any, address: Any, other_site: Site, name: str
) -> None:
    url = address(name, book())
    assert browser("storekeeper").post(url).status_code in (403, 405)
    outsider = browser("reception", username="outsider", at_site=other_site)
    assert (outsider.post(url) if name in STEPS else outsider.get(url)).status_code == 404
    assert Appointment.objects.get().status == "booked"


def test_page_shows_what_there_is_to_know(desk: Client, book: Any, address: Any) -> None:
    shown = desk.get(address("appointment", book(note="怕疼"))).text
    assert all(word in shown for word in ("李小明", "皮肤治疗", "王医生", "治疗室一", "怕疼", "签到", "经过"))


def test_steps_lead_through_the_visit(desk: Client, book: Any, address: Any) -> None:
    made = book()
    seen = [desk.get(address("appointment", made)).context["steps"][0].name]
    for name in STEPS:
        assert desk.post(address(name, made)).status_code == 303
        seen += [step.name for step in desk.get(address("appointment", made)).context["steps"][:1]]
    assert seen == STEPS
    made.refresh_from_db()
    assert (made.status, made.ticket) == ("finished", "A001")


def test_step_out_of_order_is_said_on_the_page(desk: Client, book: Any, address: Any) -> None:
    answer = desk.post(address("finish", book()))
    assert answer.status_code == 409
    assert "不能这样操作" in answer.text


def test_step_in_the_drawer_refreshes_the_page_behind(desk: Client, book: Any, address: Any) -> None:
    answer = desk.post(address("check_in", book()), headers=FRAGMENT | {"HX-Target": "drawer-body"})
    assert answer.headers["HX-Refresh"] == "true"


def test_moving_to_a_free_time(desk: Client, book: Any, clinic: Any, address: Any) -> None:
    made = book()
    when = {"slot": f"2026-11-24T15:00:00+08:00~{clinic.doctor.id}", "reason": "患者要求"}
    assert desk.post(address("reschedule", made), when).status_code == 303
    made.refresh_from_db()
    assert made.starts_at == datetime.fromisoformat("2026-11-24T15:00:00+08:00")
    assert "原定时间" in desk.get(address("appointment", made)).text


def test_moving_by_a_quarter_is_offered_and_can_be_typed(desk: Client, book: Any, address: Any) -> None:
    made = book()
    near = desk.get(address("reschedule", made)).context["near"]
    assert made.starts_at + timedelta(minutes=15) in [offer.start for offer in near]
    typed = {"start": "2026-11-23T11:20", "reason": "堵车"}
    assert desk.post(address("reschedule", made), typed).status_code == 303


def test_moving_where_nobody_works_keeps_the_old_time(desk: Client, book: Any, address: Any) -> None:
    made = book()
    answer = desk.post(address("reschedule", made), {"start": "2026-11-24T17:45", "reason": "晚点"})
    assert answer.status_code == 409
    assert "医生这个时间不出诊" in answer.text
    assert answer.context["offers"]
    made.refresh_from_db()
    assert made.starts_at == datetime.fromisoformat("2026-11-23T11:00:00+08:00")


@pytest.mark.parametrize("value", ["", "x" * 3000, "<script>alert(1)</script>", "😀", "\x00"])
@pytest.mark.parametrize("field", ["slot", "start", "reason"])
def test_moving_bears_any_input(desk: Client, book: Any, address: Any, field: str, value: str) -> None:
    known = {"slot": "", "start": "2026-11-24T15:00", "reason": "r"}
    answer = desk.post(address("reschedule", book()), known | {field: value})
    assert answer.status_code in (303, 409, 422)
    assert "<script>alert" not in answer.text


def test_what_has_begun_cannot_be_moved(desk: Client, book: Any, address: Any) -> None:
    made = book()
    desk.post(address("check_in", made))
    assert desk.get(address("reschedule", made)).status_code == 409


def test_cancelling_with_a_reason(desk: Client, book: Any, address: Any) -> None:
    made = book()
    assert desk.post(address("cancel", made), {"reason": ""}).status_code == 422
    assert desk.post(address("cancel", made), {"reason": "illness", "note": "感冒"}).status_code == 303
    shown = desk.get(address("appointment", made)).text
    assert all(word in shown for word in ("已取消", "患者生病", "感冒"))


def test_no_show_and_back(
    desk: Client, book: Any, address: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = book()
    assert desk.post(address("no_show", made), {}).status_code == 409
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=3))
    assert desk.post(address("no_show", made), {}).status_code == 303
    assert "爽约" in desk.get(address("appointment", made)).text
    assert desk.post(address("undo_no_show", made), {"reason": "来了"}).status_code == 303
    made.refresh_from_db()
    assert made.status == "booked"


def test_late_record_needs_a_reason_and_is_marked(
    desk: Client, book: Any, address: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = book()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=4))
    url, when = address("late", made, "check_in"), {"happened_at": "2026-11-23T10:55"}
    assert "补录" in desk.get(url).text
    assert desk.post(url, when | {"reason": ""}).status_code == 422
    assert desk.post(url, when | {"reason": "停电"}).status_code == 303
    assert "停电" in desk.get(address("appointment", made)).text
    assert desk.get(address("late", made, "finish")).status_code == 409


def test_start_that_a_gate_refuses_says_why(
    desk: Client, book: Any, clinic: Any, address: Any, setup_actor: Actor
) -> None:
    made = book()
    desk.post(address("check_in", made))
    services.call_in(actor=setup_actor, at=clock.now(), appointment=made.id)
    with recorded(setup_actor):
        clinic.doctor.credentials.update(valid_to="2026-11-01")
    answer = desk.post(address("start", made))
    assert answer.status_code == 422
    assert all(word in answer.text for word in ("2026-11-01 到期", "更新执业证书"))


def test_director_sees_verdicts(browser: Callable[..., Client], book: Any, address: Any) -> None:
    director, made = browser("director"), book()
    director.post(address("check_in", made))
    assert "规则判断" in director.get(address("appointment", made)).text
