"""Somebody at the clinic and what they do in their browser, in their own words."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

AXE = (Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js").read_text()
PASSWORD = "liangyi-demo"
ON_THE_WAY = ".htmx-request, .htmx-swapping, .htmx-settling, .offcanvas.showing, .offcanvas.hiding"


@dataclass
class Person:
    """One browser of their own. Labels, buttons and links are named as they stand on screen."""

    page: Page
    base: str
    name: str
    troubles: list[str] = field(default_factory=list)

    def signs_in(self, password: str = PASSWORD) -> Person:
        self.goes_to("/sign-in/")
        self.fills("账号", self.name)
        self.fills("密码", password)
        self.presses("登录")
        self.page.wait_for_url(lambda url: "/sign-in/" not in url)
        return self

    def goes_to(self, path: str) -> Person:
        self.page.goto(f"{self.base}{path}")
        return self

    def opens(self, name: str) -> Person:
        """An entry of the navigation, behind 更多 where it stands there."""
        nav = self.page.get_by_role("navigation", name="主导航")
        more = nav.locator("details:not([open]) > summary")
        link = nav.get_by_role("link", name=name, exact=True)
        if not link.is_visible() and more.count():
            more.click()
        self._arrives_by(link)
        return self

    def follows(self, name: str) -> Person:
        """A link of the page, the first of that name."""
        link = self.page.locator("main, #drawer").get_by_role("link", name=name).locator("visible=true").first
        self._arrives_by(link)
        return self

    def _arrives_by(self, link: Locator) -> None:
        link.click()
        self.settles()

    def fills(self, label: str, value: str) -> Person:
        self.field(label).fill(value)
        return self

    def chooses(self, label: str, option: str) -> Person:
        self.field(label).select_option(label=option)
        return self

    def ticks(self, label: str) -> Person:
        self._form().get_by_label(label).first.check()
        return self

    def presses(self, name: str) -> Person:
        """A button of the page or its drawer, the first of that name."""
        self._form().get_by_role("button", name=name).locator("visible=true").first.click()
        self.settles()
        return self

    def field(self, label: str) -> Locator:
        return self._form().get_by_label(label, exact=False).locator("visible=true").first

    def sees(self, *words: str) -> Person:
        for each in words:
            expect(self._form()).to_contain_text(each)
        return self

    def does_not_see(self, *words: str) -> Person:
        for each in words:
            expect(self.page.locator("body")).not_to_contain_text(each)
        return self

    def is_at(self, path: str) -> Person:
        self.page.wait_for_url(lambda url: path in url)
        return self

    def settles(self) -> None:
        """Wait until nothing is on its way any more: no answer awaited, none being put into the page."""
        self.page.wait_for_load_state("networkidle")
        expect(self.page.locator(ON_THE_WAY)).to_have_count(0)

    def status_of(self, path: str) -> int:
        answer = self.page.context.request.get(f"{self.base}{path}")
        return int(answer.status)

    def axe_complaints(self) -> list[Any]:
        self.settles()
        self.page.evaluate(AXE)
        found = self.page.evaluate("axe.run()")["violations"]
        return [(each["id"], [node["html"][:160] for node in each["nodes"][:3]]) for each in found]

    def is_wider_than_the_screen(self) -> bool:
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))

    def _form(self) -> Locator:
        """The drawer while it is open, else the page."""
        drawer = self.page.locator("#drawer.show")
        return drawer if drawer.count() else self.page.locator("body")

    def unfolds(self, name: str) -> Person:
        """A link that opens the drawer; further words are about what is in there."""
        self.follows(name)
        expect(self.page.locator("#drawer.show")).to_be_visible()
        return self

    def saves(self, name: str) -> Person:
        """A button that is done with its form: the next page is there."""
        button = self._form().get_by_role("button", name=name, exact=True).locator("visible=true").first
        with self.page.expect_navigation():
            button.click()
        self.settles()
        return self
