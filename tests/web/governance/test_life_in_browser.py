"""A policy from draft to receipt by three people, and a law looked up, in Chromium."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from liangyi.domains.governance.models import PolicyVersion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Check = Callable[[Page], None]


@pytest.mark.parametrize("width", [1440, 390])
def test_policy_from_draft_to_receipt(
    page_of: Callable[..., Page], is_accessible: Check, version: PolicyVersion, width: int
) -> None:
    quality, director, nurse = (page_of(role, width) for role in ("quality", "director", "nurse"))
    _send_for_review(quality, is_accessible, version)
    _approve(director, is_accessible)
    _release(quality, is_accessible, version)
    _read(nurse, is_accessible)
    quality.goto(f"/policies/versions/{version.id}/readers/")
    expect(quality.get_by_text("已完成").first).to_be_visible()
    is_accessible(quality)
    quality.goto(f"/policies/{version.policy_id}/")
    quality.get_by_text("版本与经过").click()
    expect(quality.get_by_text("开始施行")).to_be_visible()
    is_accessible(quality)


def _send_for_review(page: Page, is_accessible: Check, version: PolicyVersion) -> None:
    page.goto(f"/policies/{version.policy_id}/")
    expect(page.get_by_text("等待提交审核")).to_be_visible()
    is_accessible(page)
    page.get_by_role("link", name="提交审核").click()
    page.get_by_label("说明").fill("首次制定")
    is_accessible(page)
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_text("等待审批")).to_be_visible()


def _approve(page: Page, is_accessible: Check) -> None:
    page.goto("/approvals/")
    is_accessible(page)
    page.get_by_role("link", name="批准制度：投诉制度").click()
    expect(page.get_by_text("首次制定")).to_be_visible()
    is_accessible(page)
    page.get_by_role("button", name="不同意").click()
    expect(page.locator(".field-error")).to_be_visible()
    page.get_by_role("button", name="同意", exact=True).click()
    expect(page.get_by_text("已批准").first).to_be_visible()


def _release(page: Page, is_accessible: Check, version: PolicyVersion) -> None:
    page.goto(f"/policies/versions/{version.id}/test/")
    page.get_by_label("题目").first.fill("几个工作日内答复？")
    for label, words in (("选项 A", "3 个"), ("选项 B", "5 个")):
        page.get_by_label(label).first.fill(words)
    page.get_by_label("正确选项").first.select_option(label="B")
    is_accessible(page)
    page.get_by_role("button", name="保存题目").click()
    page.get_by_role("link", name="发布").click()
    page.get_by_label("护士").check()
    is_accessible(page)
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_text("0 / 1")).to_be_visible()


def _read(page: Page, is_accessible: Check) -> None:
    page.goto("/")
    page.get_by_role("link", name="阅读制度：投诉制度").click()
    expect(page.get_by_text("已读 0 / 4 条")).to_be_visible()
    is_accessible(page)
    page.get_by_role("button", name="我已读完并理解，去答题").click()
    is_accessible(page)
    page.get_by_label("3 个").check()
    page.get_by_role("button", name="交卷").click()
    expect(page.get_by_text("上次答对 0 / 1 题")).to_be_visible()
    is_accessible(page)
    page.get_by_label("5 个").check()
    page.get_by_role("button", name="交卷").click()
    expect(page.get_by_text("全部答对，已完成")).to_be_visible()
    page.goto("/policies/to-read/?list=done")
    is_accessible(page)


@pytest.mark.parametrize("width", [1440, 390])
def test_law_from_list_to_change(
    quality_page: Callable[..., Page], is_accessible: Check, version: PolicyVersion, width: int
) -> None:
    page = quality_page(width)
    page.goto("/policies/laws/")
    is_accessible(page)
    page.get_by_role("button", name="载入常用法规").click()
    page.get_by_role("link", name="医疗纠纷预防和处理条例").wait_for()
    is_accessible(page)
    page.get_by_role("link", name="医疗纠纷预防和处理条例").click()
    page.get_by_role("link", name="对应条款").click()
    page.get_by_label("条款里的词").fill("投诉 答复")
    page.get_by_role("button", name="查找", exact=True).last.click()
    page.get_by_label("条文").fill("第十八条")
    page.get_by_label("接到投诉后5个工作日内答复。").check()
    is_accessible(page)
    page.get_by_role("button", name="对应这一条").click()
    page.get_by_role("link", name="记录查新").click()
    page.get_by_label("已修订").check()
    page.get_by_label("说明").fill("答复时限缩短")
    is_accessible(page)
    page.get_by_role("button", name="记录查新").click()
    expect(page.get_by_text("答复时限缩短")).to_be_visible()
    is_accessible(page)
    page.goto("/")
    page.get_by_role("link", name="法规有变，核对制度：投诉制度").click()
    expect(page.get_by_text("第十八条")).to_be_visible()
    is_accessible(page)
