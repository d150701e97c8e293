"""A register is kept on every day at whose end it holds an entry."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db.models import Q

from liangyi.platform.access.models import Site, Unit
from liangyi.platform.actors import system
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.controls import catalogue, proofs
from liangyi.platform.controls.catalogue import Control, Kind
from liangyi.platform.controls.evidence.queries import Health, Tally, health, items, tallies
from liangyi.platform.controls.proofs import Standing
from liangyi.platform.ids import first_id_at, made_at, new_id

UNITS = Control("door.units", Kind.RECORD, "科室登记", "")
DAY = timedelta(days=1)
CODES = [UNITS.code]


@pytest.fixture
def unit(site: Site, monkeypatch: pytest.MonkeyPatch) -> Unit:
    """The only entry of the register."""
    monkeypatch.setattr(catalogue, "_controls", {UNITS.code: UNITS})
    monkeypatch.setattr(proofs, "_proofs", {})
    proofs.prove(UNITS, Standing("", "access.Unit", site="site_id", where=Q(is_active=True)))
    with recorded(system("test")):
        return Unit.objects.create(site=site, name="皮肤科")


def _tally(site: Site, first: date, last: date, at: datetime) -> Tally:
    return tallies(CODES, site.id, first, last, at=at)[UNITS.code]


def test_register_proves_every_day_since_its_first_entry(site: Site, unit: Unit) -> None:
    made = made_at(unit.id)
    day = local_day(made, HOME_ZONE)
    assert _tally(site, day - 9 * DAY, day + 9 * DAY, made + 4 * DAY).proofs == 5
    before = _tally(site, day - 9 * DAY, day - DAY, made)
    assert (before.proofs, health(UNITS, before)) == (0, Health.UNPROVEN)


def test_register_of_another_site_proves_nothing_here(site: Site, other_site: Site, unit: Unit) -> None:
    made = made_at(unit.id)
    day = local_day(made, HOME_ZONE)
    assert _tally(other_site, day, day, made).proofs == 0
    with recorded(system("test")):
        Unit.objects.filter(id=unit.id).update(is_active=False)
    assert _tally(site, day, day, made).proofs == 0


def test_entries_are_listed_as_they_stood(site: Site, unit: Unit) -> None:
    day = local_day(made_at(unit.id), HOME_ZONE)
    listed = items(system("test"), UNITS.code, site.id, day, day + 30 * DAY)
    assert [(item.record, item.outcome, item.at) for item in listed] == [
        (unit.id, "on_file", made_at(unit.id))
    ]
    assert items(system("test"), UNITS.code, site.id, day, day, after=listed[0].key) == []
    assert items(system("test"), UNITS.code, site.id, day - 9 * DAY, day - DAY) == []


def test_ids_tell_when_they_were_made() -> None:
    row_id = new_id()
    assert first_id_at(made_at(row_id)) <= row_id < first_id_at(made_at(row_id) + timedelta(milliseconds=2))
