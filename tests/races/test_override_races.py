"""Two who override at once: one appointment, one verdict, one review."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from liangyi.domains.scheduling import services
from liangyi.platform.access.models import Account
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor
from liangyi.platform.controls.models import Override as Kept
from liangyi.platform.controls.models import Verdict
from liangyi.platform.controls.services import Override
from liangyi.platform.worklist.models import WorkItem

pytestmark = pytest.mark.race


@pytest.fixture
def order(clinic: Any, person: Callable[..., Account]) -> dict[str, Any]:
    """A booking of somebody who has not agreed to the privacy notice, and the override of that."""
    stranger = clinic.add_patient("无名氏", consents=())
    override = Override(("scheduling.privacy_consent",), "昏迷送来", actor_for(person("nurse")))
    return clinic.booking(patient=stranger.id) | {"override": override}


@pytest.fixture
def director(person: Callable[..., Account]) -> Actor:
    return actor_for(person("director"))


def counts() -> tuple[int, int, int]:
    overridden = Verdict.objects.filter(outcome="overridden").count()
    return overridden, Kept.objects.count(), WorkItem.objects.filter(kind="controls.review_override").count()


def test_one_override_of_many_clicks(order, director, at, race, kinds):
    facts = order | {"request_key": "k", "request_digest": "d"}
    outcomes = race([lambda: services.book_appointment(actor=director, at=at, **facts)] * 5)
    assert kinds(outcomes) == {"Appointment": 5}
    assert len({outcome.id for outcome in outcomes}) == 1
    assert counts() == (1, 1, 1)


def test_of_two_directors_one_takes_the_time(order, director, at, race, kinds, person):
    directors = [director, actor_for(person("director", "director2"))]
    outcomes = race(
        [lambda one=one: services.book_appointment(actor=one, at=at, **order) for one in directors]
    )
    assert kinds(outcomes)["Appointment"] == 1
    assert counts() == (1, 1, 1)
