"""Jobs of the machine itself."""

from __future__ import annotations

import logging
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from liangyi.config.archive.backup import remove_old
from liangyi.config.archive.noted import back_up_noted
from liangyi.platform import clock, jobs
from liangyi.platform.jobs.queries import backup_state

KEPT_BACKUPS = 14
LOCK = "liangyi.backup"
log = logging.getLogger(__name__)


@jobs.periodic("30 2 * * *")
def back_up_nightly() -> None:
    """A backup into HOME/backups every night; the last fourteen stay."""
    _back_up(clock.now())


@jobs.periodic("40 * * * *")
def back_up_when_due() -> None:
    """Every hour: a backup that failed, that a sleeping machine missed, or that is wanted more often."""
    at = clock.now()
    if backup_state(at).is_due(at):
        _back_up(at)


def _back_up(at: datetime) -> None:
    """One at a time, however many workers there are. What fails stands in its row, and is tried again
    within the hour rather than at once."""
    if not _alone():
        return
    folder = settings.HOME / "backups"
    name = at.astimezone(ZoneInfo(clock.HOME_ZONE)).strftime("%Y%m%d-%H%M%S")
    try:
        back_up_noted(folder / name, at=at, by_hand=False)
        remove_old(folder, keep=KEPT_BACKUPS)
    except Exception:
        log.exception("the backup failed")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(hashtext(%s))", [LOCK])


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(hashtext(%s))", [LOCK])
        return bool(cursor.fetchone()[0])
