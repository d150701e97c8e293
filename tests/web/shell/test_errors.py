"""Pages for what has no page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.views.defaults import bad_request, permission_denied

from liangyi.platform.errors import LiangyiError
from liangyi.web.shell.page import Request, page


class Busy(LiangyiError):
    kind = "busy"


@page(None)
def overrun(_request: Request) -> HttpResponse:
    raise Busy()


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


@pytest.mark.parametrize(
    ("view", "error", "status"),
    [(bad_request, SuspiciousOperation(), 400), (permission_denied, PermissionDenied(), 403)],
)
def test_what_django_itself_refuses_has_a_page_of_ours(
    view: Callable[..., HttpResponse], error: Exception, status: int
) -> None:
    answer = view(RequestFactory().get("/"), error)
    assert answer.status_code == status
    assert "这一页没有打开" in answer.content.decode()


def test_busy_house_asks_to_come_again(signed_in: Callable[..., Client], pages: Callable[..., None]) -> None:
    pages(overrun)
    answer = signed_in("reception").get("/made/")
    assert answer.status_code == 503
    assert "系统正忙，请过一会儿再试。" in answer.content.decode()
