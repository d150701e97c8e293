"""Signing in and out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from liangyi.platform import clock
from liangyi.platform.access.models import Account
from liangyi.platform.audit.services import recorded
from liangyi.web.shell import signin

from .conftest import PASSWORD, SETUP, browser_of, with_password


@pytest.fixture
def account(person: Callable[..., Account]) -> Account:
    return with_password(person("reception"))


@pytest.fixture
def stranger() -> Client:
    return Client(SERVER_NAME="127.0.0.1")


def enter(client: Client, password: str = PASSWORD, **more: str) -> tuple[int, str]:
    answer = client.post("/sign-in/", {"username": "Reception", "password": password, **more})
    return answer.status_code, answer.headers.get("Location", answer.content.decode())


def test_sign_in_goes_where_one_wanted_to_go(account: Account, stranger: Client) -> None:
    assert enter(stranger, next="/me/password/") == (303, "/me/password/")
    assert stranger.get("/").status_code == 200


def test_sign_in_never_leads_elsewhere(account: Account, stranger: Client) -> None:
    assert enter(stranger, next="https://evil.example/") == (303, "/")


def test_sign_in_wrong_says_so_without_saying_what(account: Account, stranger: Client) -> None:
    status, html = enter(stranger, password="wrong")
    assert status == 422
    assert "账号或密码不对" in html
    assert stranger.get("/").status_code == 303


def test_sign_in_locks_out_after_five_wrong_passwords(account: Account, stranger: Client) -> None:
    for _ in range(5):
        enter(stranger, password="wrong")
    status, html = enter(stranger)
    assert status == 429
    assert "密码错误次数过多" in html
    assert "15 分钟后再试" in html
    assert stranger.get("/").status_code == 303


def test_sign_in_of_an_ended_account_fails(account: Account, stranger: Client) -> None:
    with recorded(SETUP):
        Account.objects.filter(pk=account.pk).update(is_active=False, ended_at=clock.now())
    assert enter(stranger)[0] == 422


def test_sign_out_ends_the_session(account: Account) -> None:
    browser = browser_of(account)
    assert browser.post("/sign-out/")["Location"] == "/sign-in/"
    assert browser.get("/").status_code == 303


def test_idle_session_ends_and_leads_back(account: Account) -> None:
    browser = browser_of(account)
    _last_seen(browser, minutes=16)
    answer = browser.get("/me/password/")
    assert answer["Location"] == "/sign-in/?next=%2Fme%2Fpassword%2F&idle=1"
    assert "已自动退出" in browser.get(answer["Location"]).content.decode()


def test_used_session_goes_on(account: Account) -> None:
    browser = browser_of(account)
    _last_seen(browser, minutes=14)
    assert browser.post("/keep-alive/").status_code == 204
    assert clock.now().timestamp() - browser.session[signin.SEEN] < 5


def test_background_requests_do_not_count_as_use(account: Account) -> None:
    browser = browser_of(account)
    _last_seen(browser, minutes=14)
    browser.get("/drafts/?form=x", headers={"X-Background": "1"})
    assert clock.now().timestamp() - browser.session[signin.SEEN] > 800


def test_forced_password_change_comes_first(account: Account) -> None:
    with recorded(SETUP):
        Account.objects.filter(pk=account.pk).update(must_change_password=True)
    browser = browser_of(account)
    assert browser.get("/")["Location"] == "/me/password/"
    assert "请先换成自己的密码" in browser.get("/me/password/").content.decode()


def test_language_before_signing_in_is_a_cookie(account: Account, stranger: Client) -> None:
    stranger.post("/language/", {"language": "en", "next": "/sign-in/"})
    assert "Sign in" in stranger.get("/sign-in/").content.decode()


def test_unknown_language_changes_nothing(account: Account, stranger: Client) -> None:
    stranger.post("/language/", {"language": "xx"})
    assert "登录" in stranger.get("/sign-in/").content.decode()


def _last_seen(browser: Client, *, minutes: int) -> None:
    session = browser.session
    session[signin.SEEN] = int((clock.now() - timedelta(minutes=minutes)).timestamp())
    session.save()
