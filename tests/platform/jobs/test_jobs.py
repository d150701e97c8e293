from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from liangyi.platform import jobs
from liangyi.platform.jobs import tasks as housekeeping
from liangyi.platform.jobs.arguments import to_json
from liangyi.platform.jobs.registry import _cron_in_utc

ran: list[dict[str, Any]] = []


@jobs.task(name="test.note")
def note(**arguments: Any) -> None:
    ran.append(arguments)


@jobs.task(name="test.fail")
def fail() -> None:
    raise RuntimeError("no")


@pytest.fixture(autouse=True)
def _nothing_ran() -> None:
    ran.clear()


@pytest.mark.usefixtures("queue")
def test_job_is_queued_after_the_commit() -> None:
    with transaction.atomic():
        jobs.defer("test.note", n=1)
        assert not ProcrastinateJob.objects.exists()
    assert jobs.run_pending() == 1
    assert ran == [{"n": 1}]


@pytest.mark.usefixtures("queue")
def test_job_of_a_transaction_rolled_back_never_runs() -> None:
    with transaction.atomic():
        jobs.defer(note, n=1)
        transaction.set_rollback(True)
    assert jobs.run_pending() == 0


@pytest.mark.usefixtures("queue")
def test_job_named_once_waits_once() -> None:
    for _ in range(3):
        jobs.defer(note, once="note:1")
    assert jobs.run_pending() == 1
    jobs.defer(note, once="note:1")
    assert jobs.run_pending() == 1


@pytest.mark.usefixtures("queue")
def test_failed_job_is_raised_by_run_pending() -> None:
    jobs.defer(fail)
    with pytest.raises(RuntimeError):
        jobs.run_pending()
    assert ProcrastinateJob.objects.get().status == "failed"


def test_unknown_task_is_an_error() -> None:
    with pytest.raises(LookupError):
        jobs.defer("no.such_task")


@pytest.mark.parametrize("text", ["王小明", "Wang Xiaoming", "13812345678", "110101199003077774", "a@b.cn"])
def test_job_holds_no_names_phones_or_identity_numbers(text: str) -> None:
    for value in (text, [text], {"x": text}):
        with pytest.raises(jobs.NotForJobsError):
            jobs.defer(note, value=value)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (UUID(int=13812345678), "00000000-0000-0000-0000-00033747ab4e"),
        (str(UUID(int=5)), "00000000-0000-0000-0000-000000000005"),
        (date(2026, 11, 21), "2026-11-21"),
        (datetime(2026, 11, 21, 14, 30, tzinfo=UTC), "2026-11-21T14:30:00+00:00"),
        ("scheduling.reminder", "scheduling.reminder"),
        ((1, None, True), [1, None, True]),
        ("", ""),
    ],
)
def test_job_holds_ids_codes_numbers_and_dates(value: Any, kept: Any) -> None:
    assert to_json(value) == kept


def test_task_is_called_after_its_place() -> None:
    assert housekeeping.retry_stalled_jobs.name == "jobs.retry_stalled_jobs"
    assert jobs.registered()["events.sweep_events"].cron == "* * * * *"


@pytest.mark.parametrize(
    ("cron", "utc"),
    [
        ("15 1 * * *", "15 17 * * *"),
        ("0 9,20 * * *", "0 1,12 * * *"),
        ("*/5 * * * *", "*/5 * * * *"),
    ],
)
def test_cron_is_in_the_home_zone(cron: str, utc: str) -> None:
    assert _cron_in_utc(cron) == utc


def test_cron_with_a_day_and_an_hour_is_refused() -> None:
    with pytest.raises(ValueError, match="day"):
        _cron_in_utc("0 1 1 * *")


@pytest.mark.usefixtures("queue")
def test_job_of_a_killed_worker_is_retried() -> None:
    jobs.defer(note, job=uuid4())
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, NULL)")
    assert jobs.run_pending() == 0
    housekeeping.retry_stalled_jobs()
    assert jobs.run_pending() == 1
