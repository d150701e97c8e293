"""A backup that leaves a row behind, also when it failed."""

from __future__ import annotations

import logging
import tarfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import Error, connection

from liangyi.config.archive.backup import FILES, back_up
from liangyi.config.archive.manifest import Manifest
from liangyi.platform import actors, clock
from liangyi.platform.jobs.services import Written, keep_backup_run, look_after_backups

log = logging.getLogger(__name__)


def back_up_noted(folder: Path, *, at: datetime, by_hand: bool) -> Manifest:
    """`back_up`, and what became of it in the database; what went wrong is raised as before.

    A database in which nothing can be written down (it is gone, or not migrated yet) keeps no backup from
    being made: that is logged.
    """
    try:
        manifest = back_up(folder, at=at)
    except Exception as problem:
        _note(folder, at, by_hand, None, without_paths(str(problem), folder))
        raise
    _note(folder, at, by_hand, _written(folder), "")
    return manifest


def without_paths(text: str, folder: Path) -> str:
    """An error as it may be shown: where this machine keeps things is nobody's business."""
    for path in sorted({folder, folder.parent, settings.HOME}, key=lambda path: -len(str(path))):
        if path != path.parent:
            text = text.replace(str(path), f"…/{path.name}")
    return text


def _note(folder: Path, at: datetime, by_hand: bool, written: Written | None, error: str) -> None:
    actor = actors.system("command:backup" if by_hand else "job:backup")
    try:
        keep_backup_run(
            actor=actor,
            started_at=at,
            finished_at=max(clock.now(), at),
            folder=folder.name,
            by_hand=by_hand,
            written=written,
            error=error,
        )
        look_after_backups(actor=actor, at=clock.now())
    except Error:
        log.exception("the backup run %s could not be written down", folder.name)


def _written(folder: Path) -> Written:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_tables where schemaname = 'public'")
        tables = int(cursor.fetchone()[0])
    files = 0
    if (folder / FILES).exists():
        with tarfile.open(folder / FILES) as tar:
            files = sum(entry.isfile() for entry in tar)
    return Written(sum(path.stat().st_size for path in folder.iterdir()), tables, files)
