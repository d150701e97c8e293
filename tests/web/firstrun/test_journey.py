"""From an empty database, through the pages alone, to somebody who can be booked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from liangyi.domains.catalogue import queries as catalogue
from liangyi.domains.catalogue.models import Service
from liangyi.domains.facilities import queries as facilities
from liangyi.domains.organisation import queries as organisation
from liangyi.domains.organisation.models import Department, Room
from liangyi.domains.staff import queries as staff
from liangyi.domains.staff.models import Credential, StaffMember
from liangyi.platform.access.models import Account, Site

TODAY = date.today()  # noqa: DTZ011 the pages live in the real present
PASSWORD = "correct-horse-9"
START = {
    "institution_name": "良医医疗集团",
    "institution_credit_code": "91350200MA2YJ1XR9G",
    "site_name": "良医医疗美容医院",
    "site_code": "LY",
    "site_address": "深圳市南山区 1 号",
    "site_phone": "0755-12345678",
    "site_time_zone": "Asia/Shanghai",
    "licence_number": "PDY10001",
    "licence_category": "aesthetic_hospital",
    "licence_subjects": ["aesthetic_surgery", "aesthetic_dermatology", "anaesthesiology"],
    "licence_max_level": "3",
    "licence_valid_from": str(TODAY - timedelta(days=100)),
    "licence_valid_to": str(TODAY + timedelta(days=1000)),
    "administrator_display_name": "陈院长",
    "administrator_username": "boss",
    "administrator_password": PASSWORD,
    "administrator_again": PASSWORD,
}


def _post(client: Client, path: str, **data: Any) -> str:
    """Post a form that must succeed; where it leads."""
    answer = client.post(path, data)
    errors = answer.context["form"].errors if answer.status_code == 422 and answer.context else ""
    assert answer.status_code == 303, (path, answer.status_code, errors)
    return answer.headers["Location"]


@pytest.fixture
def director(client: Client, db: None) -> Client:
    assert client.get("/").headers["Location"] == "/setup/"
    assert _post(client, "/setup/", **START) == "/settings/"
    return client


def _missing(client: Client) -> int:
    return client.get("/settings/").context["missing"]


def _build_rooms(client: Client) -> None:
    _post(client, "/settings/departments/add/", name="美容外科", code="MW")
    department = Department.objects.get()
    _post(
        client, "/settings/rooms/add/", name="手术室 1", kind="theatre", lanes="1", department=department.id
    )
    _post(client, "/settings/rooms/add/", name="激光室", kind="laser", lanes="2")
    _post(client, "/settings/calendar/hours/", opens_1="09:00", closes_1="18:00")
    _post(client, "/settings/closing-days/add/", day=str(TODAY + timedelta(days=30)), reason="检修")
    _post(client, "/settings/posts/add/", name="主诊医师", code="lead", role="surgeon", duties="负责")


def _build_services(client: Client) -> None:
    site = Site.objects.get()
    _post(client, "/settings/device-models/add/", name="M22", manufacturer="Lumenis", calibration_months="12")
    model = catalogue.device_models().get()
    _post(client, "/settings/equipment/add/", model=model.id, name="光子 1 号", serial="SN-1")
    piece = facilities.equipment_facts(site.id, model.id)[0]
    _post(
        client,
        f"/settings/equipment/{piece.id}/calibrate/",
        done_on=str(TODAY - timedelta(days=30)),
        certificate="JL-2026-1",
    )
    service = {"level": "1", "duration_minutes": "90", "prepare_minutes": "15", "clean_minutes": "15"}
    eyelid = service | {"name": "重睑术", "code": "eyelid", "subject": "aesthetic_surgery"}
    _post(
        client,
        "/settings/services/add/",
        **eyelid,
        room_kind="theatre",
        needs_privilege="on",
        sites=[str(site.id)],
    )
    ipl = service | {"name": "光子嫩肤", "code": "ipl", "subject": "aesthetic_dermatology", "level": "0"}
    where = {"room_kind": "laser", "device_model": str(model.id), "sites": [str(site.id)]}
    _post(client, "/settings/services/add/", **ipl, **where)
    price = {"yuan": "6800.00", "effective_from": str(TODAY)}
    for each in Service.objects.all():
        _post(client, f"/settings/services/{each.id}/prices/add/", **price)


def _build_people(client: Client) -> StaffMember:
    person = {"name": "王明", "profession": "doctor", "title": "主治医师", "username": "wang.ming"}
    place = _post(client, "/settings/staff/add/", **person, password=PASSWORD, roles=["surgeon"])
    wang = StaffMember.objects.get(name="王明")
    site, subjects = str(Site.objects.get().id), ["aesthetic_surgery", "aesthetic_dermatology"]
    paper = {"issued_on": "2015-07-01", "subjects": subjects}
    add = f"{place}credentials/add/"
    _post(client, add, **paper, kind="doctor_licence", number="110440000000001", sites=[site])
    _post(client, add, **paper, kind="lead_physician", number="ZZ-1")
    for credential in Credential.objects.all():
        _post(client, f"/settings/credentials/{credential.id}/verify/")
    _post(
        client,
        f"{place}privileges/add/",
        service=str(Service.objects.get(code="eyelid").id),
        valid_from=str(TODAY),
        valid_to=str(TODAY + timedelta(days=364)),
    )
    post = organisation.posts().get()
    _post(client, f"{place}posts/add/", post=post.id, site=site, held_from=str(TODAY))
    return wang


def test_director_builds_everything_a_booking_needs(director: Client) -> None:
    assert _missing(director) == 4  # rooms, services, people, rota
    _build_rooms(director)
    assert _missing(director) == 3
    _build_services(director)
    assert _missing(director) == 2
    wang = _build_people(director)
    assert _missing(director) == 1  # the rota, on its own pages
    site = Site.objects.get()
    for code in ("eyelid", "ipl"):
        service = Service.objects.get(code=code)
        assert [p.id for p in staff.practitioners_for(service.id, site.id, TODAY)] == [wang.id]
        assert catalogue.price_on(service.id, site.id, TODAY) == 680_000
    assert Room.objects.count() == 2
    assert Account.objects.get(username="wang.ming").must_change_password


def test_every_list_shows_what_was_built(director: Client) -> None:
    _build_rooms(director)
    _build_services(director)
    wang = _build_people(director)
    for path, word in (
        ("/settings/sites/", "良医医疗美容医院"),
        (f"/settings/sites/{Site.objects.get().id}/", "PDY10001"),
        ("/settings/premises/", "手术室 1"),
        ("/settings/calendar/", "09:00"),
        ("/settings/posts/", "主诊医师"),
        ("/settings/services/", "¥6,800.00"),
        ("/settings/equipment/", "光子 1 号"),
        ("/settings/staff/?q=wangming", "没有符合的员工"),
        ("/settings/staff/?q=wang", "王明"),
        (f"/settings/staff/{wang.id}/", "医师执业证书"),
    ):
        answer = director.get(path)
        assert answer.status_code == 200, path
        assert word in answer.content.decode(), path


def test_first_run_is_open_only_once(director: Client) -> None:
    stranger = Client()
    assert stranger.get("/setup/").status_code == 303
    answer = stranger.post("/setup/", START | {"administrator_username": "thief", "site_code": "TH"})
    assert answer.status_code == 303
    assert Account.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"institution_credit_code": "91350203M0001QAY9B"}, "institution_credit_code"),
        ({"institution_name": ""}, "institution_name"),
        ({"site_code": "😀"}, "site_code"),
        ({"site_name": "x" * 5000}, "site_name"),
        ({"site_time_zone": "Mars/Olympus"}, "site_time_zone"),
        ({"licence_category": "dental_clinic"}, "licence_max_level"),
        ({"licence_subjects": ["magic"]}, "licence_subjects"),
        ({"licence_valid_to": "yesterday"}, "licence_valid_to"),
        ({"licence_valid_to": "1900-01-01"}, "licence_valid_to"),
        ({"administrator_username": "<script>"}, "administrator_username"),
        ({"administrator_password": "123", "administrator_again": "123"}, "administrator_password"),
        ({"administrator_again": "other-horse-9"}, "administrator_again"),
    ],
)
def test_first_run_with_a_mistake_says_where(
    client: Client, db: None, change: dict[str, Any], field: str
) -> None:
    answer = client.post("/setup/", START | change)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Account.objects.exists()
    assert not Site.objects.exists()
