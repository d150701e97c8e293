"""An inspector is let in, looks round, takes a pack along; in Chromium, wide and narrow."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from liangyi.domains.governance import services
from liangyi.domains.governance.models import Inspection, Pack
from liangyi.domains.governance.services import packing
from liangyi.platform import clock
from liangyi.platform.actors import Actor
from liangyi.platform.documents import pdf
from liangyi.platform.documents.verification import verify_archive

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "预约管理制度\n一、预约\n同一患者同一时间不得重复预约。\n应每日核对预约。\n"
# Few letters of "inspector-…": a made user name near to it would be refused, by chance.
OWN = "wohlgemuth-5082"


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path, setup_actor: Actor) -> None:
    if not list(pdf.FONTS.glob("*.ttf")):
        pytest.skip("NO FONTS: the front end was not built")
    settings.HOME = tmp_path / "home"
    version = services.import_policy(actor=setup_actor, at=clock.now(), content=TEXT.encode())
    clause = version.clauses.get(text__contains="重复预约")
    services.decide_match(
        actor=setup_actor,
        at=clock.now(),
        clause=clause.id,
        control="scheduling.patient_free",
        state="confirmed",
    )


def _let_in(page: Page) -> tuple[str, str]:
    """User name and password, as shown this once."""
    page.goto("/policies/inspections/")
    page.get_by_role("link", name="开通检查").first.click()
    page.get_by_label("单位").fill("区卫生健康委员会")
    page.get_by_label("检查员姓名").fill("李检查员")
    page.get_by_label("事由").fill("2026 年度校验现场检查")
    page.get_by_role("button", name="开通检查").click()
    expect(page.get_by_text("密码只显示这一次")).to_be_visible()
    username, password = page.locator("dd code").all_text_contents()
    return username, password


def _pack(page: Page) -> None:
    page.goto("/policies/packs/new/")
    page.locator("#main").get_by_role("link", name="预约管理制度").click()
    page.get_by_label("交给的检查").select_option(index=1)
    page.get_by_role("button", name="制作证据包").click()
    expect(page.get_by_text("排队中")).to_be_visible()


def _as_inspector(chromium: Browser, url: str, width: int, username: str, password: str) -> Page:
    size = {"width": width, "height": 900}
    page = chromium.new_context(base_url=url, locale="zh-CN", viewport=size).new_page()
    page.goto("/sign-in/")
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.get_by_label("原密码").fill(password)
    page.get_by_label("新密码", exact=True).fill(OWN)
    page.get_by_label("再输一次新密码").fill(OWN)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/policies/inspection/")
    return page


@pytest.mark.parametrize("width", [1440, 390])
def test_inspector_from_the_door_to_the_pack(
    chromium: Browser,
    live_server: Any,
    page_of: Callable[..., Page],
    is_accessible: Callable[[Page], None],
    setup_actor: Actor,
    tmp_path: Path,
    width: int,
) -> None:
    page = page_of("quality", width)
    page.goto("/policies/inspections/open/")
    is_accessible(page)
    username, password = _let_in(page)
    is_accessible(page)
    page.goto(f"/policies/packs/new/?text={'预约'}")
    is_accessible(page)
    _pack(page)
    is_accessible(page)
    packing.make_pack(actor=setup_actor, at=clock.now(), pack=Pack.objects.get().id)
    expect(page.get_by_text("做好了，已签名")).to_be_visible()
    is_accessible(page)
    page.goto("/policies/packs/")
    is_accessible(page)

    guest = _as_inspector(chromium, live_server.url, width, username, password)
    expect(guest.get_by_role("region", name="只读")).to_contain_text("为止")
    is_accessible(guest)
    with guest.expect_download() as download:
        guest.get_by_role("link", name=re.compile("证据包")).last.click()
    download.value.save_as(tmp_path / "pack.zip")
    assert verify_archive(tmp_path / "pack.zip").manifest["clauses"] == 2
    guest.get_by_role("link", name="预约管理制度").first.click()
    expect(guest.get_by_text("不得重复预约")).to_be_visible()
    is_accessible(guest)

    page.goto(f"/policies/inspections/{Inspection.objects.get().id}/")
    expect(page.get_by_text("下载证据包")).to_be_visible()
    expect(page.get_by_text("制度正文")).to_be_visible()
    is_accessible(page)
