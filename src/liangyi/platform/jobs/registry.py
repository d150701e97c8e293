"""The tasks of the product, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, overload
from zoneinfo import ZoneInfo

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from liangyi.platform.clock import HOME_ZONE

RETRIES = 5
_tasks: dict[str, Task] = {}


class Task:
    """A function that can be deferred. Calling it runs it here and now."""

    def __init__(self, name: str, function: Callable[..., Any]) -> None:
        self.name = name
        self.function = function
        self.cron = ""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.function(*args, **kwargs)


def registered() -> Mapping[str, Task]:
    """Every task of the product by name."""
    return _tasks


@overload
def task(function: Callable[..., Any], /) -> Task: ...
@overload
def task(*, name: str = "") -> Callable[[Callable[..., Any]], Task]: ...
def task(function: Callable[..., Any] | None = None, /, *, name: str = "") -> Any:
    """`@task` or `@task(name="messages.send_due")`. A failed job is tried again, later each time.

    Without a name it is called after its place: `liangyi.domains.scheduling.tasks.close_day` is
    "scheduling.close_day".
    """

    def declare(fn: Callable[..., Any]) -> Task:
        found = Task(name or _name_of(fn), fn)
        if found.name in _tasks:
            raise ValueError(f"task {found.name} is already registered")
        _tasks[found.name] = found
        app.task(name=found.name, retry=RetryStrategy(max_attempts=RETRIES, exponential_wait=5))(
            _without_timestamp(fn)
        )
        return found

    return declare(function) if function is not None else declare


def periodic(cron: str) -> Callable[[Callable[..., Any] | Task], Task]:
    """`@periodic("15 1 * * *")`: deferred at those times of the clinic's home zone, once however many
    workers run. The function takes no argument; it may be a task already."""

    def declare(function: Callable[..., Any] | Task) -> Task:
        found = function if isinstance(function, Task) else task(function)
        found.cron = cron
        app.periodic(cron=_cron_in_utc(cron))(app.tasks[found.name])
        return found

    return declare


def _name_of(function: Callable[..., Any]) -> str:
    parts = [
        p for p in function.__module__.split(".") if p not in ("liangyi", "platform", "domains", "tasks")
    ]
    return ".".join([*parts, function.__name__])


def _without_timestamp(function: Callable[..., Any]) -> Callable[..., Any]:
    def run(**kwargs: Any) -> Any:
        kwargs.pop("timestamp", None)
        return function(**kwargs)

    return run


def _cron_in_utc(cron: str) -> str:
    """procrastinate counts in UTC; the home zone has no summer time, so its hours shift by a constant."""
    minute, hour, *days = cron.split()
    if not hour.replace(",", "").isdigit():
        return cron
    if days != ["*", "*", "*"]:
        raise ValueError(f"{cron}: an hour together with a day would shift the day in UTC")
    offset = datetime(2026, 1, 1, tzinfo=UTC).astimezone(ZoneInfo(HOME_ZONE)).utcoffset()
    shift = int(offset.total_seconds() // 3600) if offset else 0
    hours = sorted((int(h) - shift) % 24 for h in hour.split(","))
    return " ".join([minute, ",".join(map(str, hours)), *days])
