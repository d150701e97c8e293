from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from liangyi.domains.governance import services
from liangyi.domains.governance.models import Clause, Match, PolicyVersion
from liangyi.platform import clock
from liangyi.platform.actors import Actor
from liangyi.web.governance.pages import matching as pages

REMINDED = "scheduling.reminded"
HTMX = {"HX-Request": "true", "HX-Target": "review"}
CHANGED = "投诉制度\n一、受理\n接到投诉后3个工作日内答复。\n应做好记录。\n"


@pytest.fixture
def clause(version: PolicyVersion) -> Clause:
    return version.clauses.get(number="1.p1")


@pytest.fixture
def say(quality: Client, clause: Clause) -> Callable[..., str]:
    """`say("confirm", control=…)` posts a word on the first clause and gives the screen back."""

    def post(word: str, status: int = 200, **more: str) -> str:
        address = f"/policies/{clause.version.policy_id}/matching/{clause.id}/"
        answer = quality.post(address, {"say": word, **more}, headers=HTMX)
        assert answer.status_code == status
        return answer.content.decode()

    return post


def _standing() -> dict[str, str]:
    return dict(Match.objects.values_list("control", "state"))


def test_review_opens_at_the_first_clause_that_waits(quality: Client, version: PolicyVersion) -> None:
    page = quality.get(f"/policies/{version.policy_id}/matching/").content.decode()
    assert "已审阅 0 / 2 条" in page
    assert "条款 1.p1" in page
    assert "没有合适的控制点" in page


def test_confirmed_control_is_shown_with_who_and_undo(say: Callable[..., str]) -> None:
    page = say("confirm", control=REMINDED)
    assert _standing() == {REMINDED: "confirmed"}
    assert "已审阅 1 / 2 条" in page
    assert "quality 于" in page
    assert 'value="undo"' in page


def test_undo_takes_the_word_back(say: Callable[..., str]) -> None:
    say("confirm", control=REMINDED)
    page = say("undo", before="{}", after=json.dumps({REMINDED: "confirmed"}))
    assert _standing() == {}
    assert "已审阅 0 / 2 条" in page
    assert "已撤回" in page


def test_undo_of_what_somebody_else_changed_is_told(say: Callable[..., str]) -> None:
    say("confirm", control=REMINDED)
    page = say("undo", status=409, before="{}", after="{}")
    assert "另一位审阅人" in page
    assert _standing() == {REMINDED: "confirmed"}


def test_none_goes_on_to_the_next_clause(say: Callable[..., str]) -> None:
    page = say("none", go_on="1")
    assert _standing() == {"": "confirmed"}
    assert "条款 1.p2" in page
    assert "已确认：没有合适的控制点" in page


def test_rejected_control_is_set_aside(say: Callable[..., str]) -> None:
    page = say("reject", control=REMINDED)
    assert _standing() == {REMINDED: "rejected"}
    assert "已排除 1 个" in page


def test_unknown_control_changes_nothing(say: Callable[..., str]) -> None:
    assert "目录里没有这个控制点" in say("confirm", status=422, control="no.such")
    assert _standing() == {}


def test_changed_words_show_what_they_were_and_are_confirmed_again(
    say: Callable[..., str], quality: Client, setup_actor: Actor, version: PolicyVersion
) -> None:
    say("confirm", control=REMINDED)
    services.import_policy(
        actor=setup_actor, at=clock.now(), content=CHANGED.encode(), policy=version.policy_id
    )
    page = quality.get(f"/policies/{version.policy_id}/matching/").content.decode()
    assert "<mark>5</mark>" in page
    assert "<mark>3</mark>" in page
    newest = Clause.objects.get(version__number=2, number="1.p1")
    again = quality.post(
        f"/policies/{version.policy_id}/matching/{newest.id}/", {"say": "again"}, headers=HTMX
    )
    assert "已审阅 1 / 2 条" in again.content.decode()


def test_decision_on_words_that_changed_meanwhile_is_told(
    say: Callable[..., str], setup_actor: Actor, version: PolicyVersion
) -> None:
    services.import_policy(
        actor=setup_actor, at=clock.now(), content=CHANGED.encode(), policy=version.policy_id
    )
    assert "请看新版本再决定" in say("confirm", status=409, control=REMINDED)
    assert _standing() == {}


@pytest.mark.parametrize("words", ["预约 提醒", "yqytx", "scheduling.reminded"])
def test_catalogue_is_searched_by_words_and_pinyin(quality: Client, clause: Clause, words: str) -> None:
    address = f"/policies/{clause.version.policy_id}/matching/{clause.id}/search/"
    assert REMINDED in quality.get(address, {"q": words}, headers=HTMX).content.decode()


def test_search_that_finds_nothing_says_what_to_try(quality: Client, clause: Clause) -> None:
    address = f"/policies/{clause.version.policy_id}/matching/{clause.id}/search/"
    assert "换个词" in quality.get(address, {"q": "飞机"}, headers=HTMX).content.decode()


