"""The backups that were made, and whether the last one is too old."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from liangyi.platform.access.models import Site
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.controls.queries import parameter
from liangyi.platform.ids import made_at
from liangyi.platform.jobs.models import BackupRun

BACKUP_CODE = "jobs.backup"
PAGE = 50
# A backup that began in its turn is given this long before its lack is called a breach.
GRACE = timedelta(hours=2)


@dataclass(frozen=True)
class BackupState:
    """The last backup that was made, the failed runs since, and how long one may be old.

    `since` is when the last one began, or without any when the clinic did; None in an empty house.
    """

    last: BackupRun | None
    failed: BackupRun | None
    since: datetime | None
    hours: int

    def is_due(self, at: datetime) -> bool:
        """Whether the next backup is to be made."""
        return self.since is not None and self.since <= at - timedelta(hours=self.hours)

    def is_missing(self, at: datetime) -> bool:
        """Whether it should have been made long ago."""
        return self.is_due(at - GRACE)


def backup_state(at: datetime) -> BackupState:
    """How backups stand: at most four statements."""
    last = BackupRun.objects.filter(outcome=BackupRun.Outcome.MADE).order_by("-started_at").first()
    failed = BackupRun.objects.filter(outcome=BackupRun.Outcome.FAILED, made_good_at=None)
    if last is not None:
        failed = failed.filter(started_at__gt=last.started_at)
    since = last.started_at if last else _founded_at()
    hours = int(parameter(BACKUP_CODE, "hours", on=local_day(at, HOME_ZONE)))
    return BackupState(last, failed.order_by("-started_at").first(), since, hours)


def backup_runs(*, after: UUID | None = None, limit: int = PAGE) -> Sequence[BackupRun]:
    """All runs, the newest first, or those after a key."""
    rows = BackupRun.objects.order_by("-id")
    return list((rows.filter(id__lt=after) if after else rows)[:limit])


def _founded_at() -> datetime | None:
    oldest = Site.objects.order_by("id").values_list("id", flat=True).first()
    return made_at(oldest) if oldest else None
