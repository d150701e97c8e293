from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from liangyi.platform import actors
from liangyi.platform.access.models import Site
from liangyi.platform.errors import Denied, Invalid, Missing
from liangyi.platform.measures.models import DirtyDay, MeasurePoint, MeasureTarget
from liangyi.platform.measures.queries import days_of, imported, series, series_of, targets_for, total
from liangyi.platform.measures.services import mark_dirty, recount_dirty, set_target

from .conftest import RATIO, WAIT, Facts

TODAY = date(2026, 11, 23)
YESTERDAY = TODAY - timedelta(days=1)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def test_recount_makes_points_of_dirty_days(facts: Facts, site: Site, at: datetime) -> None:
    facts.cases[site.id, "", TODAY] = (1, 4)
    mark_dirty([RATIO], site, "", [TODAY, TODAY])
    assert recount_dirty(at) == 1
    number = total(RATIO, [site.id], "", *YEAR)
    assert (number.numerator, number.denominator, number.value) == (1, 4, 0.25)
    assert not DirtyDay.objects.exists()


def test_recount_replaces_what_is_no_longer_so(facts: Facts, site: Site, at: datetime) -> None:
    facts.cases[site.id, "", TODAY] = (1, 4)
    mark_dirty([RATIO], site, "", [TODAY])
    recount_dirty(at)
    del facts.cases[site.id, "", TODAY]
    mark_dirty([RATIO], site, "", [TODAY])
    recount_dirty(at)
    assert not MeasurePoint.objects.exists()


def test_recount_leaves_days_to_come_for_their_day(facts: Facts, site: Site, at: datetime) -> None:
    tomorrow = TODAY + timedelta(days=1)
    facts.cases[site.id, "", tomorrow] = (0, 2)
    mark_dirty([RATIO], site, "", [tomorrow])
    assert recount_dirty(at) == 0
    assert recount_dirty(at + timedelta(days=1)) == 1


def test_day_begins_by_the_sites_own_clock(facts: Facts, site: Site, at: datetime) -> None:
    mark_dirty([RATIO], site, "", [TODAY])
    before_midnight = datetime.fromisoformat("2026-11-22T23:59:00+08:00")
    assert recount_dirty(before_midnight) == 0
    assert recount_dirty(before_midnight + timedelta(minutes=1)) == 1


def test_many_dirty_days_are_counted_in_few_calls(facts: Facts, site: Site, at: datetime) -> None:
    mark_dirty([RATIO], site, "", [TODAY - timedelta(days=n) for n in range(300)])
    assert recount_dirty(at) == 300
    assert len(facts.asked) == 1


def test_mark_dirty_refuses_an_unknown_measure(facts: Facts, site: Site) -> None:
    with pytest.raises(LookupError):
        mark_dirty(["NONE"], site, "", [TODAY])


def test_series_of_a_duration_gives_mean_median_and_p90(facts: Facts, site: Site, at: datetime) -> None:
    facts.waits[site.id, "", YESTERDAY] = [60 * minutes for minutes in (0, 10, 20)]
    facts.waits[site.id, "", TODAY] = [60 * 30, 60 * 500]
    mark_dirty([WAIT], site, "", [YESTERDAY, TODAY])
    recount_dirty(at)
    month = series(WAIT, [site.id], "", *YEAR, by="month")[0]
    assert (month.period, month.numerator, month.denominator, month.value) == ("2026-11", 560, 5, 112)
    assert (month.median, month.p90) == (20, 241)


def test_series_by_day_week_and_site(facts: Facts, site: Site, other_site: Site, at: datetime) -> None:
    for place in (site, other_site):
        facts.cases[place.id, "", YESTERDAY] = (1, 1)
        facts.cases[place.id, "", TODAY] = (0, 1)
        mark_dirty([RATIO], place, "", [YESTERDAY, TODAY])
    recount_dirty(at)
    both = [site.id, other_site.id]
    assert [n.period for n in series(RATIO, both, "", *YEAR, by="day")] == ["2026-11-22", "2026-11-23"]
    assert [n.period for n in series(RATIO, both, "", *YEAR, by="week")] == ["2026-11-16", "2026-11-23"]
    assert {(n.site, n.value) for n in series(RATIO, both, "", *YEAR, by="site")} == {(s, 0.5) for s in both}
    assert total(RATIO, [site.id], "", *YEAR).denominator == 2


