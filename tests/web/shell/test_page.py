"""@page: who may, where, in which layout, and what errors become."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.utils import timezone

from liangyi.platform.access.models import Account, Grant, Site
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Conflict, Denied, Invalid, LiangyiError, Missing, Refusal, Refused
from liangyi.web.shell.page import Request, page, public

from .conftest import SETUP, browser_of

Signed = Callable[..., Client]
Serve = Callable[..., None]


@page("access.manage_sites", methods=("GET", "POST"))
def guarded(request: Request) -> HttpResponse:
    return HttpResponse(f"{request.actor.name}|{request.site.name}|{timezone.get_current_timezone_name()}")


def test_page_gives_the_view_actor_site_and_zone(signed_in: Signed, pages: Serve) -> None:
    pages(guarded)
    text = signed_in("director").get("/made/").content.decode()
    assert text == "director|良医医疗美容医院|Asia/Shanghai"


def test_page_sends_a_stranger_to_sign_in_and_back(person: Callable[..., Account], pages: Serve) -> None:
    person("director")
    pages(guarded)
    answer = Client(SERVER_NAME="127.0.0.1").get("/made/?day=1")
    assert (answer.status_code, answer["Location"]) == (303, "/sign-in/?next=%2Fmade%2F%3Fday%3D1")


def test_page_sends_htmx_to_sign_in_with_the_shown_page(person: Callable[..., Account], pages: Serve) -> None:
    person("director")
    pages(guarded)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://127.0.0.1/shown/?a=1"}
    answer = Client(SERVER_NAME="127.0.0.1").get("/made/", headers=headers)
    assert answer["HX-Redirect"] == "/sign-in/?next=%2Fshown%2F%3Fa%3D1"


def test_page_denied_names_the_permission_and_who_has_it(signed_in: Signed, pages: Serve) -> None:
    pages(guarded)
    answer = signed_in("reception").get("/made/")
    assert answer.status_code == 403
    assert "设立院区与科室" in answer.content.decode()
    assert "院长" in answer.content.decode()


def test_page_denied_runs_nothing(signed_in: Signed, pages: Serve) -> None:
    ran = []

    @page("access.manage_sites", methods=("GET", "POST"))
    def writes(request: Request) -> HttpResponse:
        ran.append(request.actor)
        return HttpResponse()

    pages(writes)
    assert signed_in("reception").post("/made/").status_code == 403
    assert ran == []


def test_page_without_an_active_site_fails_closed(person: Callable[..., Account], pages: Serve) -> None:
    pages(guarded)
    account = person("director")
    with recorded(SETUP):
        Grant.objects.filter(account=account).delete()
    assert browser_of(account).get("/made/").status_code == 403


def test_page_asks_for_the_permission_at_the_active_site(
    person: Callable[..., Account], other_site: Site, pages: Serve
) -> None:
    pages(guarded)
    account = person("director")
    with recorded(SETUP):
        Account.objects.filter(pk=account.pk).update(site=other_site)
        Grant.objects.create(account=account, role_id=_role_id("reception"), site=other_site)
    assert browser_of(account).get("/made/").status_code == 403


def test_page_allows_only_declared_methods(signed_in: Signed, pages: Serve) -> None:
    pages(guarded)
    assert signed_in("director").put("/made/").status_code == 405


def test_page_and_public_say_what_they_are() -> None:
    @public(methods=("GET", "POST"))
    def anybody(request: Any) -> HttpResponse:
        return HttpResponse()

    declared = [(view.permission, view.methods, view.is_public) for view in (guarded, anybody)]  # type: ignore[attr-defined]
    assert declared == [("access.manage_sites", ("GET", "POST"), False), (None, ("GET", "POST"), True)]


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (Denied("access.manage_sites"), 403, "没有权限"),
        (Missing(), 404, "没有找到"),
        (Http404(), 404, "没有找到"),
        (Conflict("已被占用"), 409, "已被占用"),
        (Refused("Book", [Refusal("none", "证书到期")]), 422, "证书到期"),
        (Invalid({"day": ["日期不对"]}), 422, "日期不对"),
    ],
)
def test_page_turns_errors_into_pages(
    signed_in: Signed, pages: Serve, error: LiangyiError, status: int, words: str
) -> None:
    @page(None)
    def fails(request: Request) -> HttpResponse:
        raise error

    pages(fails)
    answer = signed_in("reception").get("/made/")
    assert answer.status_code == status
    assert words in answer.content.decode()


def test_page_serves_one_template_as_page_drawer_and_fragment(signed_in: Signed, pages: Serve) -> None:
    @page(None)
    def empty(request: Request) -> HttpResponse:
        return render(request, "shell/missing.html")

    pages(empty)
    browser = signed_in("reception")
    whole = browser.get("/made/").content.decode()
    drawer = browser.get(
        "/made/", headers={"HX-Request": "true", "HX-Target": "drawer-body"}
    ).content.decode()
    fragment = browser.get("/made/", headers={"HX-Request": "true"}).content.decode()
    assert "<!doctype html>" in whole
    assert "offcanvas-title" in drawer
    assert "<html" not in drawer + fragment
    assert "offcanvas-title" not in fragment
    assert all("这里没有您要找的内容" in text for text in (whole, drawer, fragment))


def test_page_is_kept_by_no_cache(signed_in: Signed, pages: Serve) -> None:
    pages(guarded)
    answer = signed_in("director").get("/made/")
    assert "no-store" in answer["Cache-Control"]
    assert "HX-Request" in answer["Vary"]


def _role_id(code: str) -> Any:
    from liangyi.platform.access.models import Role

    return Role.objects.get(code=code).pk
