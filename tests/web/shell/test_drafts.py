"""What is typed is kept, sealed, for its owner alone, until it is saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from liangyi.platform import clock
from liangyi.platform.access.models import Account, Draft
from liangyi.web.shell import signin
from liangyi.web.shell.page import Request, page

from .conftest import browser_of
from .test_submission import page_doing, raising


@pytest.fixture
def browser(signed_in: Callable[..., Client]) -> Client:
    return signed_in("reception")


def save(browser: Client, **fields: str) -> dict[str, str]:
    answer = browser.post("/drafts/", {"_draft": "note", **fields})
    assert answer.status_code == 200
    return dict(answer.json())


def test_draft_comes_back_as_typed(browser: Client) -> None:
    assert len(save(browser, reason="额头除皱")["saved_at"]) == 5
    kept = browser.get("/drafts/?form=note").json()
    assert kept["fields"] == {"reason": ["额头除皱"]}


def test_draft_is_sealed(browser: Client) -> None:
    save(browser, reason="额头除皱")
    assert "额头".encode() not in bytes(Draft.objects.get().sealed)


def test_draft_keeps_no_password_and_no_token(browser: Client) -> None:
    save(browser, reason="a", password="p", new_password="q", csrfmiddlewaretoken="t", _x="y")
    assert browser.get("/drafts/?form=note").json()["fields"] == {"reason": ["a"]}


def test_draft_is_its_owners_alone(browser: Client, person: Callable[..., Account]) -> None:
    save(browser, reason="a")
    assert browser_of(person("nurse")).get("/drafts/?form=note").status_code == 204


def test_draft_is_forgotten_when_dropped(browser: Client) -> None:
    save(browser, reason="a")
    browser.post("/drafts/", {"_draft": "note", "_discard": "1"})
    assert browser.get("/drafts/?form=note").status_code == 204


def test_draft_is_forgotten_when_the_form_is_saved(browser: Client, pages: Callable[..., None]) -> None:
    pages(page_doing(lambda data: None))
    save(browser, note="a")
    browser.post("/made/", {"note": "a", "_draft": "note"})
    assert not Draft.objects.exists()


def test_draft_survives_a_refused_form(browser: Client, pages: Callable[..., None]) -> None:
    from liangyi.platform.errors import Conflict

    pages(page_doing(raising(Conflict())))
    save(browser, note="a")
    browser.post("/made/", {"note": "a", "_draft": "note"})
    assert Draft.objects.exists()


def test_draft_is_made_of_a_post_that_came_too_late(browser: Client, pages: Callable[..., None]) -> None:
    @page(None, methods=("GET", "POST"))
    def never(request: Request) -> HttpResponse:
        raise AssertionError

    pages(never)
    session = browser.session
    session[signin.SEEN] = int((clock.now() - timedelta(hours=1)).timestamp())
    session.save()
    browser.post("/made/", {"note": "typed words", "_draft": "note"})
    browser = browser_of(Account.objects.get(username="reception"))
    assert browser.get("/drafts/?form=note").json()["fields"] == {"note": ["typed words"]}


def test_draft_without_a_name_is_refused(browser: Client) -> None:
    assert browser.post("/drafts/", {"reason": "a"}).status_code == 422
