"""A request is read and decided on one page, by somebody else than who asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from liangyi.platform.approvals.models import Approval

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
Ask = Callable[..., Approval]


def test_empty_list_says_that_nothing_waits(browser: Browser) -> None:
    assert "没有等你审批的" in browser("director").get("/approvals/").content.decode()


def test_decider_reads_what_is_asked(browser: Browser, ask: Ask) -> None:
    asked = ask()
    director = browser("director")
    assert f"/approvals/{asked.id}/" in director.get("/approvals/").content.decode()
    page = director.get(f"/approvals/{asked.id}/").content.decode()
    for words in ("信 7", "收信人", "卫健委", "quality", "等待审批"):
        assert words in page
    assert "附件" not in page


def test_yes_is_kept(browser: Browser, ask: Ask) -> None:
    asked, director = ask(), browser("director")
    answer = director.post(f"/approvals/{asked.id}/", {"answer": "yes", "note": "可以", "step": 1})
    assert answer.status_code in (302, 303)
    assert Approval.objects.get().state == "approved"
    page = director.get(f"/approvals/{asked.id}/").content.decode()
    assert "已批准" in page
    assert 'name="answer"' not in page


def test_no_without_a_reason_is_told_beside_the_field(browser: Browser, ask: Ask) -> None:
    asked = ask()
    answer = browser("director").post(f"/approvals/{asked.id}/", {"answer": "no", "note": "", "step": 1})
    assert answer.status_code == 422
    assert "不同意要写明理由" in answer.content.decode()
    assert Approval.objects.get().state == "waiting"


def test_second_decider_hears_that_somebody_was_faster(browser: Browser, ask: Ask) -> None:
    asked, director = ask(), browser("director")
    director.post(f"/approvals/{asked.id}/", {"answer": "yes", "step": 1})
    answer = director.post(f"/approvals/{asked.id}/", {"answer": "no", "note": "太急", "step": 1})
    assert answer.status_code == 409
    assert Approval.objects.get().state == "approved"


def test_requester_reads_and_withdraws_but_does_not_decide(browser: Browser, ask: Ask) -> None:
    asked, director = ask("director"), browser("director")
    page = director.get(f"/approvals/{asked.id}/").content.decode()
    assert "现在没有别人能审批这一步" in page
    assert 'name="answer"' not in page
    refused = director.post(f"/approvals/{asked.id}/", {"answer": "yes", "step": 1})
    assert refused.status_code == 422
    assert "撤回说明" in director.get(f"/approvals/{asked.id}/withdraw/").content.decode()
    assert director.post(f"/approvals/{asked.id}/withdraw/", {"note": "写错了"}).status_code in (302, 303)
    assert Approval.objects.get().withdrawal_note == "写错了"


@pytest.mark.parametrize("role", ["reception", "surgeon", "admin"])
def test_strangers_find_nothing(browser: Browser, ask: Ask, role: str) -> None:
    asked, client = ask(), browser(role)
    assert client.get(f"/approvals/{asked.id}/").status_code == 404
    assert client.post(f"/approvals/{asked.id}/", {"answer": "yes", "step": 1}).status_code == 404
    assert client.get("/approvals/?list=all").status_code == 404
    assert "信 7" not in client.get("/approvals/").content.decode()
    assert Approval.objects.get().state == "waiting"


def test_lists_tell_mine_and_all(browser: Browser, ask: Ask) -> None:
    ask()
    quality = browser("quality")
    for address in ("/approvals/?list=mine", "/approvals/?list=all"):
        assert "信 7" in quality.get(address).content.decode()
    assert "信 7" not in quality.get("/approvals/").content.decode()


@pytest.mark.parametrize("which", ["", "all"])
def test_list_costs_the_same_for_few_and_many(
    browser: Browser, ask: Ask, which: str, django_assert_num_queries: Callable[..., object]
) -> None:
    director = browser("director")
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            ask("quality", number)
        director.get(f"/approvals/?list={which}")
        with django_assert_num_queries(7):  # type: ignore[attr-defined]
            assert director.get(f"/approvals/?list={which}").status_code == 200
