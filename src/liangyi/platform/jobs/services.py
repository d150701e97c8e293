"""Keeping what became of backups, and asking the administrators for one that is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.controls.services import run_watches
from liangyi.platform.errors import Denied
from liangyi.platform.jobs.models import BackupRun
from liangyi.platform.jobs.queries import backup_state
from liangyi.platform.worklist.calendar import add_working_days
from liangyi.platform.worklist.services import finish_for, open_item

KEEP = "jobs.keep_backup_run"
MISSING_CODE = "jobs.backup_missing"
MISSING_KIND = "jobs.backup_missing"
BACKUPS = "jobs.backups"
LONGEST_ERROR = 300
DAYS_TO_MEND = 1


@dataclass(frozen=True)
class Written:
    """What a backup holds: bytes on the disk, tables of the database, files."""

    size: int
    tables: int
    files: int


def keep_backup_run(
    *,
    actor: Actor,
    started_at: datetime,
    finished_at: datetime,
    folder: str,
    by_hand: bool,
    written: Written | None,
    error: str = "",
) -> BackupRun:
    """Write down how an attempt ended; without `written` it failed. Only the program itself does this."""
    if not actor.is_system:
        raise Denied(KEEP)
    outcome = BackupRun.Outcome.MADE if written else BackupRun.Outcome.FAILED
    content = written or Written(0, 0, 0)
    with recorded(actor, reason="backup"):
        if written:
            _make_good(finished_at)
        return BackupRun.objects.create(
            started_at=started_at,
            finished_at=finished_at,
            by_hand=by_hand,
            outcome=outcome,
            folder=folder[:100],
            size=content.size,
            tables=content.tables,
            files=content.files,
            error="" if written else error[:LONGEST_ERROR] or outcome,
        )


def _make_good(at: datetime) -> None:
    """A backup that comes in time makes the failures since the one before good."""
    state = backup_state(at)
    if state.failed is None or state.is_missing(at):
        return
    since = state.since or at - timedelta(hours=state.hours)
    failed = BackupRun.objects.filter(outcome=BackupRun.Outcome.FAILED, made_good_at=None)
    failed.filter(started_at__gt=since).update(made_good_at=at)


def look_after_backups(*, actor: Actor, at: datetime) -> bool:
    """Open a breach, and work for each site's administrator, while the backup is missing; close both when
    it is made. Returns whether it is missing."""
    run_watches(at, actor=actor, codes=[MISSING_CODE])
    state = backup_state(at)
    is_missing = state.is_missing(at)
    with recorded(actor, reason="backup"):
        for site in Site.objects.filter(is_active=True).order_by("id"):
            subject = (BACKUPS, site.id)
            if is_missing:
                open_item(
                    actor=actor,
                    at=at,
                    kind=MISSING_KIND,
                    site=site,
                    subject=subject,
                    role="admin",
                    due_at=add_working_days(at, DAYS_TO_MEND, site.time_zone),
                    facts={"hours": state.hours},
                )
            else:
                finish_for(subject, MISSING_KIND, actor=actor, at=at)
    return is_missing
