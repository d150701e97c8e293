"""The watch list on screen: load, look up, tie to clauses, and hear of changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from liangyi.domains.governance.models import PolicyVersion, Regulation, RegulationLink
from liangyi.domains.governance.services.laws import add_regulation
from liangyi.platform import clock
from liangyi.platform.actors import Actor
from liangyi.platform.worklist.models import WorkItem

Browser = Callable[..., Client]
DATA = {"title": "医疗纠纷预防和处理条例", "jurisdiction": "CN", "state": "in_force", "check_months": 6}


@pytest.fixture
def law(setup_actor: Actor, db: None) -> Regulation:
    return add_regulation(actor=setup_actor, at=clock.now(), title="医疗纠纷预防和处理条例")


def test_empty_list_is_filled_by_a_button(quality: Client) -> None:
    assert "还没有登记法规" in quality.get("/policies/laws/").content.decode()
    quality.post("/policies/laws/load/")
    quality.post("/policies/laws/load/")
    page = quality.get("/policies/laws/").content.decode()
    assert page.count("法释〔2025〕4号") == 1
    assert "还没有查新过" in page


def test_law_is_registered_and_put_right(quality: Client) -> None:
    answer = quality.post("/policies/laws/add/", DATA)
    law = Regulation.objects.get()
    assert answer["Location"] == f"/policies/laws/{law.id}/"
    assert "同名同文号的法规已经登记" in quality.post("/policies/laws/add/", DATA).content.decode()
    quality.post(f"/policies/laws/{law.id}/edit/", DATA | {"note": "第十八条：投诉接待"})
    assert "第十八条：投诉接待" in quality.get(f"/policies/laws/{law.id}/").content.decode()


def test_clause_is_found_tied_and_untied(quality: Client, law: Regulation, version: PolicyVersion) -> None:
    address = f"/policies/laws/{law.id}/link/?q=投诉 答复"
    clause = version.clauses.get(number="1.p1")
    assert "接到投诉后5个工作日内答复。" in quality.get(address).content.decode()
    answer = quality.post(address, {"article": "第十八条", "clause": clause.id})
    assert answer.status_code in (302, 303)
    for page in (f"/policies/laws/{law.id}/", f"/policies/{version.policy_id}/laws/"):
        assert "接到投诉后5个工作日内答复。" in quality.get(page).content.decode()
    quality.post(f"/policies/laws/links/{RegulationLink.objects.get().id}/remove/")
    assert "还没有条款对应" in quality.get(f"/policies/laws/{law.id}/").content.decode()


def test_change_of_law_is_told_and_makes_work(
    quality: Client, law: Regulation, version: PolicyVersion
) -> None:
    clause = version.clauses.get(number="1.p1")
    quality.post(f"/policies/laws/{law.id}/link/?q=投诉", {"article": "", "clause": clause.id})
    address = f"/policies/laws/{law.id}/check/"
    assert "有 1 条条款对应这部法规" in quality.get(address).content.decode()
    silent = quality.post(address, {"outcome": "changed", "note": ""})
    assert "写明有什么变化" in silent.content.decode()
    quality.post(address, {"outcome": "changed", "note": "时限缩短"})
    assert "时限缩短" in quality.get(f"/policies/laws/{law.id}/").content.decode()
    work = WorkItem.objects.get(kind="governance.answer_law")
    assert f"/policies/{version.policy_id}/laws/" in quality.get("/").content.decode()
    assert work.facts["note"] == "时限缩短"
    assert law.title in quality.get("/policies/laws/?show=changed").content.decode()


def test_surgeon_reads_but_changes_nothing(browser: Browser, law: Regulation) -> None:
    surgeon = browser("surgeon")
    page = surgeon.get(f"/policies/laws/{law.id}/").content.decode()
    assert "记录查新" not in page
    assert (
        surgeon.post(f"/policies/laws/{law.id}/check/", {"outcome": "repealed", "note": "x"}).status_code
        == 403
    )
    assert surgeon.post("/policies/laws/load/").status_code == 403
    assert Regulation.objects.get().state == "in_force"


@pytest.mark.parametrize("role", ["reception", "cashier"])
def test_others_see_no_laws(browser: Browser, law: Regulation, role: str) -> None:
    client = browser(role)
    for address in ("/policies/laws/", f"/policies/laws/{law.id}/"):
        assert client.get(address).status_code == 403


@pytest.mark.parametrize(("address", "count"), [("laws/", 7), ("laws/{law}/", 10), ("{policy}/laws/", 8)])
def test_pages_cost_the_same_for_few_and_many(
    quality: Client,
    setup_actor: Actor,
    version: PolicyVersion,
    address: str,
    count: int,
    django_assert_num_queries: Callable[..., object],
) -> None:
    law = add_regulation(actor=setup_actor, at=clock.now(), title="甲")
    page = f"/policies/{address.format(law=law.id, policy=version.policy_id)}"
    for number in ("1.p1", "1.p2"):
        clause = version.clauses.get(number=number)
        quality.post(f"/policies/laws/{law.id}/link/?q=。", {"article": "", "clause": clause.id})
        add_regulation(actor=setup_actor, at=clock.now(), title=f"法 {number}")
        quality.get(page)
        with django_assert_num_queries(count):  # type: ignore[attr-defined]
            assert quality.get(page).status_code == 200
