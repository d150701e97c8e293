from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.worklist.calendar import is_working_day
from liangyi.platform.worklist.models import WorkItem
from liangyi.platform.worklist.schedule import escalate_due, remind_of_calendar

from .test_services import open_letter

pytestmark = pytest.mark.usefixtures("_letters")


def test_late_work_escalates_after_a_working_day_and_once(
    site: Site, at: datetime, setup_actor: Actor
) -> None:
    item = open_letter(site, at, due_at=at)
    assert not escalate_due(actor=setup_actor, at=at + timedelta(hours=23))
    assert escalate_due(actor=setup_actor, at=at + timedelta(hours=24)) == [item]
    assert not escalate_due(actor=setup_actor, at=at + timedelta(hours=25))


def test_late_work_does_not_escalate_over_a_weekend(site: Site, at: datetime, setup_actor: Actor) -> None:
    friday = at + timedelta(days=4)
    open_letter(site, at, due_at=friday)
    assert not escalate_due(actor=setup_actor, at=friday + timedelta(days=2))
    assert escalate_due(actor=setup_actor, at=friday + timedelta(days=3))


@pytest.mark.parametrize(
    ("today", "is_missing"),
    [(date(2031, 11, 30), False), (date(2031, 12, 2), True), (date(2024, 12, 2), False)],
)
def test_missing_calendar_is_work_in_december(
    site: Site, setup_actor: Actor, today: date, is_missing: bool
) -> None:
    at = datetime(today.year, today.month, today.day, 2, tzinfo=UTC)
    assert remind_of_calendar(actor=setup_actor, at=at) is is_missing
    assert WorkItem.objects.filter(role="director", site=site).exists() is is_missing


def test_loaded_calendar_ends_the_reminder(site: Site, setup_actor: Actor, tmp_path: Path) -> None:
    at = datetime(2031, 12, 2, 2, tzinfo=UTC)
    remind_of_calendar(actor=setup_actor, at=at)
    file = tmp_path / "2032.csv"
    file.write_text("day,is_working,name\n2032-01-01,0,元旦\n", encoding="utf-8")
    call_command("load_calendar", str(file))
    assert not is_working_day(date(2032, 1, 1))
    remind_of_calendar(actor=setup_actor, at=at)
    assert WorkItem.objects.get().done_at == at


def test_load_calendar_says_which_line_is_wrong(db: None, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("day,is_working,name\n2032-01-01,0,\nmorgen,1,\n", encoding="utf-8")
    with pytest.raises(CommandError, match="3"):
        call_command("load_calendar", str(file))
    assert is_working_day(date(2032, 1, 1))
