from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from liangyi.domains.organisation import queries, services
from liangyi.domains.organisation.events import ClosingDayAdded, RoomClosed
from liangyi.domains.organisation.models import ClosingDay, Institution, Licence, Room, SiteProfile
from liangyi.platform import events
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Denied, Invalid, Missing

LICENCE: dict[str, Any] = {
    "number": "PDY00001-X",
    "category": "aesthetic_hospital",
    "max_level": 3,
    "subjects": ["aesthetic_surgery", "anaesthesiology"],
    "valid_from": date(2024, 1, 1),
    "valid_to": date(2028, 12, 31),
}


def test_institution_is_founded_once(setup_actor: Actor, at: datetime, db: None) -> None:
    services.found_institution(actor=setup_actor, at=at, name="良医集团", credit_code="91350200MA2YJ1XR9G")
    with pytest.raises(Exception, match="机构已经建立"):
        services.found_institution(actor=setup_actor, at=at, name="又一家")
    assert Institution.objects.get().name == "良医集团"


@pytest.mark.parametrize(
    ("name", "code", "field"),
    [
        ("", "", "name"),
        ("医" * 101, "", "name"),
        ("a\x00b", "", "name"),
        ("良医", "91350203M0001QAY9B", "credit_code"),
    ],
)
def test_institution_with_bad_input_is_refused(
    setup_actor: Actor, at: datetime, db: None, name: str, code: str, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        services.found_institution(actor=setup_actor, at=at, name=name, credit_code=code)
    assert field in caught.value.fields


def test_site_is_set_up_with_its_profile(director: Actor, at: datetime) -> None:
    site = services.set_up_site(actor=director, at=at, name="良医东门", code="dm", phone="0755-12345678")
    assert SiteProfile.objects.get(site=site).code == "DM"


def test_site_with_a_taken_code_is_refused(director: Actor, at: datetime) -> None:
    services.set_up_site(actor=director, at=at, name="良医东门", code="DM")
    with pytest.raises(Invalid) as caught:
        services.set_up_site(actor=director, at=at, name="良医西门", code="DM")
    assert list(caught.value.fields) == ["code"]
    assert not Site.objects.filter(name="良医西门").exists()


def test_licence_above_its_categorys_level_is_refused(director: Actor, at: datetime, site: Site) -> None:
    with pytest.raises(Invalid) as caught:
        services.add_licence(actor=director, at=at, site=site.id, **LICENCE | {"max_level": 4})
    assert list(caught.value.fields) == ["max_level"]
    assert not Licence.objects.exists()


def test_licence_is_renewed_from_the_day_after_its_end(director: Actor, at: datetime, site: Site) -> None:
    old = services.add_licence(actor=director, at=at, site=site.id, **LICENCE)
    new = services.renew_licence(actor=director, at=at, licence=old.id, valid_to=date(2033, 12, 31))
    assert (new.valid_from, new.max_level) == (date(2029, 1, 1), 3)
    assert queries.licence_in_force(site.id, date(2028, 12, 31)) == old


def test_receptionist_may_not_set_up(receptionist: Actor, at: datetime, site: Site) -> None:
    with pytest.raises(Denied):
        services.add_room(actor=receptionist, at=at, site=site.id, name="诊室 1", kind="consulting")
    assert not Room.objects.exists()


def test_outsider_does_not_find_the_room(outsider: Actor, director: Actor, at: datetime, site: Site) -> None:
    room = services.add_room(actor=director, at=at, site=site.id, name="诊室 1", kind="consulting")
    with pytest.raises(Missing):
        services.close_room(actor=outsider, at=at, room=room.id)
    with pytest.raises(Missing):
        queries.room_for(outsider, room.id)


def test_room_of_the_same_name_is_refused(director: Actor, at: datetime, site: Site) -> None:
    services.add_room(actor=director, at=at, site=site.id, name="诊室 1", kind="consulting")
    with pytest.raises(Invalid) as caught:
        services.add_room(actor=director, at=at, site=site.id, name=" 诊室 1 ", kind="theatre")
    assert list(caught.value.fields) == ["name"]


def test_closed_room_is_told_and_not_offered(director: Actor, at: datetime, site: Site, told: Any) -> None:
    heard = told(RoomClosed)
    room = services.add_room(actor=director, at=at, site=site.id, name="诊室 1", kind="consulting")
    services.close_room(actor=director, at=at, room=room.id)
    assert [event.room_id for event in heard] == [room.id]
    assert queries.rooms_for(site.id, "consulting") == []


def test_department_may_stand_over_a_room_of_its_own_site_only(
    director: Actor, outsider: Actor, at: datetime, site: Site, other_site: Site
) -> None:
    theirs = services.add_department(actor=outsider, at=at, site=other_site.id, name="口腔科", code="KQ")
    with pytest.raises(Invalid) as caught:
        services.add_room(
            actor=director, at=at, site=site.id, name="诊室", kind="dental", department=theirs.id
        )
    assert list(caught.value.fields) == ["department"]


def test_closing_day_is_told_and_kept_once(director: Actor, at: datetime, site: Site, told: Any) -> None:
    heard = told(ClosingDayAdded)
    day = date(2026, 12, 1)
    services.add_closing_day(actor=director, at=at, site=site.id, day=day, reason="设备检修")
    with pytest.raises(Invalid):
        services.add_closing_day(actor=director, at=at, site=site.id, day=day, reason="又一次")
    assert [event.day for event in heard] == [day]
    assert ClosingDay.objects.count() == 1


def test_closing_day_in_the_past_is_refused(director: Actor, at: datetime, site: Site) -> None:
    with pytest.raises(Invalid):
        services.add_closing_day(actor=director, at=at, site=site.id, day=date(2026, 11, 22), reason="晚了")


def test_opening_hours_are_replaced_as_a_week(director: Actor, at: datetime, site: Site) -> None:
    week = {1: (time(9), time(18)), 2: (time(9), time(18))}
    services.set_opening_hours(actor=director, at=at, site=site.id, hours=week)
    services.set_opening_hours(actor=director, at=at, site=site.id, hours={2: (time(10), time(17))})
    assert queries.opening_hours_for_site(director, site) == {2: (time(10), time(17))}


def test_post_with_an_unknown_role_is_refused(director: Actor, at: datetime) -> None:
    with pytest.raises(Invalid) as caught:
        services.add_post(actor=director, at=at, code="head-nurse", name="护士长", role="wizard")
    assert list(caught.value.fields) == ["role"]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`told(EventType)` is a list that fills with the events published from then on."""

    def listen(event_type: type) -> list[Any]:
        heard: list[Any] = []
        real = events.publish

        def publish(event: object) -> None:
            if isinstance(event, event_type):
                heard.append(event)
            real(event)

        monkeypatch.setattr(events, "publish", publish)
        return heard

    return listen
