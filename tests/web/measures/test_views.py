from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from liangyi.platform import clock
from liangyi.platform.access.models import Account, Grant, Role, Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.measures import catalogue
from liangyi.platform.measures.catalogue import Buckets, Measure
from liangyi.platform.measures.models import MeasurePoint, MeasureTarget

LATE = Measure("LATE", "迟到率", "ratio", "ratio", "down", lambda *_a: [], target=Decimal("0.2"))
WAIT = Measure(
    "WAIT", "候诊时间", "duration", "minutes", "down", lambda *_a: [], buckets=Buckets(240), parts=60,
    records_url=lambda site, source, first, last: f"/records/?from={first}&to={last}",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _two_measures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "_measures", {"LATE": LATE, "WAIT": WAIT})


@pytest.fixture
def quality(client: Client, person: Callable[..., Account]) -> Client:
    client.force_login(person("quality"))
    return client


@pytest.fixture
def today() -> date:
    return clock.local_day(clock.now(), "Asia/Shanghai")


@pytest.fixture
def points(site: Site, today: date) -> None:
    waits = {"numerator": 92 * 60, "denominator": 3, "histogram": [0] * 30 + [2, 0, 1]}
    long_ago = {"source": "old", "day": date(2016, 5, 2)}
    MeasurePoint.objects.bulk_create(
        [
            MeasurePoint(code="LATE", site=site, day=today, numerator=1, denominator=8),
            MeasurePoint(code="WAIT", site=site, day=today, **waits),
            MeasurePoint(code="LATE", site=site, numerator=1, denominator=3, **long_ago),
        ]
    )


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_overview_shows_values_targets_and_imports_apart(quality: Client, points: None) -> None:
    page = text(quality, "/measures/")
    for shown in (
        "迟到率",
        "12.5%",
        "达标",
        "30.7 分钟",
        "中位数 30，P90 32",
        "导入的历史",
        "33.3%",
        "2016-05-02",
    ):
        assert shown in page


def test_overview_without_numbers_says_what_makes_them(quality: Client) -> None:
    assert "还没有数字" in text(quality, "/measures/")


def test_overview_asks_the_same_number_of_times_however_many_points(
    quality: Client, points: None, site: Site, today: date, django_assert_num_queries: Any
) -> None:
    text(quality, "/measures/")
    for days in (1, 3):
        with django_assert_num_queries(10):
            text(quality, "/measures/")
        MeasurePoint.objects.bulk_create(
            MeasurePoint(code=code, site=site, day=today - timedelta(days), numerator=1, denominator=2)
            for code in ("LATE", "WAIT")
        )


def test_measure_shows_its_course_and_leads_to_the_records(
    quality: Client, points: None, today: date
) -> None:
    page = text(quality, "/measures/WAIT/?by=day")
    assert f"/records/?from={today}&amp;to={today}" in page
    assert 'data-area="measure-chart"' in page
    assert "设定目标" in page


def test_measure_of_an_import_names_its_source(quality: Client, points: None) -> None:
    page = text(quality, "/measures/LATE/?source=old&by=week")
    assert "2016-05-02 起一周" in page
    assert "“old”" in page


ODD = ["?site=x", "?site=%00", "?by=%00", "?source=%00", "?source=<b>", "?month=9999-99", "?month=0001-01"]


@pytest.mark.parametrize("query", ODD)
def test_odd_addresses_do_no_harm(quality: Client, points: None, query: str) -> None:
    assert "<b>" not in text(quality, f"/measures/LATE/{query}")
    text(quality, f"/measures/{query}")


def test_unknown_measure_is_not_found(quality: Client) -> None:
    assert quality.get("/measures/NONE/").status_code == 404


def test_target_is_set_in_percent(quality: Client, site: Site) -> None:
    response = quality.post("/measures/LATE/target/", {"value": "12.5", "effective_from": "2026-01-01"})
    assert response.status_code == 303
    assert MeasureTarget.objects.get(site=site).value == Decimal("0.125")


@pytest.mark.parametrize("value", ["", "-1", "101", "abc", "9" * 50, "🙂"])
def test_impossible_target_is_refused(quality: Client, value: str) -> None:
    response = quality.post("/measures/LATE/target/", {"value": value, "effective_from": "2026-01-01"})
    assert response.status_code == 422
    assert not MeasureTarget.objects.exists()


def test_nurse_sees_no_numbers_and_reception_sets_no_target(
    client: Client, person: Callable[..., Account]
) -> None:
    client.force_login(person("nurse"))
    assert client.get("/measures/").status_code == 403
    client.force_login(person("reception"))
    assert client.get("/measures/").status_code == 200
    new = {"value": "1", "effective_from": "2026-01-01"}
    assert client.post("/measures/LATE/target/", new).status_code == 403
    assert not MeasureTarget.objects.exists()


def test_other_sites_numbers_are_not_shown(
    quality: Client, site: Site, other_site: Site, points: None, setup_actor: Actor, today: date
) -> None:
    MeasurePoint.objects.create(code="LATE", site=other_site, day=today, numerator=8, denominator=8)
    assert "12.5%" in text(quality, f"/measures/?site={other_site.id}")
    with recorded(setup_actor):
        role = Role.objects.get(code="quality")
        Grant.objects.create(account=Account.objects.get(username="quality"), role=role, site=other_site)
    assert "100.0%" in text(quality, f"/measures/?site={other_site.id}")
    assert "56.2%" in text(quality, "/measures/")
