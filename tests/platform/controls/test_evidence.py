"""Tallies from every source, prepared and live alike; and the single records behind them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Q

from liangyi.platform import clock
from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor, system
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import local_day
from liangyi.platform.controls import catalogue, proofs
from liangyi.platform.controls.catalogue import Control, Finding, Kind
from liangyi.platform.controls.evidence import counting
from liangyi.platform.controls.evidence.queries import (
    Health,
    Tally,
    health,
    items,
    tallies,
    tallies_by_month,
    tallies_by_site,
)
from liangyi.platform.controls.models import DayTally, TallyMark, Verdict, WatchRun
from liangyi.platform.controls.proofs import Counted, Done, Kept
from liangyi.platform.controls.services import run_watches
from liangyi.platform.measures.models import MeasurePoint
from liangyi.platform.worklist.models import WorkItem

from .conftest import KEY

pytestmark = pytest.mark.usefixtures("doors", "known")
LOOK = Control("door.look", Kind.WATCH, "看门", "")
CLEAN = Control("door.clean", Kind.DUTY, "打扫", "")
NOTED = Control("door.noted", Kind.RECORD, "记名", "")
WAIT = Control("door.wait", Kind.MEASURE, "等候", "")
LATER = Control("door.later", Kind.WATCH, "以后", "", planned=True)
CODES = [KEY.code, LOOK.code, CLEAN.code, NOTED.code, WAIT.code, LATER.code, "door.unknown"]
DAY = timedelta(days=1)
REFUSED = Q(outcome="refused")


@pytest.fixture
def known(doors: None, monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """A control of each kind; what the watch finds is the list."""
    monkeypatch.setattr(proofs, "_proofs", {})
    found: list[Finding] = []
    for control in (LOOK, CLEAN, NOTED, WAIT, LATER):
        catalogue.register(control)
    catalogue.watch(LOOK)(lambda at: list(found))
    proofs.prove(CLEAN, Done(("door.clean",)))
    proofs.prove(NOTED, Kept("door", "controls.Verdict", "at", "site_id", Q(decision="Note"), REFUSED))
    proofs.prove(WAIT, Counted("WAIT"))
    return found


@pytest.fixture
def asked(site: Site) -> Callable[..., Verdict]:
    """`asked(at)` is a verdict at which the key was asked for."""

    def make(
        at: datetime, outcome: str = "passed", place: Site = site, decision: str = "OpenDoor"
    ) -> Verdict:
        passed = outcome == "passed"
        with recorded(system("test")):
            return Verdict.objects.create(
                decision=decision,
                at=at,
                site=place,
                actor_kind="staff",
                actor_name="前台",
                outcome=outcome,
                passed=[KEY.code] if passed else [],
                refusals=[] if passed else [{"control": KEY.code, "reason": "没有钥匙", "facts": {}}],
            )

    return make


@pytest.fixture
def due(site: Site) -> Callable[..., WorkItem]:
    """`due(at, done=…)` is a door to be cleaned by then."""

    def make(at: datetime, done: datetime | None = None) -> WorkItem:
        with recorded(system("test")):
            return WorkItem.objects.create(
                kind="door.clean",
                site=site,
                role="nurse",
                subject_type="door",
                subject_id=uuid4(),
                opened_at=at - DAY,
                due_at=at,
                done_at=done,
            )

    return make


def _span(at: datetime, days: int = 30) -> tuple[date, date]:
    return at.date() - timedelta(days=days - 1), at.date()


def _all(site: Site, at: datetime, days: int = 30) -> dict[str, Tally]:
    return tallies(CODES, site.id, *_span(at, days), at=at)


def test_gate_counts_what_it_was_asked(asked: Callable[..., Verdict], site: Site, at: datetime) -> None:
    for outcome in ("passed", "passed", "refused", "overridden"):
        asked(at - 2 * DAY, outcome)
    asked(at - 90 * DAY)
    tally = _all(site, at)[KEY.code]
    assert tally.figures == {"passed": 2, "refused": 1, "overridden": 1}
    assert (tally.proofs, tally.failures, tally.last_day) == (4, 0, (at - 2 * DAY).date())


def test_every_run_leaves_a_row_also_without_findings(site: Site, at: datetime) -> None:
    run_watches(at, codes=[LOOK.code])
    assert WatchRun.objects.get().found == 0
    assert health(LOOK, _all(site, at)[LOOK.code]) is Health.CARRIED_OUT


def test_watch_without_a_run_is_unproven_and_a_planned_one_nothing(site: Site, at: datetime) -> None:
    found = _all(site, at)
    assert health(LOOK, found[LOOK.code]) is Health.UNPROVEN
    assert health(LATER, found[LATER.code]) is Health.NOTHING
    assert found["door.unknown"] == Tally()


def test_open_breach_stands_until_it_is_closed(known: list[Finding], site: Site, at: datetime) -> None:
    known.append(Finding("access.site", site.id, site.id))
    run_watches(at - 3 * DAY, codes=[LOOK.code])
    assert health(LOOK, _all(site, at)[LOOK.code]) is Health.IN_BREACH
    known.clear()
    run_watches(at - DAY, codes=[LOOK.code])
    tally = _all(site, at)[LOOK.code]
    assert tally.figures == {"runs": 2, "opened": 1, "closed": 1}
    then = tallies([LOOK.code], site.id, *_span(at - 2 * DAY), at=at)[LOOK.code]
    assert health(LOOK, then) is Health.IN_BREACH


def test_duty_is_done_late_missed_or_not_yet_due(
    due: Callable[..., WorkItem], site: Site, at: datetime
) -> None:
    due(at - 5 * DAY, done=at - 6 * DAY)
    due(at - 5 * DAY, done=at - 4 * DAY)
    due(at + timedelta(hours=2))
    assert _all(site, at)[CLEAN.code].figures == {"done": 1, "late": 1}
    due(at - DAY)
    tally = _all(site, at)[CLEAN.code]
    assert tally.figures == {"done": 1, "late": 1, "missed": 1, "standing": 1}
    assert health(CLEAN, tally) is Health.IN_BREACH


def test_work_overdue_since_before_the_period_still_stands(
    due: Callable[..., WorkItem], site: Site, at: datetime
) -> None:
    due(at - 60 * DAY)
    assert _all(site, at)[CLEAN.code].figures == {"standing": 1}


def test_records_count_by_their_moment_and_failing_ones_apart(
    asked: Callable[..., Verdict], site: Site, at: datetime
) -> None:
    for outcome, days in (("passed", 1), ("passed", 2), ("passed", 50), ("refused", 3)):
        asked(at - days * DAY, outcome, decision="Note")
    tally = _all(site, at)[NOTED.code]
    assert tally.figures == {"kept": 2, "failing": 1}
    assert health(NOTED, tally) is Health.IN_BREACH


@pytest.mark.parametrize(("minutes", "expected"), [(10, Health.CARRIED_OUT), (50, Health.IN_BREACH)])
def test_measure_is_held_against_its_aim(site: Site, at: datetime, minutes: int, expected: Health) -> None:
    MeasurePoint.objects.create(
        code="WAIT", site=site, day=at.date() - DAY, numerator=minutes * 60 * 4, denominator=4
    )
    tally = _all(site, at)[WAIT.code]
    assert (tally.value, tally.figures["denominator"]) == (minutes, 4)
    assert health(WAIT, tally) is expected


def test_prepared_days_give_the_same_as_live_ones(
    asked: Callable[..., Verdict],
    due: Callable[..., WorkItem],
    known: list[Finding],
    site: Site,
    at: datetime,
) -> None:
    known.append(Finding("access.site", site.id, site.id))
    for days in (0, 1, 2, 40):
        asked(at - days * DAY, "refused" if days == 2 else "passed")
        due(at - days * DAY - timedelta(hours=2), done=at if days == 1 else None)
        asked(at - days * DAY, "refused" if days == 40 else "passed", decision="Note")
    for days in (40, 2, 1, 0):
        run_watches(at - days * DAY, codes=[LOOK.code])
    live = [_all(site, at), _all(site, at - DAY), tallies_by_month(CODES, site.id, *_span(at, 90), at=at)]
    assert counting.count_finished_days(at) > 0
    assert live == [
        _all(site, at),
        _all(site, at - DAY),
        tallies_by_month(CODES, site.id, *_span(at, 90), at=at),
    ]


def test_second_count_of_a_day_does_nothing(asked: Callable[..., Verdict], site: Site, at: datetime) -> None:
    asked(at - DAY)
    counting.count_finished_days(at)
    assert counting.count_finished_days(at + timedelta(hours=1)) == 0
    assert DayTally.objects.get(control=KEY.code).passed == 1
    assert set(TallyMark.objects.values_list("through", flat=True)) == {at.date() - DAY}


def test_missed_nights_are_caught_up(asked: Callable[..., Verdict], site: Site, at: datetime) -> None:
    counting.count_finished_days(at - 9 * DAY)
    asked(at - 5 * DAY)
    asked(at - DAY)
    counting.count_finished_days(at)
    assert DayTally.objects.filter(control=KEY.code).count() == 2


def test_late_work_changes_the_day_it_was_due(due: Callable[..., WorkItem], site: Site, at: datetime) -> None:
    item = due(at - 60 * DAY)
    counting.count_finished_days(at - DAY)
    assert DayTally.objects.get(control=CLEAN.code, day=item.due_at.date()).missed == 1
    with recorded(system("test")):
        WorkItem.objects.filter(id=item.id).update(done_at=at - timedelta(hours=20))
    counting.count_finished_days(at)
    day = DayTally.objects.get(control=CLEAN.code, day=item.due_at.date())
    assert (day.missed, day.late) == (0, 1)


def test_day_can_be_counted_again(asked: Callable[..., Verdict], site: Site, at: datetime) -> None:
    counting.count_finished_days(at)
    asked(at - 3 * DAY)
    assert _all(site, at)[KEY.code].proofs == 0
    day = (at - 3 * DAY).date()
    counting.recount(at, day, day)
    assert _all(site, at)[KEY.code].proofs == 1


def test_sites_are_kept_apart_and_the_group_counts_at_each(
    asked: Callable[..., Verdict], site: Site, other_site: Site, at: datetime
) -> None:
    asked(at - DAY, place=other_site)
    run_watches(at, codes=[LOOK.code])
    found = tallies_by_site(CODES, [site.id, other_site.id], *_span(at), at=at)
    assert (found[site.id][KEY.code].proofs, found[other_site.id][KEY.code].proofs) == (0, 1)
    assert found[site.id][LOOK.code].proofs == found[other_site.id][LOOK.code].proofs == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_reading_costs_four_statements(
    rows: int,
    asked: Callable[..., Verdict],
    due: Callable[..., WorkItem],
    site: Site,
    at: datetime,
    django_assert_num_queries: Any,
) -> None:
    for number in range(rows):
        asked(at - number * DAY)
        due(at - number * DAY)
    with django_assert_num_queries(4):
        _all(site, at)


def test_items_of_a_gate_come_newest_first_in_pages(
    asked: Callable[..., Verdict], site: Site, at: datetime, person: Callable[..., Account]
) -> None:
    rows = [asked(at - number * DAY, "refused" if number == 1 else "passed") for number in range(3)]
    quality = actor_for(person("quality"))
    first = items(quality, KEY.code, site.id, *_span(at), limit=2, at=at)
    assert [item.record for item in first] == [rows[0].id, rows[1].id]
    assert (first[1].outcome, first[1].facts["reason"]) == ("refused", "没有钥匙")
    rest = items(quality, KEY.code, site.id, *_span(at), after=first[-1].key, at=at)
    assert [item.record for item in rest] == [rows[2].id]
    failing = items(quality, KEY.code, site.id, *_span(at), only_failing=True, at=at)
    assert [item.record for item in failing] == [rows[1].id]


def test_items_of_every_kind(
    due: Callable[..., WorkItem],
    known: list[Finding],
    asked: Callable[..., Verdict],
    site: Site,
    at: datetime,
    setup_actor: Actor,
) -> None:
    known.append(Finding("access.site", site.id, site.id))
    run_watches(at, codes=[LOOK.code])
    due(at - DAY)
    due(at + timedelta(hours=1))
    asked(at, "refused", decision="Note")
    MeasurePoint.objects.create(code="WAIT", site=site, day=at.date(), numerator=600, denominator=4)
    shown = {
        code: [item.outcome for item in items(setup_actor, code, site.id, *_span(at), at=at)]
        for code in CODES
    }
    assert sorted(shown.pop(LOOK.code)) == ["open", "ran"]
    assert shown == {
        KEY.code: [],
        CLEAN.code: ["pending", "missed"],
        NOTED.code: ["failing"],
        WAIT.code: ["counted"],
        LATER.code: [],
        "door.unknown": [],
    }


def test_outsider_sees_no_items_and_hidden_subjects_keep_no_label(
    known: list[Finding],
    site: Site,
    other_site: Site,
    at: datetime,
    person: Callable[..., Account],
) -> None:
    known.append(Finding("door.hidden", uuid4(), site.id))
    run_watches(at, codes=[LOOK.code])
    outsider = actor_for(person("quality", "outsider", at_site=other_site))
    assert items(outsider, LOOK.code, site.id, *_span(at), at=at) == []
    assert items(actor_for(person("reception")), LOOK.code, site.id, *_span(at), at=at) == []
    breach = items(actor_for(person("quality")), LOOK.code, site.id, *_span(at), only_failing=True, at=at)[0]
    assert not breach.visible


def test_command_counts_days_anew(asked: Callable[..., Verdict], site: Site) -> None:
    now = clock.now()
    call_command("count_evidence", stdout=StringIO())
    asked(now - 3 * DAY)
    day = local_day(now - 3 * DAY, site.time_zone).isoformat()
    told = StringIO()
    call_command("count_evidence", "--from", day, "--to", day, "--control", KEY.code, stdout=told)
    assert DayTally.objects.get(control=KEY.code).passed == 1
    assert f"{day} to {day} counted anew" in told.getvalue()


@pytest.mark.parametrize(
    "words",
    [("--control", "no.such"), ("--from", "2026-01-01"), ("--from", "2026-02-01", "--to", "2026-01-01")],
)
def test_command_tells_what_it_cannot_do(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("count_evidence", *words)
