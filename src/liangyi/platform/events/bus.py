"""Who listens to what, and telling them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, is_dataclass
from typing import Any, TypeVar

from liangyi.platform import jobs
from liangyi.platform.events.codec import encode

E = TypeVar("E")
HANDLE = "events.handle_event"


@dataclass(frozen=True)
class Subscription:
    """One handler of one event type. `name` is how an after-commit job finds it again."""

    event_type: type
    handler: Callable[[Any], object]
    after_commit: bool

    @property
    def name(self) -> str:
        return qualified_name(self.handler)


_subscriptions: dict[type, list[Subscription]] = defaultdict(list)


def qualified_name(thing: Any) -> str:
    """`liangyi.domains.scheduling.events.AppointmentBooked`: stable over processes."""
    return f"{thing.__module__}.{thing.__qualname__}"


def subscribe(event_type: type[E], handler: Callable[[E], object], *, after_commit: bool = False) -> None:
    """Have `handler` called with every published event of exactly this type, in order of subscription."""
    if not is_dataclass(event_type) or not event_type.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        raise TypeError(f"{event_type.__name__} is not a frozen dataclass")
    _subscriptions[event_type].append(Subscription(event_type, handler, after_commit))


def subscribers(event_type: type) -> list[Subscription]:
    """Who is told of `event_type`."""
    return list(_subscriptions.get(event_type, ()))


def subscription_named(event: str, handler: str) -> Subscription | None:
    """The after-commit subscription that a pending row was written for, if the code still has it."""
    for event_type, found in _subscriptions.items():
        if qualified_name(event_type) == event:
            return next((s for s in found if s.after_commit and s.name == handler), None)
    return None


def publish(event: object) -> None:
    """Tell every subscriber. To be called inside `recorded`, after the change it tells of."""
    found = _subscriptions.get(type(event), ())
    later = [s for s in found if s.after_commit]
    if later:
        _keep(event, later)
    for subscription in found:
        if not subscription.after_commit:
            subscription.handler(event)


def _keep(event: object, later: list[Subscription]) -> None:
    from liangyi.platform.events.models import PendingEvent  # models are not loaded when rooms import events

    payload, name = encode(event), qualified_name(type(event))
    rows = [PendingEvent(event=name, handler=s.name, payload=payload) for s in later]
    for row in PendingEvent.objects.bulk_create(rows):
        jobs.defer(HANDLE, once=f"event:{row.id}", pending=row.id)
