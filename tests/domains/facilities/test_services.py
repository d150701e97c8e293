from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from liangyi.domains.catalogue import services as catalogue
from liangyi.domains.catalogue.models import DeviceModel
from liangyi.domains.facilities import queries, services
from liangyi.domains.facilities.controls import calibrations_due
from liangyi.domains.facilities.models import Calibration, Equipment
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Denied, Invalid, Missing

TODAY = date(2026, 11, 23)


@pytest.fixture
def model(setup_actor: Actor, at: datetime, db: None) -> DeviceModel:
    return catalogue.add_device_model(actor=setup_actor, at=at, name="M22", calibration_months=12)


@pytest.fixture
def laser(setup_actor: Actor, at: datetime, site: Site, model: DeviceModel) -> Equipment:
    return services.add_equipment(
        actor=setup_actor, at=at, site=site.id, model=model.id, name="光子 1 号", serial="SN-1"
    )


def test_piece_is_bookable_once_calibrated(
    director: Actor, at: datetime, site: Site, laser: Equipment, model: DeviceModel
) -> None:
    assert not queries.equipment_facts(site.id, model.id)[0].is_calibrated(TODAY)
    services.record_calibration(
        actor=director, at=at, equipment=laser.id, done_on=date(2026, 3, 1), certificate="JL-1"
    )
    facts = queries.equipment_facts(site.id, model.id)[0]
    assert facts.calibration_due == date(2027, 3, 1)
    assert facts.is_calibrated(TODAY)


def test_older_calibration_entered_later_does_not_move_the_due_day(
    director: Actor, at: datetime, laser: Equipment
) -> None:
    for done in (date(2026, 3, 1), date(2025, 3, 1)):
        services.record_calibration(
            actor=director, at=at, equipment=laser.id, done_on=done, certificate=str(done)
        )
    laser.refresh_from_db()
    assert laser.calibration_due == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("done", "due", "certificate", "field"),
    [
        (date(2026, 11, 24), None, "JL", "done_on"),
        (TODAY, TODAY, "JL", "due_on"),
        (TODAY, None, "", "certificate"),
        (TODAY, None, "😀" * 61, "certificate"),
    ],
)
def test_calibration_with_bad_input_is_refused(
    director: Actor,
    at: datetime,
    laser: Equipment,
    done: date,
    due: date | None,
    certificate: str,
    field: str,
) -> None:
    with pytest.raises(Invalid) as caught:
        services.record_calibration(
            actor=director, at=at, equipment=laser.id, done_on=done, due_on=due, certificate=certificate
        )
    assert list(caught.value.fields) == [field]
    assert not Calibration.objects.exists()


def test_serial_is_taken_once_a_model(
    director: Actor, at: datetime, site: Site, laser: Equipment, model: DeviceModel
) -> None:
    with pytest.raises(Invalid) as caught:
        services.add_equipment(
            actor=director, at=at, site=site.id, model=model.id, name="光子 2 号", serial="SN-1"
        )
    assert list(caught.value.fields) == ["serial"]


def test_retired_piece_is_not_offered(
    director: Actor, at: datetime, site: Site, laser: Equipment, model: DeviceModel
) -> None:
    services.retire_equipment(actor=director, at=at, equipment=laser.id, reason="报废")
    assert queries.equipment_facts(site.id, model.id) == []


def test_receptionist_may_not_retire(receptionist: Actor, at: datetime, laser: Equipment) -> None:
    with pytest.raises(Denied):
        services.retire_equipment(actor=receptionist, at=at, equipment=laser.id)
    laser.refresh_from_db()
    assert laser.is_active


def test_outsider_does_not_find_the_piece(outsider: Actor, at: datetime, laser: Equipment) -> None:
    with pytest.raises(Missing):
        services.retire_equipment(actor=outsider, at=at, equipment=laser.id)
    with pytest.raises(Missing):
        queries.equipment_for(outsider, laser.id)


def test_watch_finds_never_calibrated_overdue_and_due_soon(
    director: Actor, at: datetime, laser: Equipment
) -> None:
    assert [finding.facts["days_left"] for finding in calibrations_due(at)] == [None]
    for due, found in ((TODAY + timedelta(days=31), []), (TODAY + timedelta(days=30), [30])):
        services.record_calibration(
            actor=director, at=at, equipment=laser.id, done_on=TODAY, due_on=due, certificate="JL"
        )
        assert [finding.facts["days_left"] for finding in calibrations_due(at)] == found


@pytest.mark.parametrize("pieces", [1, 3])
def test_equipment_facts_are_read_in_one_statement(
    director: Actor,
    at: datetime,
    site: Site,
    model: DeviceModel,
    pieces: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(pieces):
        services.add_equipment(
            actor=director, at=at, site=site.id, model=model.id, name=f"{number} 号", serial=str(number)
        )
    with django_assert_num_queries(1):
        assert len(queries.equipment_facts(site.id, model.id)) == pieces
