"""Pages for what has no page."""

from __future__ import annotations

from collections.abc import Callable

from django.template.loader import get_template
from django.test import Client


def test_unknown_address_has_a_page_of_ours(signed_in: Callable[..., Client]) -> None:
    answer = signed_in("reception").get("/nowhere/")
    assert answer.status_code == 404
    assert "这一页没有打开" in answer.content.decode()


def test_stale_form_is_explained(signed_in: Callable[..., Client]) -> None:
    browser = signed_in("reception")
    browser.handler.enforce_csrf_checks = True
    answer = browser.post("/me/preferences/", {"language": "en"})
    assert answer.status_code == 403
    assert "刷新后再试" in answer.content.decode()


def test_broken_page_needs_neither_request_nor_database() -> None:
    assert "回到我的工作" in get_template("500.html").render()
