"""Backup runs are kept, failures are made good in time, and a missing backup is somebody's work."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from liangyi.platform import actors
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.clock import local_day
from liangyi.platform.controls.evidence import queries as evidence
from liangyi.platform.controls.models import Breach
from liangyi.platform.errors import Denied
from liangyi.platform.jobs.models import BackupRun
from liangyi.platform.jobs.queries import backup_state
from liangyi.platform.jobs.services import Written, keep_backup_run, look_after_backups
from liangyi.platform.worklist.models import WorkItem

pytestmark = pytest.mark.django_db
JOB = actors.system("job:backup")
HOUR = timedelta(hours=1)


def _run(at: datetime, error: str = "", actor: Actor = JOB) -> BackupRun:
    written = None if error else Written(size=1000, tables=90, files=3)
    return keep_backup_run(
        actor=actor,
        started_at=at,
        finished_at=at + timedelta(minutes=1),
        folder=f"{at:%Y%m%d-%H%M%S}",
        by_hand=False,
        written=written,
        error=error,
    )


@pytest.mark.parametrize(
    ("hours", "is_due", "is_missing"), [(1, False, False), (24, True, False), (26, True, True)]
)
def test_backup_is_due_after_its_interval_and_missing_soon_after(
    at: datetime, site: Site, hours: int, is_due: bool, is_missing: bool
) -> None:
    _run(at - hours * HOUR)
    state = backup_state(at)
    assert (state.is_due(at), state.is_missing(at)) == (is_due, is_missing)


def test_empty_house_needs_no_backup(at: datetime) -> None:
    assert backup_state(at).is_missing(at + 1000 * HOUR) is False


def test_clinic_without_any_backup_misses_one_after_its_first_day(at: datetime, site: Site) -> None:
    state = backup_state(at)
    assert state.since
    assert not state.is_missing(state.since + HOUR)
    assert state.is_missing(state.since + 27 * HOUR)


def test_failure_made_good_in_time_is_no_failure(at: datetime, site: Site) -> None:
    _run(at - 24 * HOUR)
    failed = _run(at, error="disk full")
    _run(at + HOUR)
    failed.refresh_from_db()
    assert failed.made_good_at == at + HOUR + timedelta(minutes=1)
    assert backup_state(at + 2 * HOUR).failed is None


def test_failure_made_good_too_late_stays_one(at: datetime, site: Site) -> None:
    _run(at - 24 * HOUR)
    failed = _run(at, error="disk full")
    _run(at + 10 * HOUR)
    failed.refresh_from_db()
    assert failed.made_good_at is None


def test_missing_backup_opens_a_breach_and_work_until_it_is_made(at: datetime, site: Site) -> None:
    _run(at - 30 * HOUR)
    assert look_after_backups(actor=JOB, at=at) is True
    assert look_after_backups(actor=JOB, at=at + HOUR) is True
    item = WorkItem.objects.get(kind="jobs.backup_missing")
    assert (item.role, item.site_id, Breach.objects.get().closed_at) == ("admin", site.id, None)
    _run(at + 2 * HOUR)
    assert look_after_backups(actor=JOB, at=at + 2 * HOUR) is False
    item.refresh_from_db()
    assert item.done_at
    assert Breach.objects.get().closed_at


def test_runs_prove_the_control_at_every_site_and_failures_stand_against_it(at: datetime, site: Site) -> None:
    day = local_day(at, site.time_zone)
    _run(at)
    tally = evidence.tallies(["jobs.backup"], site.id, day, day, at=at + HOUR)["jobs.backup"]
    assert (tally.proofs, tally.failures) == (1, 0)
    _run(at + HOUR, error="disk full")
    tally = evidence.tallies(["jobs.backup"], site.id, day, day, at=at + HOUR)["jobs.backup"]
    assert (tally.proofs, tally.failures) == (1, 1)


def test_only_the_program_writes_runs_down(at: datetime, site: Site) -> None:
    with pytest.raises(Denied):
        _run(at, actor=actors.staff(site.id, "王", {site.id: ["organisation.see"]}))
