"""Clauses tied to control points by keyboard and by thumb, in Chromium."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from liangyi.domains.governance import services
from liangyi.domains.governance.models import Match, PolicyVersion
from liangyi.platform import clock
from liangyi.platform.actors import Actor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = """预约与接诊制度
一、预约
未成年人预约须由监护人陪同，并登记监护人。
前台应在就诊前24小时提醒患者。
不得安排证照过期的医生出诊。
二、环境
候诊区应摆放绿植。
"""


@pytest.fixture
def policy(setup_actor: Actor, db: None) -> PolicyVersion:
    return services.import_policy(actor=setup_actor, at=clock.now(), content=TEXT.encode())


def _said() -> set[tuple[str, str]]:
    return set(Match.objects.values_list("control", "state"))


def test_policy_is_reviewed_by_keyboard_alone(
    quality_page: Callable[..., Page], policy: PolicyVersion, is_accessible: Callable[[Page], None]
) -> None:
    page = quality_page(1440)
    page.goto(f"/policies/{policy.policy_id}/matching/")
    page.wait_for_selector("#review[data-keys-work]")
    is_accessible(page)
    page.keyboard.press("1")
    expect(page.get_by_text("已审阅 1 / 4 条")).to_be_visible()
    first = set(Match.objects.values_list("control", flat=True))
    page.keyboard.press("u")
    expect(page.get_by_text("已审阅 0 / 4 条")).to_be_visible()
    assert _said() == set()
    page.keyboard.press("x")
    expect(page.get_by_text("已排除 1 个")).to_be_visible()
    assert _said() == {(code, "rejected") for code in first}
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="条款 1.p2")).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("yqytx")
    page.locator("#review-found").get_by_role("button", name="确认").first.click()
    expect(page.get_by_text("已审阅 1 / 4 条")).to_be_visible()
    assert ("scheduling.reminded", "confirmed") in _said()
    is_accessible(page)
    page.keyboard.press("Enter")
    page.keyboard.press("n")
    expect(page.get_by_text("已审阅 2 / 4 条")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_text("撤销刚才的决定")).to_be_visible()
    is_accessible(page)


def test_policy_is_reviewed_by_thumb(
    quality_page: Callable[..., Page], policy: PolicyVersion, is_accessible: Callable[[Page], None]
) -> None:
    page = quality_page(390)
    page.goto(f"/policies/{policy.policy_id}/matching/")
    page.wait_for_selector("#review[data-keys-work]")
    is_accessible(page)
    page.locator(".review-point").first.get_by_role("button", name="确认").click()
    expect(page.get_by_text("已审阅 1 / 4 条")).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("已审阅 0 / 4 条")).to_be_visible()
    page.get_by_role("link", name="下一条", exact=True).click()
    expect(page.get_by_role("heading", name="条款 1.p2")).to_be_visible()
    is_accessible(page)
    assert _said() == set()


def test_what_one_reviewer_decided_is_not_undone_by_the_other(
    quality_page: Callable[..., Page], policy: PolicyVersion, setup_actor: Actor
) -> None:
    page = quality_page(1440)
    page.goto(f"/policies/{policy.policy_id}/matching/")
    page.wait_for_selector("#review[data-keys-work]")
    page.keyboard.press("1")
    expect(page.get_by_text("已审阅 1 / 4 条")).to_be_visible()
    clause = policy.clauses.get(number="1.p1")
    services.confirm_none(actor=setup_actor, at=clock.now(), clause=clause.id)
    page.keyboard.press("u")
    expect(page.get_by_role("alert").filter(has_text="没有保存")).to_be_visible()
    assert _said() == {("", "confirmed")}


@pytest.mark.parametrize("width", [1440, 390])
def test_kind_is_put_right_on_both_pages(
    page_of: Callable[..., Page],
    policy: PolicyVersion,
    is_accessible: Callable[[Page], None],
    width: int,
) -> None:
    page = page_of("quality", width)
    clause = policy.clauses.get(number="2.p1")
    page.goto(f"/policies/{policy.policy_id}/matching/?clause={clause.id}")
    page.get_by_text("改类型").click()
    page.get_by_role("group", name="这一条是").get_by_role("button", name="叙述").click()
    expect(page.get_by_text("2.p1　类型改为：叙述")).to_be_visible()
    is_accessible(page)
    page.get_by_role("link", name="其他条款").click()
    expect(page.locator(".review-entry.is-other")).to_have_count(4)
    is_accessible(page)
    page.goto(f"/policies/clauses/{clause.id}/")
    page.get_by_text("改类型").click()
    is_accessible(page)
    page.get_by_role("button", name="义务").click()
    expect(page.get_by_text("类型：叙述 → 义务")).to_be_visible()
