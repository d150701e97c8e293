"""Backup and restore, end to end on the server the tests run on."""

from __future__ import annotations

import json
import tarfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from liangyi.config.archive.backup import back_up, remove_old
from liangyi.config.archive.manifest import ArchiveError, sha256_of
from liangyi.config.archive.noted import back_up_noted, without_paths
from liangyi.config.archive.restore import restore
from liangyi.config.tasks import back_up_nightly, back_up_when_due
from liangyi.platform import actors, clock
from liangyi.platform.access.models import Site
from liangyi.platform.audit.services import recorded
from liangyi.platform.jobs.models import BackupRun
from liangyi.platform.worklist.models import WorkItem

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backup(settings: Any, tmp_path: Path, at: datetime) -> Path:
    """A backup of one site and one file."""
    settings.HOME = tmp_path / "home"
    (settings.HOME / "files").mkdir(parents=True)
    (settings.HOME / "files" / "consent.pdf").write_bytes(b"signed")
    with recorded(actors.system("test")):
        Site.objects.create(name="良医")
    back_up(tmp_path / "backup", at=at)
    return tmp_path / "backup"


def _rewrite(backup: Path, **values: object) -> None:
    path = backup / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))


def test_restore_brings_back_database_and_files(backup: Path, settings: Any) -> None:
    with recorded(actors.system("test")):
        Site.objects.update(name="改了")
    (settings.HOME / "files" / "consent.pdf").write_bytes(b"forged")
    restore(backup, replace=True)
    assert list(Site.objects.values_list("name", flat=True)) == ["良医"]
    assert (settings.HOME / "files" / "consent.pdf").read_bytes() == b"signed"


def test_backup_leaves_half_written_files_out(
    backup: Path, settings: Any, tmp_path: Path, at: datetime
) -> None:
    half = settings.HOME / "files" / ".part" / "half"
    half.parent.mkdir()
    half.write_bytes(b"not yet")
    back_up(tmp_path / "second", at=at)
    with tarfile.open(tmp_path / "second" / "files.tar") as tar:
        assert tar.getnames() == ["files", "files/consent.pdf"]


def test_restore_keeps_history_and_its_triggers(backup: Path) -> None:
    restore(backup, replace=True)
    with recorded(actors.system("test")):
        Site.objects.update(name="改了")
    with connection.cursor() as cursor:
        cursor.execute(
            "select op from audit_history where row_id = %s order by id", [str(Site.objects.get().id)]
        )
        assert [op for (op,) in cursor.fetchall()] == ["I", "U"]


def test_restore_begins_a_new_mirror_and_keeps_the_old_one(backup: Path, settings: Any) -> None:
    seals = settings.HOME / "seals"
    seals.mkdir()
    line = f"9 {'ab' * 32} 2026-11-22T00:00:00+00:00\n"
    (seals / "head.log").write_text(line)
    restore(backup, replace=True)
    assert [path.read_text() for path in seals.glob("head-until-*.log")] == [line]
    assert not (seals / "head.log").exists()


def test_restore_leaves_data_alone_unless_told(backup: Path) -> None:
    with pytest.raises(ArchiveError, match="--replace"):
        restore(backup, replace=False)
    assert Site.objects.count() == 1


def test_restore_refuses_another_key(backup: Path, settings: Any) -> None:
    settings.DATA_KEY = "f" * 64
    with pytest.raises(ArchiveError, match="sealed with the data key"):
        restore(backup, replace=True)


def test_restore_refuses_a_damaged_dump(backup: Path) -> None:
    (backup / "database.dump").write_bytes(b"PGDMP")
    with pytest.raises(ArchiveError, match="damaged"):
        restore(backup, replace=True)


def test_restore_refuses_what_a_newer_liangyi_made(backup: Path) -> None:
    _rewrite(backup, migrations=["access.9999_from_the_future"])
    with pytest.raises(ArchiveError, match="newer Liangyi"):
        restore(backup, replace=True)


def test_restore_refuses_a_folder_that_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no backup of Liangyi"):
        restore(tmp_path, replace=True)


def test_restore_that_breaks_half_way_changes_nothing(backup: Path) -> None:
    dump = backup / "database.dump"
    dump.write_bytes(dump.read_bytes()[: dump.stat().st_size // 2])
    _rewrite(backup, sha256={"database.dump": sha256_of(dump)})
    with recorded(actors.system("test")):
        Site.objects.update(name="改了")
    with pytest.raises(ArchiveError, match="is as it was"):
        restore(backup, replace=True)
    assert list(Site.objects.values_list("name", flat=True)) == ["改了"]


def test_back_up_refuses_a_folder_with_something_in_it(backup: Path, at: datetime) -> None:
    with pytest.raises(ArchiveError, match="not empty"):
        back_up(backup, at=at)


def test_backup_is_for_its_owner_alone_and_holds_no_key(backup: Path, settings: Any) -> None:
    assert backup.stat().st_mode & 0o777 == 0o700
    assert settings.DATA_KEY not in (backup / "manifest.json").read_text()


def test_remove_old_keeps_the_newest_and_what_is_not_nightly(tmp_path: Path) -> None:
    for name in ("20261101-023000", "20261102-023000", "20261103-023000", "mine"):
        (tmp_path / name).mkdir()
    remove_old(tmp_path, keep=2)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["20261102-023000", "20261103-023000", "mine"]


def _home(settings: Any, tmp_path: Path) -> Path:
    settings.HOME = tmp_path / "home"
    (settings.HOME / "files").mkdir(parents=True)
    (settings.HOME / "files" / "consent.pdf").write_bytes(b"signed")
    return settings.HOME / "backups"


def test_nightly_backup_leaves_a_row(settings: Any, tmp_path: Path, site: Site) -> None:
    backups = _home(settings, tmp_path)
    back_up_nightly()
    run = BackupRun.objects.get()
    assert [path.name for path in backups.iterdir()] == [run.folder]
    assert run.folder == f"{run.started_at.astimezone(ZoneInfo(clock.HOME_ZONE)):%Y%m%d-%H%M%S}"
    assert (run.outcome, run.by_hand, run.files, run.error) == ("made", False, 1, "")
    assert run.size > 10_000
    assert run.tables > 50


def test_hourly_look_makes_what_the_night_missed_and_only_that(
    settings: Any, tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    _home(settings, tmp_path)
    back_up_when_due()
    assert not BackupRun.objects.exists()
    later = clock.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    back_up_when_due()
    back_up_when_due()
    assert BackupRun.objects.get().started_at == later


def test_failed_backup_leaves_a_row_and_the_work_of_finding_out(
    settings: Any, tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HOME = tmp_path / "home"
    settings.HOME.write_text("a file where a folder should be")
    later = clock.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    back_up_when_due()
    run = BackupRun.objects.get()
    assert run.outcome == "failed"
    assert str(tmp_path) not in run.error
    assert WorkItem.objects.filter(kind="jobs.backup_missing", done_at=None).count() == 1


def test_backup_by_hand_that_fails_is_written_down_and_raised(backup: Path, at: datetime) -> None:
    with pytest.raises(ArchiveError, match="not empty"):
        back_up_noted(backup, at=at, by_hand=True)
    run = BackupRun.objects.get()
    assert (run.outcome, run.by_hand, run.folder) == ("failed", True, "backup")


def test_errors_are_shown_without_paths() -> None:
    folder = Path("/srv/clinic/var/backups/tonight")
    text = f"{folder}/database.dump: no space in {folder.parent}"
    assert without_paths(text, folder) == "…/tonight/database.dump: no space in …/backups"
