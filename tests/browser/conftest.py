"""The real product behind a real browser, at one fixed moment, on a database of each journey's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer
from tests import databases

from liangyi.demo.options import Options, moment_for
from liangyi.platform import clock

from .people import Person

TODAY = date(2026, 11, 24)
MOMENT = moment_for(TODAY, datetime(2026, 11, 24, tzinfo=UTC))
"""A Tuesday, 14:50 in Shanghai."""
DEMO = Options(patients=40, years=0.25, seed=1, moment=MOMENT)

Clinic = Callable[..., Person]
"""`clinic("nurse")` is that account in a browser of its own, not signed in yet."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if item.path.is_relative_to(__file__.rpartition("/")[0]):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright keeps a loop in this thread
        started = playwright.chromium.launch(
            executable_path=chromium_path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[str]:
    """Where the product answers; which database it reads changes from test to test."""
    started = LiveServer("127.0.0.1")
    yield started.url
    started.stop()


@pytest.fixture(scope="session")
def demo_database(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> str:
    with django_db_blocker.unblock():
        return databases.with_demo(DEMO, databases.run_folder(tmp_path_factory))[0]


@pytest.fixture
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The product lives at MOMENT and the minutes since."""
    ahead = MOMENT - datetime.now(UTC)
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + ahead)


@pytest.fixture
def demo(
    browser: Browser, server: str, demo_database: str, stopped_clock: None, django_db_blocker: Any
) -> Iterator[Clinic]:
    """People of the demo clinic, on a fresh copy of it."""
    yield from _clinic(browser, server, demo_database, django_db_blocker)


@pytest.fixture
def empty(browser: Browser, server: str, stopped_clock: None, django_db_blocker: Any) -> Iterator[Clinic]:
    """People of a clinic that has nothing yet."""
    with django_db_blocker.unblock():
        migrated = databases.migrated()
    yield from _clinic(browser, server, migrated, django_db_blocker)


def _clinic(browser: Browser, server: str, source: str, django_db_blocker: Any) -> Iterator[Clinic]:
    people: list[Person] = []

    def person(name: str, *, width: int = 1440, height: int = 900, **options: Any) -> Person:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            **options,
        )
        context.set_default_timeout(15_000)
        people.append(Person(context.new_page(), server, name))
        _note_troubles(people[-1])
        return people[-1]

    with django_db_blocker.unblock():
        name = f"{databases.migrated()}_journey"
        databases.drop(name)
        with databases.copy_of(source, name):
            yield person
            for each in people:
                each.page.context.close()
        databases.drop(name)
    assert [trouble for each in people for trouble in each.troubles] == []


def _note_troubles(person: Person) -> None:
    """Errors of a script, of the security policy and of the server fail the journey at its end."""
    page, troubles = person.page, person.troubles
    page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
    page.on("console", lambda line: "Refused to" in line.text and troubles.append(line.text))
    page.on("response", lambda got: got.status >= 500 and troubles.append(f"{got.status} {got.url}"))


def day(after: int = 0) -> str:
    """A day as a date field takes it."""
    return str(TODAY + timedelta(days=after))
