"""Lists cost the same number of statements with one row and with three."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from liangyi.domains.catalogue import services as catalogue
from liangyi.domains.facilities import services as facilities
from liangyi.domains.organisation import services as organisation
from liangyi.domains.staff import services as staff
from liangyi.platform import clock
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor

from .conftest import TODAY, Built

FRAME = 5  # session, account, actor, sites, unread messages


@pytest.fixture
def two_more(setup_actor: Actor, site: Site, built: Built) -> Callable[[], None]:
    """Two more of everything a list shows."""
    by: dict[str, Any] = {"actor": setup_actor, "at": clock.now()}

    def one(number: int) -> None:
        organisation.add_room(**by, site=site.id, name=f"诊室 {number}", kind="consulting")
        organisation.add_department(**by, site=site.id, name=f"科室 {number}", code=str(number))
        day = TODAY + timedelta(days=30 + number)
        organisation.add_closing_day(**by, site=site.id, day=day, reason="放假")
        organisation.add_post(**by, code=f"post-{number}", name="岗位")
        model = catalogue.add_device_model(**by, name=f"X{number}")
        facilities.add_equipment(**by, site=site.id, model=model.id, name="设备", serial=str(number))
        staff.add_member(**by, site=site.id, name=f"李{number}", profession="nurse")
        catalogue.add_service(
            **by,
            code=f"service-{number}",
            name="项目",
            subject="dermatology",
            duration_minutes=30,
            room_kind="laser",
            sites=[site.id],
        )

    return lambda: [one(number) for number in (1, 2)] and None


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("/settings/", 11),
        ("/settings/sites/", 4),
        ("/settings/premises/", 2),
        ("/settings/calendar/", 2),
        ("/settings/posts/", 2),
        ("/settings/services/", 3),
        ("/settings/equipment/", 3),
        ("/settings/staff/", 1),
    ],
)
def test_list_has_a_constant_count(
    director: Client,
    two_more: Callable[[], None],
    path: str,
    own: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    director.get(path)
    with django_assert_num_queries(FRAME + own):
        director.get(path)
    two_more()
    with django_assert_num_queries(FRAME + own):
        director.get(path)
