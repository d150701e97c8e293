"""submit(): what a service says lands in the form, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.test import Client

from liangyi.platform.errors import Conflict, Invalid, Refusal, Refused
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import submit


class NoteForm(forms.Form):
    note = forms.CharField(label="备注")


def page_doing(action: Callable[[dict[str, Any]], Any], to: Any = "/next/") -> Callable[..., HttpResponse]:
    @page(None, methods=("GET", "POST"))
    def view(request: Request) -> HttpResponse:
        form = NoteForm(request.POST or None)
        done = submit(request, form, action, to=to)
        return done or render(request, "shell/work/finish.html", {"form": form, "card": None})

    return view


def raising(error: Exception) -> Callable[[dict[str, Any]], None]:
    def action(data: dict[str, Any]) -> None:
        raise error

    return action


@pytest.fixture
def browser(signed_in: Callable[..., Client]) -> Client:
    return signed_in("reception")


def test_submit_runs_the_action_and_goes_on(browser: Client, pages: Callable[..., None]) -> None:
    pages(page_doing(lambda data: data["note"], to=lambda note: f"/notes/{note}/"))
    answer = browser.post("/made/", {"note": "a"})
    assert (answer.status_code, answer["Location"]) == (303, "/notes/a/")


def test_submit_goes_on_by_htmx(browser: Client, pages: Callable[..., None]) -> None:
    pages(page_doing(lambda data: None))
    answer = browser.post("/made/", {"note": "a"}, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == "/next/"


def test_submit_stays_by_refreshing(browser: Client, pages: Callable[..., None]) -> None:
    pages(page_doing(lambda data: None, to=""))
    assert browser.post("/made/", {"note": "a"})["Location"] == "/made/"
    assert browser.post("/made/", {"note": "a"}, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_submit_does_nothing_on_get(browser: Client, pages: Callable[..., None]) -> None:
    pages(page_doing(raising(AssertionError("ran"))))
    assert browser.get("/made/").status_code == 200


def test_submit_keeps_what_was_typed_beside_a_field_error(
    browser: Client, pages: Callable[..., None]
) -> None:
    pages(page_doing(raising(Invalid({"note": ["太短了"], "other": ["另有问题"]}))))
    answer = browser.post("/made/", {"note": "typed words"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert all(text in html for text in ("太短了", "另有问题", "typed words"))


def test_submit_shows_a_refusal_and_keeps_what_was_typed(browser: Client, pages: Callable[..., None]) -> None:
    pages(page_doing(raising(Refused("Book", [Refusal("none", "证书 2026-10-31 到期")]))))
    answer = browser.post("/made/", {"note": "typed words"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert all(text in html for text in ('class="refusal"', "证书 2026-10-31 到期", "typed words"))


def test_submit_shows_a_conflict(browser: Client, pages: Callable[..., None]) -> None:
    pages(page_doing(raising(Conflict("刚被别人约走"))))
    answer = browser.post("/made/", {"note": "typed words"})
    assert answer.status_code == 409
    assert "刚被别人约走" in answer.content.decode()


@pytest.mark.parametrize("text", ["", " ", "\x00", "<script>alert(1)</script>", "😀" * 5000])
def test_submit_answers_any_input_without_an_error(
    browser: Client, pages: Callable[..., None], text: str
) -> None:
    pages(page_doing(raising(Invalid({"note": ["不行"]}))))
    answer = browser.post("/made/", {"note": text})
    assert answer.status_code == 422
    assert "<script>alert" not in answer.content.decode()
