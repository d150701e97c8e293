"""The lists of set-up: staff, services, equipment. One page at a time, at one price however long they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from liangyi_test_clinic import SETUP, Clinic, recorded

from liangyi.domains.catalogue.models import DeviceModel
from liangyi.domains.staff.models import StaffMember
from liangyi.platform.access.models import Site
from liangyi.web.shell.paging import PAGE

Add = Callable[[Clinic, int], None]


def add_people(clinic: Clinic, count: int) -> None:
    with recorded(SETUP):
        StaffMember.objects.bulk_create(
            StaffMember(name=f"护士{n:03d}", pinyin=f"hushi{n:03d}", profession="nurse", site=clinic.site)
            for n in range(count)
        )


def add_services(clinic: Clinic, count: int) -> None:
    for n in range(count):
        clinic.add_service(f"项目{n:03d}")


def add_pieces(clinic: Clinic, count: int) -> None:
    with recorded(SETUP):
        model = DeviceModel.objects.create(name="激光", calibration_months=12)
    for n in range(count):
        clinic.add_piece(model, f"设备{n:03d}", due=None)


LISTS: dict[str, tuple[str, Add, str]] = {
    "staff": ("/settings/staff/", add_people, "护士"),
    "services": ("/settings/services/", add_services, "项目"),
    "equipment": ("/settings/equipment/", add_pieces, "设备"),
}
lists = pytest.mark.parametrize(("address", "add", "name"), LISTS.values(), ids=LISTS)


@pytest.fixture
def director(browser: Callable[..., Client], clinic: Clinic) -> Client:
    return browser("director")


def names_on(page: Any, name: str, count: int) -> list[int]:
    text = page.content.decode()
    return [n for n in range(count) if f"{name}{n:03d}" in text]


@lists
@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_however_many(
    clinic: Clinic, director: Client, address: str, add: Add, name: str, rows: int, statements: Any
) -> None:
    add(clinic, rows)
    assert len(names_on(director.get(address), name, rows)) == rows
    assert statements(director, address) == COST[name]


COST = {"护士": 6, "项目": 8, "设备": 8}


@lists
def test_next_page_begins_after_the_last_row(
    clinic: Clinic, director: Client, address: str, add: Add, name: str
) -> None:
    add(clinic, PAGE + 3)
    first = director.get(address)
    after = first.context["next"]
    second = director.get(address, {"after": after})
    seen = names_on(first, name, PAGE + 3) + names_on(second, name, PAGE + 3)
    assert sorted(seen) == list(range(PAGE + 3))
    assert second.context["next"] == ""
    assert "再看一些" in first.content.decode()


@lists
def test_list_is_searched(clinic: Clinic, director: Client, address: str, add: Add, name: str) -> None:
    add(clinic, 3)
    assert names_on(director.get(address, {"q": f"{name}002"}), name, 3) == [2]
    assert names_on(director.get(address, {"q": "没有这个"}), name, 3) == []
    assert names_on(director.get(address, {"q": "\x00'; --", "after": "x"}), name, 3) == []


def test_other_sites_equipment_is_not_listed(
    clinic: Clinic, browser: Callable[..., Client], other_site: Site
) -> None:
    add_pieces(clinic, 1)
    outsider = browser("director", username="outsider", at_site=other_site)
    assert names_on(outsider.get("/settings/equipment/"), "设备", 1) == []
