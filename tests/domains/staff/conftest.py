"""A director, two who may not, a service that needs a privilege, and a surgeon without papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from liangyi.domains.catalogue import services as catalogue
from liangyi.domains.catalogue.models import Service
from liangyi.domains.staff import services
from liangyi.domains.staff.models import StaffMember
from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor


@pytest.fixture
def director(person: Callable[..., Account]) -> Actor:
    return actor_for(person("director"))


@pytest.fixture
def receptionist(person: Callable[..., Account]) -> Actor:
    return actor_for(person("reception"))


@pytest.fixture
def outsider(person: Callable[..., Account], other_site: Site) -> Actor:
    return actor_for(person("director", "outsider", at_site=other_site))


@pytest.fixture
def eyelid(setup_actor: Actor, at: datetime, site: Site) -> Service:
    return catalogue.add_service(
        actor=setup_actor,
        at=at,
        code="eyelid",
        name="重睑术",
        subject="aesthetic_surgery",
        level=1,
        duration_minutes=90,
        room_kind="theatre",
        needs_privilege=True,
        sites=[site.id],
    )


@pytest.fixture
def wang(director: Actor, at: datetime, site: Site) -> StaffMember:
    return services.add_member(actor=director, at=at, site=site.id, name="王明", profession="doctor")
