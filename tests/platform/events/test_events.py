from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

import pytest

from liangyi.platform import clock, events, jobs
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.events import bus
from liangyi.platform.events.codec import decode, encode
from liangyi.platform.events.models import PendingEvent
from liangyi.platform.events.services import MAX_ATTEMPTS, handle_pending, sweep_pending


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class DoorOpened:
    door: UUID
    at: datetime
    day: date | None = None
    guests: tuple[UUID, ...] = ()
    colour: Colour = Colour.RED
    note: str = ""


heard: list[DoorOpened] = []


def listen(event: DoorOpened) -> None:
    heard.append(event)


def fail(event: DoorOpened) -> None:
    raise RuntimeError("deaf")


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bus, "_subscriptions", defaultdict(list))
    heard.clear()


@pytest.fixture
def event(at: datetime) -> DoorOpened:
    return DoorOpened(uuid4(), at, date(2026, 11, 23), (uuid4(), uuid4()))


@pytest.fixture
def publish(event: DoorOpened, setup_actor: Actor) -> Callable[[], None]:
    """A service that makes a site and tells of it."""

    def run() -> None:
        with recorded(setup_actor):
            Site.objects.create(name="新院")
            events.publish(event)

    return run


@pytest.mark.django_db
def test_handler_runs_in_the_transaction(publish: Callable[[], None], event: DoorOpened) -> None:
    events.subscribe(DoorOpened, listen)
    publish()
    assert heard == [event]


@pytest.mark.django_db
def test_handler_error_undoes_everything(publish: Callable[[], None]) -> None:
    events.subscribe(DoorOpened, fail)
    with pytest.raises(RuntimeError):
        publish()
    assert not Site.objects.exists()


def test_only_frozen_dataclasses_are_events() -> None:
    @dataclass
    class Soft:
        x: int

    with pytest.raises(TypeError):
        events.subscribe(Soft, print)


def test_event_survives_json(event: DoorOpened) -> None:
    assert decode(DoorOpened, encode(event)) == event


def test_event_after_commit_holds_no_text(at: datetime) -> None:
    with pytest.raises(jobs.NotForJobsError):
        encode(DoorOpened(uuid4(), at, note="王小明来了"))


@pytest.mark.usefixtures("queue")
def test_after_commit_handler_runs_as_a_job(publish: Callable[[], None], event: DoorOpened) -> None:
    events.subscribe(DoorOpened, listen, after_commit=True)
    publish()
    assert heard == []
    assert jobs.run_pending() == 1
    assert heard == [event]
    assert not PendingEvent.objects.exists()


@pytest.mark.usefixtures("queue")
def test_sweep_finds_what_a_dead_process_left(
    publish: Callable[[], None], event: DoorOpened, monkeypatch: pytest.MonkeyPatch
) -> None:
    events.subscribe(DoorOpened, listen, after_commit=True)
    with monkeypatch.context() as dying:
        dying.setattr(jobs, "defer", lambda *args, **kwargs: None)
        publish()
    assert sweep_pending(at=clock.now()) == 0
    assert sweep_pending(at=clock.now() + timedelta(minutes=2)) == 1
    assert sweep_pending(at=clock.now() + timedelta(minutes=2)) == 1
    assert jobs.run_pending() == 1
    assert heard == [event]


@pytest.mark.django_db
def test_failing_after_commit_handler_is_given_up_in_the_end(
    publish: Callable[[], None], setup_actor: Actor
) -> None:
    events.subscribe(DoorOpened, fail, after_commit=True)
    publish()
    row, at = PendingEvent.objects.get(), datetime(2026, 11, 24, tzinfo=UTC)
    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(RuntimeError):
            handle_pending(actor=setup_actor, at=at, pending=row.id)
    row.refresh_from_db()
    assert (row.attempts, row.failed_at, row.error) == (MAX_ATTEMPTS, at, "RuntimeError")
    assert sweep_pending(at=clock.now() + timedelta(days=1)) == 0


@pytest.mark.django_db
def test_pending_event_is_handled_once(publish: Callable[[], None], setup_actor: Actor, at: datetime) -> None:
    events.subscribe(DoorOpened, listen, after_commit=True)
    publish()
    row: Any = PendingEvent.objects.get()
    assert handle_pending(actor=setup_actor, at=at, pending=row.id)
    assert not handle_pending(actor=setup_actor, at=at, pending=row.id)
    assert len(heard) == 1
