"""My work, my notifications, my account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from liangyi.platform import clock
from liangyi.platform.access.models import Account, Session, Site
from liangyi.platform.audit.services import recorded
from liangyi.platform.worklist.models import WorkItem

from .conftest import PASSWORD, SETUP, browser_of, with_password


@pytest.fixture
def work(site: Site) -> Callable[..., WorkItem]:
    """`work(hours=-3)` is reception's and was due three hours ago."""

    def make(*, hours: int, **more: Any) -> WorkItem:
        now = clock.now()
        with recorded(SETUP):
            return WorkItem.objects.create(
                kind="test.call_back",
                site=site,
                role=more.pop("role", "reception"),
                subject_type="test.nothing",
                subject_id=uuid4(),
                opened_at=now,
                due_at=now + timedelta(hours=hours),
                **more,
            )

    return make


def test_home_says_when_there_is_nothing_to_do(signed_in: Callable[..., Client]) -> None:
    assert "都做完了" in signed_in("reception").get("/").content.decode()


def test_home_shows_late_before_next(signed_in: Callable[..., Client], work: Callable[..., WorkItem]) -> None:
    work(hours=300)
    work(hours=-50)
    html = signed_in("reception").get("/").content.decode()
    assert html.index("已逾期") < html.index("接下来")
    assert "前台" in html


def test_home_shows_nothing_of_other_roles(
    signed_in: Callable[..., Client], work: Callable[..., WorkItem]
) -> None:
    work(hours=1, role="pharmacist")
    assert "都做完了" in signed_in("reception").get("/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_home_asks_the_database_as_often_for_one_as_for_three(
    signed_in: Callable[..., Client], work: Callable[..., WorkItem], count: int
) -> None:
    for hours in range(count):
        work(hours=hours + 300)
    browser = signed_in("reception")
    browser.get("/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        browser.get("/")
    assert len(queries) == 7


def test_finish_closes_the_item_with_its_note(
    signed_in: Callable[..., Client], work: Callable[..., WorkItem]
) -> None:
    item = work(hours=1)
    browser = signed_in("reception")
    assert "确认完成" in browser.get(f"/work/{item.pk}/finish/").content.decode()
    assert browser.post(f"/work/{item.pk}/finish/", {"note": "已回电"})["Location"] == "/"
    item.refresh_from_db()
    assert (item.note, item.done_at is not None) == ("已回电", True)


def test_finish_of_somebody_elses_item_is_missing_and_changes_nothing(
    signed_in: Callable[..., Client], work: Callable[..., WorkItem]
) -> None:
    item = work(hours=1, role="pharmacist")
    assert signed_in("reception").post(f"/work/{item.pk}/finish/", {"note": "x"}).status_code == 404
    item.refresh_from_db()
    assert item.done_at is None


def test_assign_hands_the_item_to_a_colleague(
    signed_in: Callable[..., Client], person: Callable[..., Account], work: Callable[..., WorkItem]
) -> None:
    item = work(hours=1)
    nurse = person("nurse")
    browser = signed_in("reception")
    browser.post(f"/work/{item.pk}/assign/", {"assignee": str(nurse.pk)})
    item.refresh_from_db()
    assert item.assignee == nurse


def test_assign_offers_nobody_of_another_site(
    signed_in: Callable[..., Client],
    person: Callable[..., Account],
    work: Callable[..., WorkItem],
    other_site: Site,
) -> None:
    item = work(hours=1)
    outsider = person("nurse", username="outsider", at_site=other_site)
    browser = signed_in("reception")
    assert "outsider" not in browser.get(f"/work/{item.pk}/assign/").content.decode()
    assert browser.post(f"/work/{item.pk}/assign/", {"assignee": str(outsider.pk)}).status_code == 422
    item.refresh_from_db()
    assert item.assignee is None


def test_notifications_open_in_the_drawer(signed_in: Callable[..., Client]) -> None:
    headers = {"HX-Request": "true", "HX-Target": "drawer-body"}
    html = signed_in("reception").get("/me/notifications/", headers=headers).content.decode()
    assert "没有通知" in html
    assert "<html" not in html


def test_password_is_changed_and_the_session_stays(person: Callable[..., Account]) -> None:
    account = with_password(person("reception"))
    browser = browser_of(account)
    typed = {"old": PASSWORD, "new": "another-long-one-9", "again": "another-long-one-9"}
    assert browser.post("/me/password/", typed)["Location"] == "/"
    account.refresh_from_db()
    assert account.check_password("another-long-one-9")
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"old": "wrong"}, "原密码不对"),
        ({"again": "different"}, "两次输入的新密码不一样"),
        ({"new": "short", "again": "short"}, "id_new_error"),
    ],
)
def test_password_complaints_stand_in_the_form(
    person: Callable[..., Account], typed: dict[str, str], complaint: str
) -> None:
    account = with_password(person("reception"))
    right = {"old": PASSWORD, "new": "another-long-one-9", "again": "another-long-one-9"}
    answer = browser_of(account).post("/me/password/", right | typed)
    assert answer.status_code == 422
    assert complaint in answer.content.decode()
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_sessions_end_one_by_one(person: Callable[..., Account]) -> None:
    account = person("reception")
    here, there = browser_of(account), browser_of(account)
    other = Session.objects.get(session_key=there.session.session_key)
    assert "这里" in here.get("/me/sessions/").content.decode()
    here.post("/me/sessions/", {"session": other.reference})
    assert there.get("/").status_code == 303
    assert here.get("/").status_code == 200


def test_sessions_of_others_cannot_be_ended(person: Callable[..., Account]) -> None:
    victim = browser_of(person("nurse"))
    other = Session.objects.get(session_key=victim.session.session_key)
    answer = browser_of(person("reception")).post("/me/sessions/", {"session": other.reference})
    assert answer.status_code in (403, 404)
    assert victim.get("/").status_code == 200
