"""Backup and restore, end to end on the server the tests run on."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from liangyi.config.archive.backup import back_up, remove_old
from liangyi.config.archive.manifest import ArchiveError, sha256_of
from liangyi.config.archive.restore import restore
from liangyi.platform import actors
from liangyi.platform.access.models import Site
from liangyi.platform.audit.services import recorded

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
