"""A built clinic, and browsers of those who may set it up and those who may not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from liangyi.domains.catalogue import services as catalogue
from liangyi.domains.catalogue.models import Service
from liangyi.domains.facilities import services as facilities
from liangyi.domains.organisation import services as organisation
from liangyi.domains.staff import services as staff
from liangyi.platform import clock
from liangyi.platform.access.models import Account, Site
from liangyi.platform.actors import Actor

TODAY = date.today()  # noqa: DTZ011 the pages live in the real present


@dataclass(frozen=True)
class Built:
    """The ids of one of everything."""

    site: UUID
    licence: UUID
    department: UUID
    room: UUID
    closing_day: UUID
    post: UUID
    model: UUID
    piece: UUID
    service: UUID
    member: UUID
    held: UUID
    credential: UUID
    privilege: UUID


def _sign_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def director(person: Callable[..., Account]) -> Client:
    return _sign_in(person("director"))


@pytest.fixture
def receptionist(person: Callable[..., Account]) -> Client:
    return _sign_in(person("reception"))


@pytest.fixture
def outsider(person: Callable[..., Account], other_site: Site) -> Client:
    return _sign_in(person("director", "outsider", at_site=other_site))


@pytest.fixture
def built(setup_actor: Actor, site: Site) -> Built:
    """One of everything at the first site, set up as the director would."""
    by: dict[str, Any] = {"actor": setup_actor, "at": clock.now()}
    return Built(**_premises(by, site), **_offer(by, site), **_people(by, site))


def _premises(by: dict[str, Any], site: Site) -> dict[str, UUID]:
    licence = organisation.add_licence(
        **by,
        site=site.id,
        number="PDY1",
        category="aesthetic_hospital",
        max_level=3,
        subjects=["aesthetic_surgery"],
        valid_from=TODAY - timedelta(days=9),
        valid_to=TODAY + timedelta(days=900),
    )
    department = organisation.add_department(**by, site=site.id, name="美容外科", code="MW")
    room = organisation.add_room(**by, site=site.id, name="手术室", kind="theatre")
    organisation.set_opening_hours(**by, site=site.id, hours={1: (time(9), time(18))})
    closing_day = organisation.add_closing_day(
        **by, site=site.id, day=TODAY + timedelta(days=20), reason="检修"
    )
    return {
        "site": site.id,
        "licence": licence.id,
        "department": department.id,
        "room": room.id,
        "closing_day": closing_day.id,
    }


def _offer(by: dict[str, Any], site: Site) -> dict[str, UUID]:
    model = catalogue.add_device_model(**by, name="M22", calibration_months=12)
    piece = facilities.add_equipment(**by, site=site.id, model=model.id, name="光子", serial="SN-1")
    service = catalogue.add_service(
        **by,
        code="eyelid",
        name="重睑术",
        subject="aesthetic_surgery",
        level=1,
        duration_minutes=90,
        room_kind="theatre",
        needs_privilege=True,
        sites=[site.id],
    )
    return {"model": model.id, "piece": piece.id, "service": service.id}


def _people(by: dict[str, Any], site: Site) -> dict[str, UUID]:
    post = organisation.add_post(**by, code="lead", name="主诊医师")
    member = staff.add_member(**by, site=site.id, name="王明", profession="doctor")
    held = staff.hold_post(**by, member=member.id, post=post.id, site=site.id, held_from=TODAY)
    credential = staff.add_credential(
        **by,
        member=member.id,
        kind="doctor_licence",
        number="1",
        issued_on=date(2015, 7, 1),
        subjects=["aesthetic_surgery"],
        sites=[site.id],
    )
    privilege = staff.grant_privilege(
        **by,
        member=member.id,
        service=Service.objects.get(code="eyelid").id,
        valid_from=TODAY,
        valid_to=TODAY + timedelta(days=300),
    )
    return {
        "post": post.id,
        "member": member.id,
        "held": held.id,
        "credential": credential.id,
        "privilege": privilege.id,
    }
