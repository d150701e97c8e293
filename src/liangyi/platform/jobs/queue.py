"""Putting jobs into the queue after the commit, and running what waits there."""

from __future__ import annotations

import json
import logging
from functools import partial
from typing import Any

from django.db import transaction
from procrastinate import sql
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from liangyi.platform.jobs.arguments import to_json
from liangyi.platform.jobs.registry import Task, registered

log = logging.getLogger(__name__)


def defer(job: str | Task, /, *, once: str = "", **kwargs: Any) -> None:
    """Queue a task for after the commit of the running transaction (at once without one).

    Arguments are ids, codes, numbers and dates (see `arguments`). `once` names the work: while a job
    of that name waits, another is not queued. A database that fails at this moment is only logged: the
    business is committed, and the sweep of its owner finds the work.
    """
    name = job.name if isinstance(job, Task) else job
    if name not in registered():
        raise LookupError(f"no task {name}")
    transaction.on_commit(partial(_queue, name, once, to_json(kwargs)), robust=True)


def _queue(name: str, once: str, kwargs: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            app.configure_task(name, queueing_lock=once or None).defer(**kwargs)
    except AlreadyEnqueued:
        log.debug("already queued: %s %s", name, once)


def run_pending(limit: int = 10_000) -> int:
    """Run every waiting job here, one after another, as a worker would; for tests and the demo.

    Returns how many ran. An error of a job is raised, not retried. Inside a test's transaction jobs
    wait for its commit: run them with `django_capture_on_commit_callbacks(execute=True)` first.
    """
    ran = 0
    while ran < limit and (row := _fetch()):
        try:
            registered()[row["task_name"]](**_arguments(row))
        except Exception:
            _finish(row["id"], "failed")
            raise
        _finish(row["id"], "succeeded")
        ran += 1
    return ran


def _arguments(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in json.loads(row["args"]).items() if key != "timestamp"}


def _fetch() -> dict[str, Any] | None:
    row: dict[str, Any] = app.connector.execute_query_one(
        sql.queries["fetch_job"], queues=None, worker_id=None
    )
    return row if row["id"] is not None else None


def _finish(job_id: int, status: str) -> None:
    app.connector.execute_query(
        sql.queries["finish_job"], job_id=job_id, status=status, delete_job=status == "succeeded"
    )
