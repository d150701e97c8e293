"""The page about backups, and the line on the overview."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from liangyi.platform import actors, clock
from liangyi.platform.access.models import Site
from liangyi.platform.jobs.services import Written, keep_backup_run

PAGE = "/settings/backups/"
HOUR = timedelta(hours=1)


def _run(at: datetime, error: str = "") -> None:
    keep_backup_run(
        actor=actors.system("job:backup"),
        started_at=at,
        finished_at=at,
        folder=f"{at:%Y%m%d-%H%M%S}",
        by_hand=False,
        written=None if error else Written(size=3_000_000, tables=91, files=7),
        error=error,
    )


def test_page_of_a_new_house_says_when_the_first_backup_comes(director: Client) -> None:
    assert "每夜 02:30 自动备份" in director.get(PAGE).content.decode()
    assert "还没有备份" in director.get("/settings/").content.decode()


def test_page_and_overview_show_the_last_backup(director: Client) -> None:
    _run(clock.now() - HOUR)
    page = director.get(PAGE).content.decode()
    assert "91 张表，7 个文件" in page
    assert "已备份" in page
    assert "最近一次：" in director.get("/settings/").content.decode()


def test_page_and_overview_show_a_failure(director: Client) -> None:
    _run(clock.now() - 25 * HOUR)
    _run(clock.now() - HOUR, error="no space left")
    page = director.get(PAGE).content.decode()
    assert "no space left" in page
    assert "最近一次备份失败" in page
    assert "备份失败，最近一次成功" in director.get("/settings/").content.decode()


def test_page_warns_of_a_missing_backup(director: Client) -> None:
    _run(clock.now() - 27 * HOUR)
    assert "超过 24 小时没有备份" in director.get(PAGE).content.decode()


def test_page_is_paged_by_key(director: Client) -> None:
    for hours in range(51, 0, -1):
        _run(clock.now() - hours * HOUR)
    first = director.get(PAGE)
    assert len(first.context["rows"]) == 50
    following = director.get(PAGE, {"after": str(first.context["after"])})
    assert len(following.context["rows"]) == 1
    assert len(director.get(PAGE, {"after": "nonsense"}).context["rows"]) == 50


def test_page_has_a_constant_count(
    director: Client, site: Site, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _run(clock.now() - HOUR)
    director.get(PAGE)
    with django_assert_num_queries(9):
        director.get(PAGE)
    _run(clock.now() - HOUR / 2)
    _run(clock.now() - HOUR / 4)
    with django_assert_num_queries(9):
        director.get(PAGE)


def test_page_is_shut_for_the_desk(receptionist: Client) -> None:
    assert receptionist.get(PAGE).status_code == 403
