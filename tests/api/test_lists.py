from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liangyi.platform.access.models import Site

pytestmark = pytest.mark.django_db


def _statements(program: Any, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert program.get(path).status_code == 200
    return len([q for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))])


def test_sites_are_the_accounts_own(reception: Any, other_site: Site, site: Site) -> None:
    answer = reception.get("sites").json()
    assert [row["name"] for row in answer["items"]] == [site.name]
    assert answer["next"] is None


def test_services_carry_the_price_of_today(reception: Any, clinic: Any) -> None:
    (row,) = reception.get("services").json()["items"]
    assert row["id"] == str(clinic.service.id)
    assert row["price_cents"] == 120000


def test_services_page_by_key(reception: Any, clinic: Any) -> None:
    for name in ("乙", "丙"):
        clinic.add_service(name)
    first = reception.get("services?limit=2").json()
    second = reception.get(f"services?limit=2&after={first['next']}").json()
    assert len(first["items"]) == 2
    assert len(second["items"]) == 1
    assert second["next"] is None
    assert not {r["id"] for r in first["items"]} & {r["id"] for r in second["items"]}


@pytest.mark.parametrize("path", ["services", "sites", "patients", "scheduling/appointments?day=2026-11-23"])
def test_list_costs_the_same_at_one_and_three_rows(reception: Any, clinic: Any, path: str) -> None:
    reception.get(path)
    before = _statements(reception, path)
    for name in ("张一", "李二"):
        clinic.add_service(name)
        clinic.add_patient(name)
    assert _statements(reception, path) == before


@pytest.mark.parametrize("after", ["x", "%00", "W10", "WyIxIl0", "=" * 150, "é"])
@pytest.mark.parametrize(
    "path", ["services", "sites", "practitioners?service={service}", "scheduling/appointments?day=2026-11-23"]
)
def test_made_up_page_key_is_422(reception: Any, clinic: Any, path: str, after: str) -> None:
    path = path.format(service=clinic.service.id)
    answer = reception.get(f"{path}{'&' if '?' in path else '?'}after={after}")
    assert answer.status_code == 422
    assert "after" in answer.json()["errors"]


def test_practitioners_are_those_licensed_here(reception: Any, clinic: Any) -> None:
    clinic.add_doctor("无证医生", licensed=False)
    rows = reception.get(f"practitioners?service={clinic.service.id}").json()["items"]
    assert [row["name"] for row in rows] == ["王医生"]


def test_another_sites_list_is_404(program: Callable[..., Any], site: Site, other_site: Site) -> None:
    outsider = program("reception", "outsider", at_site=other_site)
    for path in ("services", "patients", "scheduling/appointments?day=2026-11-23"):
        joint = "&" if "?" in path else "?"
        assert outsider.get(f"{path}{joint}site={site.pk}").status_code == 404


def test_site_must_be_named_by_who_has_two(
    program: Callable[..., Any], person: Callable[..., Any], site: Site, other_site: Site, clinic: Any
) -> None:
    both = program("director")
    from liangyi.platform.access.models import Account, Grant, Role
    from liangyi.platform.actors import system
    from liangyi.platform.audit.services import recorded

    with recorded(system("test")):
        account = Account.objects.get(username="director")
        Grant.objects.create(account=account, role=Role.objects.get(code="director"), site=other_site)
    answer = both.get("services")
    assert answer.status_code == 422
    assert "site" in answer.json()["errors"]
    assert both.get(f"services?site={site.pk}").status_code == 200
