"""The screens of parameters: what is in force, asking for a value, taking it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client

from liangyi.domains.governance import services
from liangyi.domains.governance.models import Match, PolicyVersion, Setting
from liangyi.domains.governance.services.parameters import request_setting
from liangyi.platform import clock
from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor
from liangyi.platform.approvals.models import Approval
from liangyi.platform.approvals.services import decide
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import HOME_ZONE, local_day

pytestmark = pytest.mark.django_db
EXPIRING, DAYS = "staff.credential_expiring", "days_before"
TEXT = "{title}\n一、证照\n证照到期前{days}天应提醒本人。\n应做好记录。\n"
HTMX = {"headers": {"HX-Request": "true"}}


def today() -> date:
    return local_day(clock.now(), HOME_ZONE)


@pytest.fixture
def deciders(person: Callable[..., Account]) -> tuple[Actor, Actor]:
    """Who asks and who approves in the background."""
    return actor_for(person("director", "asker")), actor_for(person("director", "approver"))


@pytest.fixture
def match_of(setup_actor: Actor, db: None) -> Callable[..., Match]:
    """`match_of("证照管理", 60)`: a policy in force whose first clause speaks of certificates."""

    def make(title: str = "证照管理", days: int = 60, control: str = EXPIRING) -> Match:
        text = TEXT.format(title=title, days=days).encode()
        version = services.import_policy(actor=setup_actor, at=clock.now(), content=text)
        with recorded(setup_actor):
            PolicyVersion.objects.filter(id=version.id).update(
                state="released", effective_from=today(), released_at=clock.now()
            )
        clause = version.clauses.get(number="1.p1")
        return services.decide_match(
            actor=setup_actor, at=clock.now(), clause=clause.id, control=control, state="confirmed"
        )

    return make


@pytest.fixture
def set_value(deciders: tuple[Actor, Actor]) -> Callable[..., Setting]:
    """`set_value(match, 60)` is asked for and approved."""

    def make(match: Match, value: int, **more: Any) -> Setting:
        asker, approver = deciders
        order: dict[str, Any] = {"parameter": DAYS, "effective_from": today(), **more}
        setting = request_setting(actor=asker, at=clock.now(), match=match.id, value=value, **order)
        asked = Approval.objects.get(subject_id=setting.id)
        decide(actor=approver, at=clock.now(), approval=asked, approve=True)
        return setting

    return make


def order(**more: str) -> dict[str, str]:
    first = (today() + timedelta(days=1)).isoformat()
    return {"parameter": DAYS, "value": "60", "effective_from": first, "site": "group", "note": ""} | more


def test_list_shows_value_source_law_and_what_comes(
    quality: Client, match_of: Callable[..., Match], set_value: Callable[..., Setting]
) -> None:
    match = match_of()
    set_value(match, 60)
    set_value(match, 45, effective_from=today() + timedelta(days=9))
    text = quality.get("/policies/parameters/").content.decode()
    assert "60 天" in text
    assert "默认 90 天" in text
    assert "45 天" in text
    assert "《证照管理》1.p1" in text
    assert "《护士条例》" in text


@pytest.mark.parametrize("count", [1, 3])
def test_list_and_detail_have_a_constant_count(
    quality: Client,
    match_of: Callable[..., Match],
    set_value: Callable[..., Setting],
    django_assert_num_queries: Any,
    count: int,
) -> None:
    for number in range(count):
        match = match_of(f"第{number}份")
        set_value(match, 60 + number)
        quality.post(f"/policies/parameters/request/{match.id}/", order(value="40"))
    quality.get("/policies/parameters/")
    with django_assert_num_queries(10):
        quality.get("/policies/parameters/")
    with django_assert_num_queries(13):
        quality.get(f"/policies/parameters/{EXPIRING}/{DAYS}/")


def test_detail_shows_sites_time_line_clauses_and_conflict(
    quality: Client, match_of: Callable[..., Match], set_value: Callable[..., Setting]
) -> None:
    set_value(match_of(), 60)
    set_value(match_of("另一份", 120), 120)
    text = quality.get(f"/policies/parameters/{EXPIRING}/{DAYS}/").content.decode()
    assert "条款不一致" in text
    assert "按较严的 120 天执行" in text
    assert "时间线" in text
    assert "生效中" in text
    assert "证照到期前60天应提醒本人" in text


@pytest.mark.parametrize("address", ["staff.credential_expiring/none/", "nobody.knows/days/"])
def test_unknown_parameter_is_not_found(quality: Client, address: str) -> None:
    assert quality.get(f"/policies/parameters/{address}").status_code == 404


def test_form_offers_the_number_of_the_clause(quality: Client, match_of: Callable[..., Match]) -> None:
    text = quality.get(f"/policies/parameters/request/{match_of().id}/").content.decode()
    assert 'value="60"' in text
    assert "30–365 天" in text
    assert "护士条例" in text
    text = quality.get(f"/policies/parameters/inline/{match_of('二').id}/?value=75").content.decode()
    assert 'value="75"' in text
    assert "<html" not in text


def test_request_goes_to_approval(quality: Client, match_of: Callable[..., Match]) -> None:
    answer = quality.post(f"/policies/parameters/request/{match_of().id}/", order(note="按新制度"))
    setting = Setting.objects.get()
    assert answer["Location"] == f"/policies/parameters/settings/{setting.id}/"
    assert (setting.state, setting.value, setting.note) == ("waiting", 60, "按新制度")
    assert "撤回申请" in quality.get(answer["Location"]).content.decode()
    assert Approval.objects.get().subject_id == setting.id


def test_errors_stand_beside_the_field_and_keep_what_was_typed(
    quality: Client, match_of: Callable[..., Match]
) -> None:
    match = match_of()
    for path in ("request", "inline"):
        answer = quality.post(f"/policies/parameters/{path}/{match.id}/", order(value="7"))
        text = answer.content.decode()
        assert answer.status_code == 422
        assert "制度不能更宽" in text
        assert 'value="7"' in text
    assert not Setting.objects.exists()


def test_inline_asks_without_leaving(quality: Client, match_of: Callable[..., Match]) -> None:
    answer = quality.post(f"/policies/parameters/inline/{match_of().id}/", order(), **HTMX)
    assert answer.status_code == 200
    assert "已提请批准" in answer.content.decode()
    assert Setting.objects.get().value == 60


def test_effect_tells_of_disagreement_before_asking(
    quality: Client, match_of: Callable[..., Match], set_value: Callable[..., Setting]
) -> None:
    set_value(match_of(), 120)
    path = f"/policies/parameters/request/{match_of('另一份').id}/effect/"
    text = quality.post(path, order(), **HTMX).content.decode()
    assert "现在 120 天" in text
    assert "与《证照管理》1.p1 的 120 天不一致：按较严的执行" in text
    assert "现在" not in quality.post(path, order(value="7"), **HTMX).content.decode()


def test_own_request_can_be_withdrawn(quality: Client, match_of: Callable[..., Match]) -> None:
    quality.post(f"/policies/parameters/request/{match_of().id}/", order())
    setting = Setting.objects.get()
    assert quality.get(f"/policies/parameters/settings/{setting.id}/withdraw/").status_code == 200
    quality.post(f"/policies/parameters/settings/{setting.id}/withdraw/")
    setting.refresh_from_db()
    assert setting.state == "withdrawn"


def test_end_is_asked_for(
    quality: Client, match_of: Callable[..., Match], set_value: Callable[..., Setting]
) -> None:
    setting = set_value(match_of(), 60)
    assert quality.get(f"/policies/parameters/settings/{setting.id}/end/").status_code == 200
    quality.post(f"/policies/parameters/settings/{setting.id}/end/", {"ends_on": order()["effective_from"]})
    assert Approval.objects.get(kind="governance.setting_end").subject_id == setting.id
    assert "已申请不再执行" in quality.get(f"/policies/parameters/settings/{setting.id}/").content.decode()


def test_surgeon_reads_and_does_not_set(
    browser: Callable[..., Client], match_of: Callable[..., Match]
) -> None:
    surgeon, match = browser("surgeon"), match_of()
    assert surgeon.get("/policies/parameters/").status_code == 200
    assert "按条款设定" not in surgeon.get(f"/policies/parameters/{EXPIRING}/{DAYS}/").content.decode()
    assert surgeon.post(f"/policies/parameters/request/{match.id}/", order()).status_code == 403
    assert not Setting.objects.exists()


def test_clause_shows_what_it_sets_and_may_set(
    deciders: tuple[Actor, Actor],
    match_of: Callable[..., Match],
    set_value: Callable[..., Setting],
    site: Site,
) -> None:
    match = match_of()
    set_value(match, 60)
    set_value(match_of("另一份", 120), 120)
    page = Template("{% load clause_parameters %}{% clause_parameters clause %}")
    reader = SimpleNamespace(actor=deciders[0].at(site.id), site=site)
    text = page.render(Context({"clause": match.clause, "request": reader}))
    assert "提前提醒天数 60 天 · 全集团" in text
    assert "与《另一份》1.p1 的 120 天不一致：按较严的执行" in text
    assert f"/policies/parameters/request/{match.id}/" in text
