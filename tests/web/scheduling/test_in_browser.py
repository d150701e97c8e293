"""The front desk in Chromium: a booking from the board, a visit through the queue, axe at both widths."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from liangyi.domains.patients import services as patients
from liangyi.domains.scheduling import services
from liangyi.domains.scheduling.models import Appointment
from liangyi.platform import actors, clock
from liangyi.platform.access.models import Account
from liangyi.platform.audit.services import recorded

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).parents[3] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PASSWORD = "right-and-long-enough"
PAGES = [
    "/scheduling/",
    "/scheduling/?view=room",
    "/scheduling/queue/",
    "/scheduling/queue/wall/",
    "/scheduling/rota/",
    "/scheduling/end-of-day/",
    "/scheduling/records/",
    "/enquiries/",
]


@pytest.fixture(scope="module")
def chromium(chromium_path: str) -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright keeps a loop in this thread
        started = playwright.chromium.launch(
            executable_path=chromium_path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()


@pytest.fixture
def signed_in(
    chromium: Browser, live_server: Any, person: Callable[..., Account], settings: Any, clinic: Any
) -> Iterator[Callable[..., Page]]:
    """`signed_in(width=390)` is the receptionist's page (or another `role`'s), which fails on any error of
    a script."""
    settings.ALLOWED_HOSTS = ["*"]
    pages, known = [], set()

    def make(width: int = 1440, scheme: Any = "light", role: str = "reception") -> Page:
        if role not in known:
            with_password(person(role))
            known.add(role)
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            locale="zh-CN",
            base_url=str(live_server.url),
            bypass_csp=True,
        )
        page = context.new_page()
        pages.append(page)
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        page.goto("/sign-in/")
        page.fill("#id_username", role)
        page.fill("#id_password", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url("**/")
        return page

    yield make
    for page in pages:
        page.context.close()


def with_password(account: Account) -> Account:
    account.set_password(PASSWORD)
    with recorded(actors.system("test")):
        account.save()
    return account


def complaints(page: Page) -> list[str]:
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text())
    return [found["id"] for found in page.evaluate("axe.run()")["violations"]]


def test_drawer_leaves_the_focus_where_a_quick_hand_put_it(
    signed_in: Callable[..., Page], clinic: Any
) -> None:
    page = signed_in()
    page.goto("/scheduling/?day=2026-11-24")
    page.locator(".board-column").click(position={"x": 40, "y": 202})
    page.locator("#choose-service").focus()
    page.locator("#drawer.show:not(.showing)").wait_for()
    expect(page.locator("#choose-service")).to_be_focused()


def test_booking_from_an_empty_place_of_the_board(signed_in: Callable[..., Page], clinic: Any) -> None:
    newcomer = patients.register_patient(
        actor=actors.system("test"), at=clock.now(), site=clinic.site, name="白小花"
    )
    clinic.consent(newcomer)
    page = signed_in()
    page.goto("/scheduling/?day=2026-11-24")
    box = page.locator(".board-column").bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 200)
    page.mouse.click(box["x"] + 40, box["y"] + 202)
    expect(page.locator("#patient-q")).to_be_focused()
    page.keyboard.type("bxh")
    expect(page.locator(".pick")).to_have_count(1)
    page.press("#patient-q", "Enter")
    page.select_option("#choose-service", str(clinic.service.id))
    expect(page.locator(".summary")).to_contain_text("2026-11-24")
    page.click(".form-actions button:has-text('确认预约')")
    expect(page.locator(".appt")).to_contain_text("白小花")
    assert Appointment.objects.count() == 1


def test_visit_walks_through_the_queue(signed_in: Callable[..., Page], clinic: Any) -> None:
    actor, now = actors.system("test"), clock.now()
    services.book_appointment(actor=actor, at=now, **clinic.booking(start=now + timedelta(minutes=30)))
    page = signed_in()
    page.goto("/scheduling/queue/")
    for verb, lane in (("签到", "waiting"), ("叫号", "called"), ("开始就诊", "inside"), ("完成就诊", "")):
        page.click(f".guest button:has-text('{verb}')")
        if lane:
            expect(page.locator(f"[aria-labelledby=lane-{lane}] .guest-name")).to_have_text("李小明")
    expect(page.locator(".guest")).to_have_count(0)
    assert Appointment.objects.get().status == "finished"


def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    signed_in: Callable[..., Page], clinic: Any
) -> None:
    actor, now = actors.system("test"), clock.now()
    made = services.book_appointment(actor=actor, at=now, **clinic.booking(start=now + timedelta(minutes=30)))
    services.check_in(actor=actor, at=now, appointment=made.id)
    filled = f"/scheduling/book/?patient={clinic.patient.id}&service={clinic.service.id}"
    for width, scheme in ((1440, "light"), (390, "dark")):
        page = signed_in(width, scheme)
        for address in [*PAGES, f"/scheduling/appointments/{made.id}/", filled]:
            page.goto(address)
            assert (address, complaints(page)) == (address, [])
            assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_director_and_a_nurse_go_ahead_in_an_emergency(
    signed_in: Callable[..., Page], clinic: Any, person: Callable[..., Account], width: int, scheme: str
) -> None:
    with_password(person("nurse"))
    stranger = clinic.add_patient("无名氏", consents=())
    page = signed_in(width, scheme, "director")
    page.goto(f"/scheduling/book/?patient={stranger.id}&service={clinic.service.id}&start=2026-11-24T10:00")
    page.click(".form-actions button")
    expect(page.locator(".refusal-reason")).to_have_text("无名氏还没有同意隐私告知")
    page.click(".override summary")
    page.fill("[name=_override-reason]", "车祸送来，昏迷，联系不到家属")
    page.fill("[name=_override-second]", "nurse")
    page.fill("[name=_override-password]", "wrong")
    page.press("[name=_override-password]", "Enter")
    expect(page.locator(".override .field-error")).to_have_text("账号或密码不对")
    expect(page.locator("[name=_override-password]")).to_be_focused()
    assert page.input_value("[name=_override-reason]") == "车祸送来，昏迷，联系不到家属"
    assert page.input_value("[name=_override-password]") == ""
    assert complaints(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.fill("[name=_override-password]", PASSWORD)
    page.click("text=写明理由后放行")
    page.wait_for_url("**/scheduling/appointments/**")
    assert Appointment.objects.get().patient_id == stranger.id


def test_check_in_in_the_queue_is_not_polled_away_while_a_reason_is_written(
    signed_in: Callable[..., Page], clinic: Any, person: Callable[..., Account]
) -> None:
    with_password(person("nurse"))
    stranger, now = clinic.add_patient("无名氏", consents=()), clock.now()
    consent = clinic.consent(stranger)
    order = clinic.booking(patient=stranger.id, start=now + timedelta(minutes=30))
    services.book_appointment(actor=actors.system("test"), at=now, **order)
    with recorded(actors.system("test")):
        consent.withdrawn_at = consent.given_at
        consent.save()
    page = signed_in(role="director")
    page.clock.install()
    page.goto("/scheduling/queue/")
    page.click(".guest button:has-text('签到')")
    page.click(".override summary")
    page.fill("[name=_override-reason]", "昏迷")
    page.clock.run_for(45_000)
    expect(page.locator("[name=_override-reason]")).to_have_value("昏迷")
    page.fill("[name=_override-second]", "nurse")
    page.fill("[name=_override-password]", PASSWORD)
    page.click("text=写明理由后放行")
    expect(page.locator("[aria-labelledby=lane-waiting] .guest-name")).to_have_text("无名氏")
