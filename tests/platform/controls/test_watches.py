from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from liangyi.platform.access.models import Site
from liangyi.platform.controls import catalogue
from liangyi.platform.controls.catalogue import Finding
from liangyi.platform.controls.models import Breach
from liangyi.platform.controls.services import run_watches
from liangyi.platform.worklist.models import WorkItem

from .conftest import GROWN_UP, KEY

pytestmark = pytest.mark.usefixtures("doors")


@pytest.fixture
def lost(site: Site, doors: None) -> list[Finding]:
    """What the watch finds: change the list, and it finds something else."""
    found = [Finding("access.site", site.id, site.id, {"since": "2026-11-01"})]
    catalogue.watch(KEY)(lambda at: list(found))
    return found


def test_watch_opens_a_breach_and_work_for_the_owner(lost: list[Finding], at: datetime) -> None:
    assert run_watches(at)["door.key"].opened == 1
    breach = Breach.objects.get(closed_at=None)
    assert breach.facts == {"since": "2026-11-01"}
    assert WorkItem.objects.get(subject_id=breach.id).role == "quality"


def test_watch_that_finds_it_again_changes_nothing(lost: list[Finding], at: datetime) -> None:
    run_watches(at)
    assert run_watches(at + timedelta(days=1))["door.key"].opened == 0
    assert Breach.objects.count() == WorkItem.objects.count() == 1


def test_watch_closes_what_it_finds_no_more_and_finishes_the_work(lost: list[Finding], at: datetime) -> None:
    run_watches(at)
    lost.clear()
    later = at + timedelta(days=1)
    assert run_watches(later)["door.key"].closed == 1
    assert Breach.objects.get().closed_at == WorkItem.objects.get().done_at == later


def test_watch_opens_a_new_breach_when_it_happens_again(lost: list[Finding], at: datetime) -> None:
    run_watches(at)
    again = lost.pop()
    run_watches(at + timedelta(days=1))
    lost.append(again)
    run_watches(at + timedelta(days=2))
    assert Breach.objects.count() == 2


def test_failing_watch_does_not_stop_the_others(lost: list[Finding], at: datetime) -> None:
    def blind(_at: datetime) -> list[Finding]:
        raise RuntimeError("blind")

    catalogue.watch(GROWN_UP)(blind)
    with pytest.raises(RuntimeError, match="blind"):
        run_watches(at)
    assert Breach.objects.filter(control="door.key").exists()
