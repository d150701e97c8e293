"""Housekeeping of the queue itself."""

from __future__ import annotations

from asgiref.sync import async_to_sync
from procrastinate.contrib.django import app

from liangyi.platform import jobs

KEEP_HOURS = 24 * 14


@jobs.periodic("*/2 * * * *")
def retry_stalled_jobs() -> None:
    """A worker that was killed leaves its job "doing" for ever: give it to another."""
    async_to_sync(_retry_stalled)()


async def _retry_stalled() -> None:
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)


@jobs.periodic("40 3 * * *")
def remove_finished_jobs() -> None:
    """Finished jobs tell nothing that history does not: keep two weeks, failed ones too."""
    async_to_sync(app.job_manager.delete_old_jobs)(nb_hours=KEEP_HOURS, include_failed=True)