def test_imported_sources_stay_apart(facts: Facts, site: Site, at: datetime) -> None:
    facts.cases[site.id, "", TODAY] = (0, 1)
    facts.cases[site.id, "vitoria", YESTERDAY] = (5, 9)
    mark_dirty([RATIO], site, "", [TODAY])
    mark_dirty([RATIO], site, "vitoria", [YESTERDAY])
    recount_dirty(at)
    [brought] = imported([RATIO, WAIT], [site.id])
    assert (brought.source, brought.code, brought.number.denominator) == ("vitoria", RATIO, 9)
    assert (brought.first, brought.last) == (YESTERDAY, YESTERDAY)
    assert total(RATIO, [site.id], "", *YEAR).denominator == 1
    assert days_of(RATIO, [site.id], "vitoria") == (YESTERDAY, YESTERDAY)


def test_series_of_several_measures_is_one_statement(
    facts: Facts, site: Site, at: datetime, django_assert_num_queries: Any
) -> None:
    facts.cases[site.id, "", TODAY] = (0, 1)
    mark_dirty([RATIO], site, "", [TODAY])
    recount_dirty(at)
    with django_assert_num_queries(1):
        found = series_of([RATIO, WAIT], [site.id], "", *YEAR, by="month")
    assert (len(found[RATIO]), found[WAIT]) == (1, [])


def test_nothing_to_count_has_no_value(facts: Facts, site: Site) -> None:
    assert total(RATIO, [site.id], "", *YEAR).value is None
    assert series(RATIO, [], "", *YEAR) == []
    assert days_of(RATIO, [site.id], "") is None


def test_target_is_the_sites_then_the_default(facts: Facts, site: Site, other_site: Site) -> None:
    quality = actors.staff(site.id, "质控", {site.id: ["measures.set_target"]})
    for value, day in ((Decimal("0.08"), TODAY), (Decimal("0.06"), TODAY + timedelta(days=9))):
        set_target(actor=quality, code=RATIO, site=site, value=value, effective_from=day)
    assert targets_for([RATIO], site.id, TODAY) == {RATIO: Decimal("0.08")}
    assert targets_for([RATIO, WAIT], other_site.id, TODAY) == {RATIO: Decimal("0.1"), WAIT: None}


def test_target_is_refused_to_others_and_when_impossible(facts: Facts, site: Site) -> None:
    new = {"site": site, "effective_from": TODAY}
    nurse = actors.staff(site.id, "护士", {site.id: ["measures.view"]})
    quality = actors.staff(site.id, "质控", {site.id: ["measures.set_target"]})
    with pytest.raises(Denied):
        set_target(actor=nurse, code=RATIO, value=Decimal(0), **new)
    with pytest.raises(Invalid):
        set_target(actor=quality, code=RATIO, value=Decimal(20), **new)
    with pytest.raises(Missing):
        set_target(actor=quality, code="NONE", value=Decimal(0), **new)
    assert not MeasureTarget.objects.exists()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_change_during_a_recount_is_counted_the_next_time(facts: Facts, site: Site, at: datetime) -> None:
    facts.cases[site.id, "", TODAY] = (0, 1)
    mark_dirty([RATIO], site, "", [TODAY])
    counting, go_on = threading.Event(), threading.Event()
    facts.pause = lambda: (counting.set(), go_on.wait(10))  # type: ignore[func-returns-value]

    def work() -> None:
        recount_dirty(at)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    workers[0].start()
    assert counting.wait(10)
    workers[1].start()
    facts.cases[site.id, "", TODAY] = (1, 2)
    mark_dirty([RATIO], site, "", [TODAY])
    go_on.set()
    for worker in workers:
        worker.join()
    assert total(RATIO, [site.id], "", *YEAR).denominator == 2
    assert MeasurePoint.objects.count() == 1
