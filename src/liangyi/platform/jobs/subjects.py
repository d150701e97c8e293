"""Backups as the subject of work and of evidence."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from liangyi.platform import subjects
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.jobs.models import BackupRun
from liangyi.platform.jobs.services import BACKUPS

BACKUP_RUN = "jobs.backup_run"
PAGE = "/settings/backups/"


def _run_labels(ids: Collection[UUID]) -> dict[UUID, str]:
    return dict(BackupRun.objects.filter(id__in=ids).values_list("id", "folder"))


def _site_labels(ids: Collection[UUID]) -> dict[UUID, str]:
    return dict(Site.objects.filter(id__in=ids).values_list("id", "name"))


def _runs_seen(actor: Actor, ids: Collection[UUID]) -> set[UUID]:
    """A run tells nothing of anybody: whoever works here may know of it."""
    return set(ids) if actor.is_system or actor.grants else set()


def _sites_seen(actor: Actor, ids: Collection[UUID]) -> set[UUID]:
    return {row_id for row_id in ids if actor.is_system or row_id in actor.grants}


subjects.register(BACKUP_RUN, label=_run_labels, url=lambda _row_id: PAGE, may_see=_runs_seen)
subjects.register(BACKUPS, label=_site_labels, url=lambda _row_id: PAGE, may_see=_sites_seen)
