"""Who sees which entries."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from liangyi.platform import actors
from liangyi.platform.actors import Actor
from liangyi.web.shell import navigation
from liangyi.web.shell.navigation import Entry

HERE, THERE = uuid4(), uuid4()


@pytest.fixture(autouse=True)
def entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_entries", {})
    navigation.register(Entry("drafts", "草稿", "shell:drafts", "pencil", "test.write", 20))
    navigation.register(Entry("home", "我的工作", "shell:home", "home", None, 10))
    navigation.register(Entry("gone", "没有的页", "nowhere:page", "x", None, 30))


def worker(site: object) -> Actor:
    return actors.staff(uuid4(), "林小雨", {HERE: ["test.write"], THERE: []}, site=site)  # type: ignore[arg-type]


def test_links_stand_in_order_and_only_where_the_page_exists() -> None:
    assert [link.code for link in navigation.links_for(worker(HERE), "/")] == ["home", "drafts"]


def test_links_need_the_permission_at_the_active_site() -> None:
    assert [link.code for link in navigation.links_for(worker(THERE), "/")] == ["home"]
    assert [link.code for link in navigation.links_for(worker(None), "/")] == ["home"]


def test_links_mark_the_closest_address() -> None:
    marked = {link.code: link.is_current for link in navigation.links_for(worker(HERE), "/drafts/7/")}
    assert marked == {"home": False, "drafts": True}


def test_daily_work_of_a_role_stands_right_under_home() -> None:
    navigation.register(Entry("policies", "制度", "shell:drafts", "file", None, 60, frozenset({"quality"})))
    assert [entry.code for entry in navigation.entries_for(worker(HERE))][-1] == "policies"
    quality = replace(worker(HERE), roles=frozenset({"quality"}))
    assert [entry.code for entry in navigation.entries_for(quality)][:2] == ["home", "policies"]
