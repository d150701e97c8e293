"""Every set-up page: opens for the director, in the drawer too, stays shut for others, bears bad input."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db.models import Count, Q
from django.test import Client
from django.urls import URLPattern

from liangyi.domains.catalogue.models import PriceVersion, Service
from liangyi.domains.organisation.models import ClosingDay, Room
from liangyi.domains.staff.models import Privilege
from liangyi.platform.audit.models import History
from liangyi.web.catalogue.urls import urlpatterns as catalogue
from liangyi.web.facilities.urls import urlpatterns as facilities
from liangyi.web.organisation.urls import urlpatterns as organisation
from liangyi.web.staff.urls import urlpatterns as staff

from .conftest import Built

PATTERNS: list[URLPattern] = [*organisation, *catalogue, *facilities, *staff]
IDS = ("site", "licence", "department", "room", "closing_day", "post", "model", "piece", "service")
IDS = (*IDS, "member", "held", "credential", "privilege")
GETS = [pattern for pattern in PATTERNS if "GET" in pattern.callback.methods]
FORMS = [pattern for pattern in GETS if "POST" in pattern.callback.methods]
ACTIONS = [pattern for pattern in PATTERNS if pattern.callback.methods == ("POST",)]
OPEN_TO_ALL = {"members", "member", "services", "service", "equipment", "piece"}
EVERYWHERE = {"post", "device_model"}  # the group's, not a site's


def _path(pattern: URLPattern, built: Built | None) -> str:
    route = str(pattern.pattern)
    for name in IDS:
        route = route.replace(f"<uuid:{name}>", str(getattr(built, name) if built else uuid4()))
    return f"/{route}"


def _changes() -> dict[str, int]:
    """How many changes the set-up tables have seen."""
    mine = Q()
    for area in ("organisation", "catalogue", "staff", "facilities"):
        mine |= Q(table__startswith=f"{area}_")
    return dict(History.objects.filter(mine).values_list("table").annotate(Count("id")).order_by())


def _name(pattern: URLPattern) -> str:
    return pattern.name or ""


@pytest.mark.parametrize("pattern", GETS, ids=_name)
def test_page_opens_for_the_director_framed_and_in_the_drawer(
    director: Client, built: Built, pattern: URLPattern
) -> None:
    path = _path(pattern, built)
    framed = director.get(path)
    drawer = director.get(path, headers={"HX-Request": "true", "HX-Target": "drawer-body"})
    assert (framed.status_code, drawer.status_code) == (200, 200)
    assert 'class="sidebar"' in framed.content.decode()
    assert 'class="sidebar"' not in drawer.content.decode()


def test_pages_stay_shut_for_the_receptionist(receptionist: Client, built: Built) -> None:
    before = _changes()
    for pattern in PATTERNS:
        for method in pattern.callback.methods:
            answer = receptionist.generic(method, _path(pattern, built))
            assert answer.status_code == (200 if pattern.name in OPEN_TO_ALL else 403), pattern
    assert _changes() == before


def test_another_sites_things_are_not_found(outsider: Client, built: Built) -> None:
    before = _changes()
    for pattern in PATTERNS:
        if "<uuid" in str(pattern.pattern) and pattern.name not in EVERYWHERE:
            for method in pattern.callback.methods:
                assert outsider.generic(method, _path(pattern, built)).status_code == 404, pattern
    assert _changes() == before


def test_unknown_thing_is_not_found(director: Client, site: object) -> None:
    for pattern in PATTERNS:
        if "<uuid" in str(pattern.pattern):
            for method in pattern.callback.methods:
                assert director.generic(method, _path(pattern, None)).status_code == 404, pattern


def test_stranger_is_sent_to_sign_in(client: Client, director: Client) -> None:
    for pattern in PATTERNS:
        for method in pattern.callback.methods:
            answer = client.generic(method, _path(pattern, None))
            assert answer.headers["Location"].startswith("/sign-in/"), pattern


BAD = ["", "x" * 5000, "😀\u202e<script>alert(1)</script>", "a\x00b", "-1", "99999999999999999999", "1e400"]


@pytest.mark.parametrize("pattern", FORMS, ids=_name)
def test_form_bears_bad_input(director: Client, built: Built, pattern: URLPattern) -> None:
    path = _path(pattern, built)
    fields = director.get(path).context["form"].fields
    for text in BAD:
        answer = director.post(path, dict.fromkeys(fields, text) | {"_": "x"})
        assert answer.status_code in (303, 409, 422), text
        if answer.status_code == 422:
            assert answer.context["form"].errors
            assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "data", "field"),
    [
        ("add_room", {"name": "手术室", "kind": "theatre", "lanes": "1"}, "name"),
        ("add_department", {"name": "美容外科", "code": "X"}, "name"),
        ("add_post", {"name": "又一个", "code": "lead"}, "code"),
        ("add_device_model", {"name": "M22"}, "name"),
    ],
)
def test_duplicate_stands_beside_its_field(
    director: Client, built: Built, name: str, data: dict[str, Any], field: str
) -> None:
    path = _path(next(p for p in PATTERNS if p.name == name), built)
    answer = director.post(path, data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_room_is_closed_and_reopened(director: Client, built: Built) -> None:
    path = f"/settings/rooms/{built.room}/use/"
    assert director.post(path).status_code == 303
    assert not Room.objects.get().is_active
    director.post(path, {"open": "1"})
    assert Room.objects.get().is_active


def test_closing_day_is_taken_back(director: Client, built: Built) -> None:
    director.post(f"/settings/closing-days/{built.closing_day}/remove/")
    assert not ClosingDay.objects.exists()


def test_service_is_retired_and_offered_again(director: Client, built: Built) -> None:
    path = f"/settings/services/{built.service}/offer/"
    director.post(path)
    assert "重睑术" in director.get("/settings/services/?state=retired").content.decode()
    director.post(path, {"again": "1"})
    assert Service.objects.get().is_active


def test_privilege_is_suspended_resumed_and_ended(director: Client, built: Built) -> None:
    path = f"/settings/privileges/{built.privilege}/"
    director.post(f"{path}suspend/", {"reason": "并发症调查"})
    assert "并发症调查" in director.get(f"/settings/staff/{built.member}/").content.decode()
    director.post(f"{path}resume/")
    assert Privilege.objects.get().suspended_on is None
    assert director.post(f"{path}end/").status_code == 303


def test_price_in_yuan_is_kept_in_cents(director: Client, built: Built) -> None:
    form = director.get(f"/settings/services/{built.service}/prices/add/").context["form"]
    day = form.initial["effective_from"]
    director.post(f"/settings/services/{built.service}/prices/add/", {"yuan": "0.29", "effective_from": day})
    assert PriceVersion.objects.get().cents == 29


def test_site_added_by_the_director_is_theirs(director: Client, built: Built) -> None:
    answer = director.post(
        "/settings/sites/add/", {"name": "良医东门", "code": "DM", "time_zone": "Asia/Shanghai"}
    )
    assert director.get(answer.headers["Location"]).status_code == 200
