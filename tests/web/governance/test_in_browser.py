"""A policy from the clipboard to its clauses and its next version, in Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from liangyi.platform.access.models import Account
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).parents[3] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PASSWORD = "right-and-long-enough"


@pytest.fixture(scope="module")
def chromium(chromium_path: str) -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright keeps a loop in this thread
        started = playwright.chromium.launch(
            executable_path=chromium_path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


@pytest.fixture
def quality_page(
    chromium: Browser, live_server: Any, person: Callable[..., Account], setup_actor: Actor
) -> Callable[..., Page]:
    """`quality_page(width)` is a page in which the quality manager has just signed in."""

    def make(width: int) -> Page:
        account = person("quality")
        account.set_password(PASSWORD)
        with recorded(setup_actor):
            account.save()
        size = {"width": width, "height": 900}
        page = chromium.new_context(base_url=live_server.url, locale="zh-CN", viewport=size).new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        page.goto("/sign-in/")
        page.fill("#id_username", "quality")
        page.fill("#id_password", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url("**/")
        return page

    return make


def _is_accessible(page: Page) -> None:
    if not AXE.exists():
        pytest.skip("NO AXE: the front-end packages are not installed")
    # The page's own policy forbids foreign scripts; the debugger's evaluate is not bound by it.
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run()")["violations"]
    assert [(problem["id"], [node["html"] for node in problem["nodes"]]) for problem in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("width", [1440, 390])
def test_policy_from_paste_to_comparison(
    quality_page: Callable[..., Page], policy_text: str, width: int
) -> None:
    page = quality_page(width)
    page.goto("/policies/")
    _is_accessible(page)
    page.get_by_role("link", name="导入制度").first.click()
    page.get_by_label("或粘贴正文").fill(policy_text)
    _is_accessible(page)
    page.get_by_role("button", name="导入制度").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("医疗美容运营制度范本")
    _is_accessible(page)
    page.get_by_role("link", name="导入新版本").click()
    page.get_by_label("或粘贴正文").fill(policy_text.replace("績效獎金", "年終獎金"))
    page.get_by_role("button", name="导入新版本").click()
    expect(page.get_by_text("第 1 版 → 第 2 版")).to_be_visible()
    expect(page.get_by_text("有修改", exact=True).first).to_be_visible()
    _is_accessible(page)
