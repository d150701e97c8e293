"""Many desks at once: one record for one identity, and record numbers without a gap."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from liangyi.domains.patients import services
from liangyi.domains.patients.errors import LikelyDuplicates
from liangyi.domains.patients.models import Patient, Registration
from liangyi.domains.patients.rules.entries import resident
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor

LI_MING = "11010519491231002X"
DESKS = 6

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    """What each call returns, or the conflict it raised, all started together."""
    gate = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return call()
        except LikelyDuplicates as conflict:
            return conflict
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.parametrize("facts", [{"papers": [resident(LI_MING)]}, {"phone": "13800138000"}])
def test_one_person_at_many_desks_gets_one_record(
    site: Site, setup_actor: Actor, at: datetime, facts: dict[str, Any]
) -> None:
    def call() -> Patient:
        return services.register_patient(actor=setup_actor, at=at, site=site, name="王小明", **facts)

    results = at_once([call] * DESKS)
    assert Patient.objects.count() == 1
    assert sum(isinstance(result, LikelyDuplicates) for result in results) == DESKS - 1


def test_record_numbers_stay_without_gap(site: Site, setup_actor: Actor, at: datetime) -> None:
    def desk(number: int) -> Callable[[], None]:
        def call() -> None:
            for turn in range(5):
                services.register_patient(actor=setup_actor, at=at, site=site, name=f"甲{number}{turn}")

        return call

    at_once([desk(number) for number in range(DESKS)])
    numbers = sorted(Registration.objects.values_list("record_number", flat=True))
    assert numbers == [f"N{count:07d}" for count in range(1, DESKS * 5 + 1)]