def test_without_script_the_word_leads_back_to_the_clause(quality: Client, clause: Clause) -> None:
    address = f"/policies/{clause.version.policy_id}/matching/{clause.id}/"
    answer = quality.post(address, {"say": "none"})
    assert answer.status_code == 303
    assert answer["Location"].endswith(f"?clause={clause.id}")


def test_policy_without_rules_says_so(quality: Client, setup_actor: Actor) -> None:
    content = "近年来，行业发展很快。\n".encode()
    version = services.import_policy(actor=setup_actor, at=clock.now(), content=content)
    assert "没有要对应的条款" in quality.get(f"/policies/{version.policy_id}/matching/").content.decode()


def test_old_link_leads_to_the_clause_of_the_new_version(
    quality: Client, setup_actor: Actor, clause: Clause
) -> None:
    policy = clause.version.policy_id
    services.import_policy(actor=setup_actor, at=clock.now(), content=CHANGED.encode(), policy=policy)
    page = quality.get(f"/policies/{policy}/matching/?clause={clause.id}").content.decode()
    assert "接到投诉后3个工作日内答复" in page


def test_filter_opens_at_the_first_of_its_state(
    say: Callable[..., str], quality: Client, clause: Clause
) -> None:
    say("none")
    page = quality.get(f"/policies/{clause.version.policy_id}/matching/?show=decided").content.decode()
    assert "条款 1.p1" in page
    assert "应做好记录" in page  # the clause behind it, as context
    assert page.count('class="review-entry is-') == 1


@pytest.mark.parametrize("query", ["?clause=x", "?show=nonsense"])
def test_wrong_address_is_missing_or_ignored(quality: Client, version: PolicyVersion, query: str) -> None:
    expected = 404 if "clause" in query else 200
    assert quality.get(f"/policies/{version.policy_id}/matching/{query}").status_code == expected


def test_clause_of_another_policy_is_missing(quality: Client, setup_actor: Actor, clause: Clause) -> None:
    other = services.import_policy(actor=setup_actor, at=clock.now(), content=CHANGED.encode())
    answer = quality.post(f"/policies/{other.policy_id}/matching/{clause.id}/", {"say": "none"})
    assert answer.status_code == 404
    assert _standing() == {}


@pytest.mark.parametrize("role", ["surgeon", "reception"])
def test_others_review_nothing(browser: Callable[..., Client], clause: Clause, role: str) -> None:
    client, address = browser(role), f"/policies/{clause.version.policy_id}/matching/"
    assert client.get(address).status_code == 403
    assert client.get(f"{address}{clause.id}/search/?q=x").status_code == 403
    assert client.post(f"{address}{clause.id}/", {"say": "none"}).status_code == 403
    assert _standing() == {}


def test_long_list_comes_in_stretches(
    quality: Client, setup_actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "PAGE", 2)
    text = "".join(f"第{number}条 员工应每日检查{number}号设备。\n" for number in range(1, 6))
    version = services.import_policy(actor=setup_actor, at=clock.now(), content=text.encode())
    third = version.clauses.get(number="3")
    page = quality.get(f"/policies/{version.policy_id}/matching/?clause={third.id}").content.decode()
    assert "前面的条款" in page
    assert "后面的条款" in page


def test_review_costs_the_same_for_one_and_three(quality: Client, setup_actor: Actor) -> None:
    asked = []
    quality.get("/policies/")
    for count in (1, 3):
        content = "".join(f"应每日检查{number}号设备。\n" for number in range(count))
        version = services.import_policy(actor=setup_actor, at=clock.now(), content=content.encode())
        for clause in version.clauses.all():
            services.decide_match(
                actor=setup_actor, at=clock.now(), clause=clause.id, control=REMINDED, state="confirmed"
            )
        with CaptureQueriesContext(connection) as caught:
            assert quality.get(f"/policies/{version.policy_id}/matching/").status_code == 200
        asked.append(len(caught))
    assert asked[0] == asked[1] <= 20


def test_number_in_the_text_is_offered_as_the_value(quality: Client, setup_actor: Actor) -> None:
    content = "就诊前48小时应提醒患者。\n".encode()
    version = services.import_policy(actor=setup_actor, at=clock.now(), content=content)
    clause = version.clauses.get()
    address = f"/policies/{version.policy_id}/matching/{clause.id}/"
    page = quality.post(address, {"say": "confirm", "control": REMINDED}, headers=HTMX).content.decode()
    assert "提前提醒：设为 48 小时" in page
    assert "<mark>48小时</mark>" in page
    match = Match.objects.get()
    form = quality.get(f"/policies/parameters/inline/{match.id}/?parameter=hours", headers=HTMX)
    assert 'value="48"' in form.content.decode()
