from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from liangyi.domains.governance import services
from liangyi.domains.governance.models import PolicyVersion
from liangyi.platform import clock
from liangyi.platform.access.models import Account
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded

AXE = Path(__file__).parents[3] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PASSWORD = "right-and-long-enough"
FIRST = "投诉制度\n一、受理\n接到投诉后5个工作日内答复。\n应做好记录。\n"


@pytest.fixture
def browser(person: Callable[..., Account], setup_actor: Actor) -> Callable[..., Client]:
    """`browser("quality")` is signed in with that role."""

    def make(role: str) -> Client:
        client = Client(SERVER_NAME="127.0.0.1")
        with recorded(setup_actor):
            client.force_login(person(role), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def quality(browser: Callable[..., Client]) -> Client:
    return browser("quality")


@pytest.fixture
def version(setup_actor: Actor, db: None) -> PolicyVersion:
    return services.import_policy(actor=setup_actor, at=clock.now(), content=FIRST.encode())


@pytest.fixture(scope="session")
def policy_text(shared_folder: Path) -> str:
    """A real policy as somebody would paste it, furniture, pinyin, lost letters and all."""
    file = next((shared_folder / "policies").glob("001_*.txt"))
    return file.read_text(encoding="utf-8")


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
def page_of(
    chromium: Browser, live_server: Any, person: Callable[..., Account], setup_actor: Actor
) -> Callable[..., Page]:
    """`page_of("quality", 1440)` is a page in which somebody with that role has just signed in."""

    def make(role: str, width: int) -> Page:
        account = person(role)
        account.set_password(PASSWORD)
        with recorded(setup_actor):
            account.save()
        size = {"width": width, "height": 900}
        page = chromium.new_context(base_url=live_server.url, locale="zh-CN", viewport=size).new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        page.goto("/sign-in/")
        page.fill("#id_username", role)
        page.fill("#id_password", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url("**/")
        return page

    return make


@pytest.fixture
def quality_page(page_of: Callable[..., Page]) -> Callable[..., Page]:
    """`quality_page(width)` is the quality manager's page."""
    return lambda width: page_of("quality", width)


@pytest.fixture
def is_accessible() -> Callable[[Page], None]:
    """`is_accessible(page)` fails where axe finds something or the page is wider than its window."""

    def check(page: Page) -> None:
        if not AXE.exists():
            pytest.skip("NO AXE: the front-end packages are not installed")
        # The page's own policy forbids foreign scripts; the debugger's evaluate is not bound by it.
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run()")["violations"]
        assert [(problem["id"], [node["html"] for node in problem["nodes"]]) for problem in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    return check
