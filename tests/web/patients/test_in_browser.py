"""Patients as the desk meets them: in Chromium, from the identity card to the chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from liangyi.domains.patients.models import Patient
from liangyi.domains.patients.rules.entries import NewAllergy, NewGuardian, resident
from liangyi.platform.access.models import Account
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).parents[3] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
LI_MING = "11010519491231002X"
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
def open_as(
    chromium: Browser, live_server: Any, person: Callable[..., Account], setup_actor: Actor
) -> Callable[..., Page]:
    """`open_as("reception")` is a page in which that person has just signed in."""

    def make(role: str, **options: Any) -> Page:
        account = Account.objects.filter(username=role).first() or person(role)
        account.set_password(PASSWORD)
        with recorded(setup_actor):
            account.save()
        context = chromium.new_context(base_url=live_server.url, locale="zh-CN", **options)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        page.goto("/sign-in/")
        page.fill("#id_username", role)
        page.fill("#id_password", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url("**/")
        return page

    return make


def test_identity_card_to_chart(open_as: Callable[..., Page]) -> None:
    page = open_as("reception", viewport={"width": 1440, "height": 900})
    page.goto("/patients/register/")
    page.fill("#id_paper_number", LI_MING.lower())
    page.fill("#id_name", "李明")
    expect(page.locator("#id_birth_date")).to_have_value("1949-12-31")
    expect(page.locator("#id_sex")).to_have_value("2")
    page.fill("#id_phone", "138 0013 8000")
    page.fill("#id_allergy_0_substance", "青霉素")
    page.click("[data-add-row]")
    page.fill("#id_allergy_1_substance", "花生")
    page.click(".consent-text summary >> nth=0")
    page.check("input[name=consents] >> nth=0")
    page.get_by_role("button", name="登记患者").click()
    page.wait_for_url(lambda url: "/patients/register/" not in url)
    expect(page.locator(".patient-header")).to_contain_text("过敏：花生")
    page.locator(".patient-header").get_by_role("button", name="显示").click()
    expect(page.locator(".patient-header")).to_contain_text("13800138000")


def test_minor_brings_the_guardian_and_a_draft_comes_back(open_as: Callable[..., Page]) -> None:
    page = open_as("reception", viewport={"width": 390, "height": 844})
    page.goto("/patients/register/")
    expect(page.locator("#guardian-block")).to_be_hidden()
    page.fill("#id_name", "李小明")
    page.fill("#id_birth_date", "2018-05-06")
    page.locator("#id_phone").focus()
    expect(page.locator("#guardian-block")).to_be_visible()
    page.fill("#id_guardian_name", "李父")
    expect(page.locator(".draft-mark")).to_contain_text("已保存", timeout=8000)
    page.goto("/patients/register/")
    page.click("[data-draft-restore]")
    expect(page.locator("#id_name")).to_have_value("李小明")
    expect(page.locator("#guardian-block")).to_be_visible()
    expect(page.locator("#id_guardian_name")).to_have_value("李父")
    expect(page.locator("#id_birth_date")).to_have_value("2018-05-06")


def test_likely_duplicate_is_settled_on_the_form(
    open_as: Callable[..., Page], register: Callable[..., Patient]
) -> None:
    register(name="李明", phone="13800138000")
    page = open_as("reception", viewport={"width": 1440, "height": 900})
    page.goto("/patients/register/")
    page.fill("#id_name", "黎明")
    page.fill("#id_phone", "13800138000")
    page.get_by_role("button", name="登记患者").click()
    expect(page.locator("#duplicates")).to_contain_text("李明")
    page.get_by_role("button", name="确实是另一位，继续登记").click()
    expect(page.locator(".patient-name")).to_have_text("黎明")


def test_chart_is_changed_in_the_drawer(open_as: Callable[..., Page], patient: Patient) -> None:
    page = open_as("reception", viewport={"width": 1440, "height": 900})
    page.goto(f"/patients/{patient.pk}/")
    page.get_by_role("link", name="登记过敏").click()
    page.locator("#drawer").get_by_role("button", name="登记过敏").click()
    expect(page.locator("#drawer .field-error")).to_be_visible()
    page.fill("#drawer #id_substance", "乳胶")
    page.locator("#drawer").get_by_role("button", name="登记过敏").click()
    expect(page.locator(".patient-header")).to_contain_text("过敏：乳胶")


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    open_as: Callable[..., Page], register: Callable[..., Patient], width: int, scheme: Any
) -> None:
    patient = register(
        papers=[resident(LI_MING)],
        allergies=[NewAllergy("青霉素", "severe", "皮疹")],
        alerts=["轮椅"],
        guardian=NewGuardian("王女", "女儿", "13800138000"),
    )
    page = open_as("director", viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    tabs = [f"/patients/{patient.pk}/{tab}" for tab in ("", "details/", "consents/", "history/", "merge/")]
    for path in [
        "/patients/",
        "/patients/register/",
        "/patients/search/?q=王",
        "/patients/consent-texts/",
        *tabs,
    ]:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes[0].html]))")
        assert (path, found) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width
