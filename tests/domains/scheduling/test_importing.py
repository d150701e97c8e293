"""Every run of an import is written down: the trial, the import, the repetition and the failure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from liangyi.domains.scheduling.models import Appointment
from liangyi.platform import clock
from liangyi.platform.access.models import Site
from liangyi.platform.actors import system
from liangyi.platform.clock import local_day
from liangyi.platform.controls.evidence import queries as evidence
from liangyi.platform.controls.evidence.records import items
from liangyi.platform.imports.models import ImportRun

pytestmark = pytest.mark.django_db
MAP = """
source = "old"
formats = ["%Y-%m-%d %H:%M"]
[fields.outside_id]
column = "id"
[fields.person]
column = "person"
[fields.booked_at]
column = "booked"
[fields.starts_at]
column = "start"
[fields.status]
column = "status"
"""
GOOD = "1,a,2025-03-01 09:00,2025-03-03 10:00,finished"
BAD = "2,b,2025-03-01 09:00,soon,finished"


@pytest.fixture
def bring(tmp_path: Path, site: Site) -> Callable[..., ImportRun]:
    """`bring(*lines, dry_run=True)` runs the command and hands back what it wrote down."""
    (tmp_path / "old.toml").write_text(MAP)

    def bring(*lines: str, header: str = "id,person,booked,start,status", dry_run: bool = False) -> ImportRun:
        path = tmp_path / "old.csv"
        path.write_text("\n".join([header, *lines, ""]))
        call_command("import_appointments", str(path), map=str(tmp_path / "old.toml"), dry_run=dry_run)
        return ImportRun.objects.latest("id")

    return bring


def _counts(run: ImportRun) -> tuple[int, int, int, int]:
    return run.rows, run.created, run.unchanged, run.rejected


def test_trial_brings_nothing_in_and_is_written_down(bring: Callable[..., ImportRun], tmp_path: Path) -> None:
    run = bring(GOOD, BAD, dry_run=True)
    assert (run.is_dry_run, _counts(run)) == (True, (2, 1, 0, 1))
    assert (run.file, run.source, run.what) == ("old.csv", "old", "scheduling.appointment")
    assert run.sha256 == hashlib.sha256((tmp_path / "old.csv").read_bytes()).hexdigest()
    assert not Appointment.objects.exists()


def test_import_and_its_repetition_are_written_down(bring: Callable[..., ImportRun], site: Site) -> None:
    first, again = bring(GOOD, BAD), bring(GOOD, BAD)
    assert (first.is_dry_run, first.site_id, _counts(first)) == (False, site.id, (2, 1, 0, 1))
    assert _counts(again) == (2, 0, 1, 1)
    assert Appointment.objects.count() == 1


def test_file_that_cannot_be_read_is_written_down(bring: Callable[..., ImportRun], tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        bring(GOOD, header="who,knows,what,this,is")
    run = ImportRun.objects.get()
    assert run.error
    assert str(tmp_path) not in run.error


def test_runs_prove_the_control(
    bring: Callable[..., ImportRun], site: Site, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)
    bring(GOOD, BAD)
    day = local_day(at, site.time_zone)
    tally = evidence.tallies(["imports.file_import"], site.id, day, day, at=at)["imports.file_import"]
    [item] = items(system("test"), "imports.file_import", site.id, day, day, at=at)
    assert (tally.proofs, tally.failures) == (1, 0)
    assert item.label == "old.csv：新增 1 行，未导入 1 行"
