"""A policy from the clipboard to its clauses and its next version, in Chromium."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1440, 390])
def test_policy_from_paste_to_comparison(
    quality_page: Callable[..., Page],
    is_accessible: Callable[[Page], None],
    policy_text: str,
    width: int,
) -> None:
    page = quality_page(width)
    page.goto("/policies/")
    is_accessible(page)
    page.get_by_role("link", name="导入制度").first.click()
    page.get_by_label("或粘贴正文").fill(policy_text)
    is_accessible(page)
    page.get_by_role("button", name="导入制度").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("医疗美容运营制度范本")
    is_accessible(page)
    page.get_by_role("link", name="导入新版本").click()
    page.get_by_label("或粘贴正文").fill(policy_text.replace("績效獎金", "年終獎金"))
    page.get_by_role("button", name="导入新版本").click()
    expect(page.get_by_text("第 1 版 → 第 2 版")).to_be_visible()
    expect(page.get_by_text("有修改", exact=True).first).to_be_visible()
    is_accessible(page)
