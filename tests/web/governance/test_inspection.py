"""Inspectors: let in, shown round, written down, and out at the hour; nothing they send changes anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from liangyi.domains.governance.models import Inspection, PolicyVersion
from liangyi.domains.governance.services import inspecting
from liangyi.platform import clock
from liangyi.platform.access.models import Account, Session, Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.models import History, ReadLog
from liangyi.platform.audit.services import recorded
from liangyi.web.access import matrix
from liangyi.web.organisation import fields

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
OWN = {"sign-out/", "me/password/", "me/preferences/", "me/sessions/", "me/site/", "keep-alive/", "language/"}
# What describes REST answers to any method, and a token is asked for with a password.
DESCRIBING = {"api/v1/openapi.json", "api/v1/docs", "api/v1/auth/token"}
OWN |= {"sign-in/", "drafts/", "me/notifications/", "setup/"}


@pytest.fixture
def opened(setup_actor: Actor, site: Site) -> inspecting.Opened:
    at = clock.now()
    return inspecting.open_inspection(
        actor=setup_actor,
        at=at,
        site=site.id,
        organisation="区卫生健康委员会",
        inspector="李检查员",
        reason="年度校验",
        valid_from=at,
        valid_until=at + 2 * HOUR,
    )


@pytest.fixture
def inspector(opened: inspecting.Opened, setup_actor: Actor) -> Client:
    """The inspector, signed in, with a password of their own."""
    client = Client(SERVER_NAME="127.0.0.1")
    account = opened.inspection.account
    with recorded(setup_actor):
        Account.objects.filter(pk=account.pk).update(must_change_password=False)
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _form(**said: str) -> dict[str, str]:
    now = timezone.localtime(clock.now())
    times = {
        "valid_from": f"{now:%Y-%m-%dT%H:%M}",
        "valid_until": f"{now + timedelta(days=2):%Y-%m-%dT%H:%M}",
    }
    words = {"organisation": "市卫健委", "inspector": "王检查员", "reason": "飞行检查", "language": "zh-hans"}
    return words | times | said


def test_opening_shows_the_password_once(quality: Client) -> None:
    answer = quality.post("/policies/inspections/open/", _form())
    row = Inspection.objects.select_related("account").get()
    shown = re.findall(r"<code[^>]*>([^<]+)</code>", answer.content.decode())
    assert shown[0] == row.account.username
    assert row.account.check_password(shown[1])
    later = quality.get(f"/policies/inspections/{row.id}/").content.decode()
    assert shown[1] not in later
    assert row.account.username in later


def test_form_offers_three_days(quality: Client) -> None:
    page = quality.get("/policies/inspections/open/").content.decode()
    last = timezone.localtime(clock.now()).date() + timedelta(days=2)
    assert f"{last:%Y-%m-%d}T18:00" in page


def test_too_long_is_told_beside_the_field(quality: Client) -> None:
    late = f"{timezone.localtime(clock.now()) + timedelta(days=40):%Y-%m-%dT%H:%M}"
    answer = quality.post("/policies/inspections/open/", _form(valid_until=late))
    assert answer.status_code == 422
    assert "最长 30 天" in answer.content.decode()
    assert not Inspection.objects.exists()


def test_first_sign_in_asks_for_an_own_password_and_then_leads_home(opened: inspecting.Opened) -> None:
    client = Client(SERVER_NAME="127.0.0.1")
    sign_in = {"username": opened.username, "password": opened.password}
    assert client.post("/sign-in/", sign_in).status_code == 303
    assert client.get("/")["Location"] == "/me/password/"
    new = "wohlgemuth-5082"
    client.post("/me/password/", {"old": opened.password, "new": new, "again": new})
    assert client.get("/")["Location"] == "/policies/inspection/"


def test_home_says_where_until_when_and_what(
    inspector: Client, opened: inspecting.Opened, version: PolicyVersion
) -> None:
    page = inspector.get("/policies/inspection/").content.decode()
    until = timezone.localtime(opened.inspection.valid_until)
    for words in ("良医医疗美容医院", "年度校验", f"{until:%Y-%m-%d %H:%M}", "只读", "投诉制度"):
        assert words in page
    assert "/patients/search/" not in page


def test_every_page_is_written_down_and_the_director_sees_it(
    inspector: Client, opened: inspecting.Opened, version: PolicyVersion, quality: Client
) -> None:
    clause = version.clauses.get(number="1.p1")
    addresses = ["/policies/inspection/", f"/policies/clauses/{clause.id}/", "/controls/?days=90"]
    for address in addresses:
        assert inspector.get(address).status_code == 200
    inspector.get("/me/password/")
    assert inspector.get("/patients/").status_code == 403
    looks = ReadLog.objects.filter(actor_id=opened.inspection.account_id).order_by("id")
    assert [look.what for look in looks] == addresses
    assert looks[1].subject_type == "governance.clause"
    page = quality.get(f"/policies/inspections/{opened.inspection.id}/").content.decode()
    assert "接到投诉后5个工作日内答复。" in page
    assert "规则目录" in page
    assert "李检查员" in quality.get("/access/reads/").content.decode()


def test_at_the_hour_the_open_session_ends_and_says_so(
    inspector: Client, opened: inspecting.Opened, setup_actor: Actor
) -> None:
    assert inspector.get("/policies/").status_code == 200
    with recorded(setup_actor):
        Account.objects.filter(pk=opened.inspection.account_id).update(valid_until=clock.now())
    away = inspector.get("/policies/")
    assert away.status_code == 303
    assert "ended=1" in away["Location"]
    assert "访问期限已到" in inspector.get(away["Location"]).content.decode()
    assert not Session.objects.filter(account=opened.inspection.account).exists()
    said = inspector.post("/sign-in/", {"username": opened.username, "password": opened.password})
    assert said.status_code == 422
    assert "有效期是" in said.content.decode()


def test_ending_early_ends_the_session(inspector: Client, opened: inspecting.Opened, quality: Client) -> None:
    assert quality.post(f"/policies/inspections/{opened.inspection.id}/end/").status_code == 303
    assert inspector.get("/policies/").status_code == 303
    assert "已提前结束" in quality.get("/policies/inspections/").content.decode()


def _writing_routes(patterns: Any, under: str = "") -> list[tuple[str, str]]:
    found = []
    for entry in patterns:
        address = under + str(entry.pattern)
        if isinstance(entry, URLPattern):
            methods = getattr(entry.callback, "methods", ("POST", "PUT", "PATCH", "DELETE"))
            found += [(address, method) for method in methods if method != "GET"]
        else:
            found += _writing_routes(entry.url_patterns, address)
    return [(address, method) for address, method in found if address not in OWN]


def test_nothing_an_inspector_sends_changes_a_row(inspector: Client, version: PolicyVersion) -> None:
    """Every route of pages and REST that takes something in, with a real id where one fits."""
    routes = _writing_routes(get_resolver("liangyi.config.urls").url_patterns)
    assert len(routes) > 80
    ids = [str(version.policy_id), str(version.clauses.all()[0].id)]
    before = History.objects.count()
    inspector.raise_request_exception = False
    let_in = set()
    for route, method in routes:
        for row in ids:
            address = "/" + re.sub(r"<uuid:\w+>", row, re.sub(r"<(str|slug|path|int):\w+>", "1", route))
            address = address.replace("{", "").replace("}", "")
            status = inspector.generic(method, address).status_code
            if status not in (401, 403, 404, 405):
                let_in.add(route)
    assert let_in <= DESCRIBING
    assert History.objects.count() == before


def test_others_have_no_inspectors_home(quality: Client) -> None:
    assert quality.get("/policies/inspection/").status_code == 404


def test_surgeon_opens_no_inspection(browser: Callable[[str], Client]) -> None:
    client = browser("surgeon")
    for address in ("/policies/inspections/", "/policies/inspections/open/"):
        assert client.get(address).status_code == 403
    assert client.post("/policies/inspections/open/", _form()).status_code == 403
    assert not Inspection.objects.exists()


def test_lists_cost_the_same_for_one_and_three(
    quality: Client, setup_actor: Actor, site: Site, django_assert_num_queries: Any
) -> None:
    counts = []
    for _round in range(2):
        at = clock.now()
        for _one in range(1 if not counts else 2):
            inspecting.open_inspection(
                actor=setup_actor,
                at=at,
                site=site.id,
                organisation="卫健委",
                inspector="甲",
                reason="检查",
                valid_from=at,
                valid_until=at + HOUR,
            )
        quality.get("/policies/inspections/")
        with django_assert_num_queries(counts[0] if counts else 6) as made:
            quality.get("/policies/inspections/")
        counts.append(len(made))


def test_unknown_inspection_is_missing(quality: Client) -> None:
    nobody = UUID(int=1)
    assert quality.get(f"/policies/inspections/{nobody}/").status_code == 404
    assert quality.post(f"/policies/inspections/{nobody}/end/").status_code == 404


def test_nobody_is_offered_the_inspectors_role(site: Site) -> None:
    offered = {code for code, _name in [*matrix.role_choices(), *fields.role_choices()]}
    assert "director" in offered
    assert "inspector" not in offered
