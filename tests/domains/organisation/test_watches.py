"""Licences that will soon run out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from liangyi.domains.organisation.models import Licence
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.controls.models import Breach
from liangyi.platform.controls.services import run_watches
from liangyi.platform.controls.setting import NewValue, set_values

CODE, TODAY = "organisation.licence_expiring", date(2026, 11, 23)


@pytest.fixture
def license(site: Site, setup_actor: Actor) -> Callable[[int], Licence]:
    """`license(90)` ends in ninety days."""

    def make(days: int) -> Licence:
        end = TODAY + timedelta(days=days)
        with recorded(setup_actor):
            return Licence.objects.create(
                site=site, number=f"L{days}", category="clinic", valid_from=date(2020, 1, 1), valid_to=end
            )

    return make


def warned(at: datetime) -> set[str]:
    run_watches(at, codes=[CODE])
    return {
        facts["number"] for facts in Breach.objects.filter(closed_at=None).values_list("facts", flat=True)
    }


@pytest.mark.parametrize(("days", "is_warned"), [(-1, True), (90, True), (91, False), (400, False)])
def test_licence_warns_ninety_days_before(
    license: Callable[[int], Licence], at: datetime, days: int, is_warned: bool
) -> None:
    license(days)
    assert bool(warned(at)) is is_warned


def test_later_licence_answers_it(license: Callable[[int], Licence], at: datetime) -> None:
    license(10)
    assert warned(at) == {"L10"}
    license(900)
    assert warned(at) == set()


def test_policy_sets_the_days(
    license: Callable[[int], Licence], site: Site, setup_actor: Actor, at: datetime
) -> None:
    license(100)
    value = NewValue(120, TODAY + timedelta(days=1))
    set_values(
        actor=setup_actor,
        at=at,
        control=CODE,
        parameter="days_before",
        site=site.id,
        since=TODAY,
        values=[value],
    )
    assert warned(at) == set()
    assert warned(at + timedelta(days=1)) == {"L100"}
