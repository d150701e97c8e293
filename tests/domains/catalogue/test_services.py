from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from liangyi.domains.catalogue import queries, services
from liangyi.domains.catalogue.models import PriceVersion, Service, Subject
from liangyi.domains.catalogue.rules import shipped_subjects
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Denied, Invalid, Missing

TODAY = date(2026, 11, 23)
EYELID: dict[str, Any] = {
    "code": "double-eyelid",
    "name": "重睑术",
    "subject": "aesthetic_surgery",
    "level": 1,
    "duration_minutes": 90,
    "prepare_minutes": 15,
    "clean_minutes": 15,
    "room_kind": "theatre",
    "needs_privilege": True,
}


@pytest.fixture
def service(director: Actor, at: datetime, site: Site) -> Service:
    return services.add_service(actor=director, at=at, sites=[site.id], **EYELID)


def test_subjects_are_there_in_an_empty_clinic(db: None) -> None:
    assert Subject.objects.count() == len(shipped_subjects())
    assert services.sync_subjects() == 0


def test_service_is_offered_at_its_sites(service: Service, director: Actor, site: Site) -> None:
    assert list(queries.services_for_site(director, site.id)) == [service]
    assert service.subject.code == "aesthetic_surgery"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": "双眼皮"}, "code"),
        ({"name": "x" * 101}, "name"),
        ({"subject": "magic"}, "subject"),
        ({"level": 5}, "level"),
        ({"duration_minutes": 4}, "duration_minutes"),
        ({"prepare_minutes": -1}, "prepare_minutes"),
        ({"room_kind": "garden"}, "room_kind"),
        ({"device_model": uuid4()}, "device_model"),
        ({"notes": "a\x00"}, "notes"),
    ],
)
def test_service_with_bad_input_is_refused(
    director: Actor, at: datetime, site: Site, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        services.add_service(actor=director, at=at, sites=[site.id], **EYELID | change)
    assert list(caught.value.fields) == [field]


def test_service_code_is_taken_once(service: Service, director: Actor, at: datetime, site: Site) -> None:
    with pytest.raises(Invalid) as caught:
        services.add_service(actor=director, at=at, sites=[site.id], **EYELID)
    assert list(caught.value.fields) == ["code"]


def test_service_change_leaves_the_rest(service: Service, director: Actor, at: datetime) -> None:
    services.change_service(actor=director, at=at, service=service.id, duration_minutes=60)
    service.refresh_from_db()
    assert (service.duration_minutes, service.name) == (60, "重睑术")


def test_retired_service_is_not_offered(service: Service, director: Actor, at: datetime, site: Site) -> None:
    services.retire_service(actor=director, at=at, service=service.id)
    assert not queries.services_for_site(director, site.id).exists()
    assert not queries.service_facts(service.id, site.id, TODAY).is_active


def test_receptionist_may_not_change_the_catalogue(
    service: Service, receptionist: Actor, at: datetime
) -> None:
    with pytest.raises(Denied):
        services.retire_service(actor=receptionist, at=at, service=service.id)
    service.refresh_from_db()
    assert service.is_active


def test_service_of_another_site_is_missing(service: Service, outsider: Actor, at: datetime) -> None:
    with pytest.raises(Missing):
        services.change_service(actor=outsider, at=at, service=service.id, name="改名")
    with pytest.raises(Missing):
        queries.service_for(outsider, service.id)


def test_price_is_kept_by_version(service: Service, director: Actor, at: datetime, site: Site) -> None:
    services.set_price(actor=director, at=at, service=service.id, cents=680_000, effective_from=TODAY)
    services.set_price(
        actor=director, at=at, service=service.id, cents=720_000, effective_from=date(2027, 1, 1)
    )
    assert queries.price_on(service.id, site.id, TODAY) == 680_000
    assert queries.price_on(service.id, site.id, date(2027, 1, 1)) == 720_000
    assert queries.price_on(service.id, site.id, date(2026, 11, 22)) is None


@pytest.mark.parametrize(
    ("cents", "day", "field"),
    [(-1, TODAY, "cents"), (10**12, TODAY, "cents"), (1, date(2026, 11, 22), "effective_from")],
)
def test_price_out_of_range_is_refused(
    service: Service, director: Actor, at: datetime, cents: int, day: date, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        services.set_price(actor=director, at=at, service=service.id, cents=cents, effective_from=day)
    assert list(caught.value.fields) == [field]


def test_price_is_never_overwritten(service: Service, director: Actor, at: datetime) -> None:
    services.set_price(actor=director, at=at, service=service.id, cents=1, effective_from=TODAY)
    with pytest.raises(Invalid):
        services.set_price(actor=director, at=at, service=service.id, cents=2, effective_from=TODAY)
    assert PriceVersion.objects.get().cents == 1


def test_group_price_needs_the_whole_group(
    service: Service, director: Actor, other_site: Site, at: datetime
) -> None:
    with pytest.raises(Denied):
        services.set_price(actor=director, at=at, service=service.id, cents=1, effective_from=TODAY)
    assert not PriceVersion.objects.exists()


def test_service_facts_are_read_in_one_statement(
    service: Service,
    director: Actor,
    at: datetime,
    site: Site,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    services.set_price(
        actor=director, at=at, service=service.id, cents=680_000, effective_from=TODAY, site=site.id
    )
    with django_assert_num_queries(1):
        facts = queries.service_facts(service.id, site.id, TODAY)
    assert (facts.price_cents, facts.is_offered, facts.subject) == (680_000, True, "aesthetic_surgery")
    assert facts.occupied.total_seconds() == 7200


def test_device_model_name_is_taken_once(director: Actor, at: datetime) -> None:
    services.add_device_model(actor=director, at=at, name="M22", calibration_months=12)
    with pytest.raises(Invalid) as caught:
        services.add_device_model(actor=director, at=at, name="M22")
    assert list(caught.value.fields) == ["name"]
