"""The shell as its readers meet it: in Chromium, by keyboard, on a phone, in the dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import include, path
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from liangyi.platform.access.models import Account

from .conftest import PASSWORD, with_password
from .test_submission import page_doing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).parents[3] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright keeps a loop in this thread
        started = playwright.chromium.launch(
            executable_path=chromium_path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()


@pytest.fixture
def base(live_server: Any, person: Callable[..., Account], settings: Any) -> str:
    settings.ALLOWED_HOSTS = ["*"]
    made = path("made/", page_doing(lambda data: None, to="/"))
    settings.ROOT_URLCONF = (made, path("", include("liangyi.web.shell.urls")))
    with_password(person("reception"))
    return str(live_server.url)


def opened(browser: Browser, base: str, *, width: int = 1440, scheme: Any = "light", **options: Any) -> Page:
    """A page at sign-in that fails the test on any error of a script or of the security policy."""
    page = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale="zh-CN", **options
    ).new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.on("console", lambda line: "Refused to" in line.text and pytest.fail(line.text))
    page.goto(f"{base}/sign-in/")
    return page


def enter(page: Page, base: str) -> Page:
    page.fill("#id_username", "reception")
    page.fill("#id_password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(f"{base}/")
    return page


def axe_complaints(page: Page) -> list[str]:
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text())
    return [found["id"] for found in page.evaluate("axe.run()")["violations"]]


def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(browser: Browser, base: str) -> None:
    for width, scheme in ((1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")):
        page = opened(browser, base, width=width, scheme=scheme, bypass_csp=True)
        assert axe_complaints(page) == []
        assert axe_complaints(enter(page, base)) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.click(".me-button")
        assert axe_complaints(page) == []
        page.context.close()


def test_dark_follows_the_system_and_the_switch(browser: Browser, base: str) -> None:
    page = enter(opened(browser, base, scheme="dark"), base)
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.click(".me-button")
    page.click("[data-theme-switch] [value=light]")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")


def test_drawer_opens_closes_and_links_to_the_page(browser: Browser, base: str) -> None:
    page = enter(opened(browser, base), base)
    page.click(".bell")
    expect(page.locator("#drawer-title")).to_have_text("通知")
    page.locator("#drawer.show:not(.showing)").wait_for()
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()


def test_typed_words_are_saved_and_offered_again(browser: Browser, base: str) -> None:
    page = enter(opened(browser, base), base)
    page.goto(f"{base}/made/")
    page.fill("#id_note", "额头除皱，周五")
    expect(page.locator(".draft-mark")).to_contain_text("已保存", timeout=8000)
    page.reload()
    page.click("[data-draft-restore]")
    expect(page.locator("#id_note")).to_have_value("额头除皱，周五")
    page.click(".form-actions button")
    page.wait_for_url(f"{base}/")
    page.goto(f"{base}/made/")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".draft-bar")).to_have_count(0)


def test_typed_words_that_did_not_reach_the_server_are_sent_again(browser: Browser, base: str) -> None:
    page = enter(opened(browser, base), base)
    page.clock.install()
    page.goto(f"{base}/made/")
    page.route("**/drafts/", lambda route: route.abort(), times=1)
    page.fill("#id_note", "网断了")
    expect(page.locator(".draft-mark.is-failed")).to_be_visible()
    page.clock.fast_forward("00:10")
    expect(page.locator(".draft-mark")).to_contain_text("已保存")


def test_page_that_is_signed_out_does_not_go_on_asking(browser: Browser, base: str) -> None:
    page = enter(opened(browser, base), base)
    page.clock.install()
    page.goto(f"{base}/made/")
    asked: list[str] = []

    def to_sign_in(route: Route) -> None:
        asked.append(route.request.method)
        route.fulfill(status=303, headers={"Location": "/sign-in/"})

    page.route("**/drafts/", to_sign_in)
    page.fill("#id_note", "已经退出")
    expect(page.locator(".draft-mark.is-failed")).to_be_visible()
    page.clock.run_for(60_000)
    assert asked == ["POST"]


def test_idle_reader_is_warned_signed_out_and_comes_back_to_the_draft(browser: Browser, base: str) -> None:
    page = opened(browser, base)
    page.clock.install()
    enter(page, base)
    page.goto(f"{base}/made/")
    page.fill("#id_note", "写到")
    expect(page.locator(".draft-mark")).to_contain_text("已保存", timeout=8000)
    page.fill("#id_note", "写到一半")
    page.clock.fast_forward("14:05")
    page.clock.run_for(10_000)  # for what the warning itself waits for
    expect(page.locator("#idle")).to_be_visible()
    page.clock.fast_forward("01:10")
    page.wait_for_url("**/sign-in/?*")
    expect(page.locator("main")).to_contain_text("已自动退出")
    page.fill("#id_username", "reception")
    page.fill("#id_password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(f"{base}/made/")
    page.click("[data-draft-restore]")
    expect(page.locator("#id_note")).to_have_value("写到一半")


def test_another_tab_signing_in_anew_does_not_lose_a_form(browser: Browser, base: str) -> None:
    page = enter(opened(browser, base), base)
    page.goto(f"{base}/made/")
    page.fill("#id_note", "第一页")
    other = page.context.new_page()
    other.goto(f"{base}/")
    other.click(".me-button")
    other.click("form[action='/sign-out/'] button")
    other.wait_for_url(f"{base}/sign-in/")
    enter(other, base)
    page.click(".form-actions button")
    page.wait_for_url(f"{base}/")
