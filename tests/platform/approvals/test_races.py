"""Two people decide at the same moment: one word counts, the other hears that somebody was faster."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from liangyi.platform.actors import Actor
from liangyi.platform.approvals import services
from liangyi.platform.approvals.errors import AlreadyClosed, AlreadyWaiting
from liangyi.platform.approvals.events import Decided
from liangyi.platform.approvals.models import Approval, ApprovalStep

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    """What each call returns, or the conflict it raised, all started together."""
    gate = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return call()
        except (AlreadyClosed, AlreadyWaiting) as conflict:
            return conflict
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_two_deciders_at_once(
    actor: Callable[..., Actor], letter: dict[str, Any], at: datetime, heard: list[Decided]
) -> None:
    asked = services.request(actor=actor("quality"), at=at, **letter)

    def word(name: str, approve: bool) -> Callable[[], Approval]:
        director = actor("director", name)
        return lambda: services.decide(actor=director, at=at, approval=asked, approve=approve, note=name)

    answers = at_once([word("yes", True), word("no", False)])
    assert sorted(isinstance(answer, AlreadyClosed) for answer in answers) == [False, True]
    assert len(heard) == 1
    step = ApprovalStep.objects.get()
    assert Approval.objects.get().state == {"yes": "approved", "no": "refused"}[step.note]


def test_same_request_at_once_waits_once(
    actor: Callable[..., Actor], letter: dict[str, Any], at: datetime
) -> None:
    people = [actor("quality", f"q{number}") for number in range(3)]
    calls = [lambda one=one: services.request(actor=one, at=at, **letter) for one in people]
    answers = at_once(calls)  # type: ignore[arg-type]  # mypy does not infer a lambda with a default
    assert sum(isinstance(answer, AlreadyWaiting) for answer in answers) == 2
    assert Approval.objects.count() == 1
