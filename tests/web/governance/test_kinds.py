from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from liangyi.domains.governance import services
from liangyi.domains.governance.models import Clause, Match, PolicyVersion
from liangyi.platform import clock
from liangyi.platform.actors import Actor

HTMX = {"HX-Request": "true", "HX-Target": "review"}
TEXT = "接诊制度\n一、预约\n前台应在就诊前24小时提醒患者。\n近年来，行业发展很快。\n"
REMINDED = "scheduling.reminded"


@pytest.fixture
def policy(setup_actor: Actor, db: None) -> PolicyVersion:
    return services.import_policy(actor=setup_actor, at=clock.now(), content=TEXT.encode())


@pytest.fixture
def story(policy: PolicyVersion) -> Clause:
    return policy.clauses.get(number="1.p2")


@pytest.fixture
def say(quality: Client, policy: PolicyVersion) -> Callable[..., str]:
    """`say(clause, "obligation")` posts what a clause is and gives the screen back."""

    def post(clause: Clause, kind: str, status: int = 200, **more: str) -> str:
        address = f"/policies/{policy.policy_id}/matching/{clause.id}/"
        answer = quality.post(address, {"say": "kind", "kind": kind, **more}, headers=HTMX)
        assert answer.status_code == status
        return answer.content.decode()

    return post


def _kind(clause: Clause) -> str:
    return Clause.objects.get(id=clause.id).kind


def test_filter_shows_what_was_read_as_something_else(quality: Client, policy: PolicyVersion) -> None:
    page = quality.get(f"/policies/{policy.policy_id}/matching/?show=other").content.decode()
    assert page.count('class="review-entry is-other"') == 3
    assert "已审阅 0 / 1 条" in page
    assert '其他条款<span class="chip-count">3</span>' in page
    assert 'id="proposed-title"' not in page


def test_link_to_a_clause_that_is_no_rule_opens_it(
    quality: Client, policy: PolicyVersion, story: Clause
) -> None:
    page = quality.get(f"/policies/{policy.policy_id}/matching/?clause={story.id}").content.decode()
    assert "条款 1.p2" in page
    assert "读错了，就改它的类型" in page


def test_narrative_that_is_an_obligation_gets_its_proposals_at_once(
    say: Callable[..., str], story: Clause
) -> None:
    page = say(story, "obligation", show="other")
    assert _kind(story) == "obligation"
    assert 'id="proposed-title"' in page
    assert "已审阅 0 / 2 条" in page
    assert "类型改为：义务" in page
    assert "系统读作“叙述”，由审阅人改正" in page
    assert "类型：叙述 → 义务" in page


def test_undo_puts_the_kind_back(say: Callable[..., str], story: Clause) -> None:
    page = say(story, "obligation")
    assert 'name="kind" value="narrative"><input type="hidden" name="show"' in page
    say(story, "narrative")
    assert _kind(story) == "narrative"


def test_clause_whose_value_counts_stays_a_rule_and_says_why(
    say: Callable[..., str], policy: PolicyVersion, setup_actor: Actor
) -> None:
    from liangyi.domains.governance.services.parameters import request_setting

    rule = policy.clauses.get(number="1.p1")
    match = services.decide_match(
        actor=setup_actor, at=clock.now(), clause=rule.id, control=REMINDED, state="confirmed"
    )
    today = clock.local_day(clock.now(), clock.HOME_ZONE)
    request_setting(
        actor=setup_actor, at=clock.now(), match=match.id, parameter="hours", value=48, effective_from=today
    )
    assert "先撤回或结束参数" in say(rule, "narrative", status=409)
    assert _kind(rule) == "obligation"


def test_matches_of_what_is_no_rule_any_more_are_told_of(
    say: Callable[..., str], policy: PolicyVersion, setup_actor: Actor
) -> None:
    rule = policy.clauses.get(number="1.p1")
    services.decide_match(
        actor=setup_actor, at=clock.now(), clause=rule.id, control=REMINDED, state="confirmed"
    )
    assert "以前确认的对应都留着" in say(rule, "narrative")
    assert Match.objects.get().state == "confirmed"


def test_unknown_kind_is_told(say: Callable[..., str], story: Clause) -> None:
    assert "请选择条款类型" in say(story, "song", status=422)


def test_without_script_the_word_leads_back_to_the_clause(quality: Client, story: Clause) -> None:
    address = f"/policies/{story.version.policy_id}/matching/{story.id}/"
    answer = quality.post(address, {"say": "kind", "kind": "obligation"})
    assert answer["Location"] == f"/policies/{story.version.policy_id}/matching/?clause={story.id}"


def test_kind_is_said_on_the_page_of_the_clause(quality: Client, story: Clause) -> None:
    assert 'name="kind" value="obligation"' in quality.get(f"/policies/clauses/{story.id}/").content.decode()
    address = f"/policies/{story.version.policy_id}/matching/{story.id}/"
    answer = quality.post(address, {"say": "kind", "kind": "obligation", "back": "1"})
    assert (answer.status_code, answer["Location"]) == (303, f"/policies/clauses/{story.id}/")
    page = quality.get(answer["Location"]).content.decode()
    assert "系统读作“叙述”，由审阅人改正" in page
    assert "类型：叙述 → 义务" in page


def test_older_version_offers_no_kind(quality: Client, story: Clause, setup_actor: Actor) -> None:
    services.import_policy(
        actor=setup_actor, at=clock.now(), content=TEXT.encode(), policy=story.version.policy_id
    )
    assert 'name="kind"' not in quality.get(f"/policies/clauses/{story.id}/").content.decode()


@pytest.mark.parametrize("role", ["surgeon", "reception"])
def test_others_say_no_kind(browser: Callable[..., Client], story: Clause, role: str) -> None:
    address = f"/policies/{story.version.policy_id}/matching/{story.id}/"
    answer = browser(role).post(address, {"say": "kind", "kind": "obligation"})
    assert answer.status_code == 403
    assert _kind(story) == "narrative"


def test_policy_without_rules_leads_to_what_was_read_otherwise(quality: Client, setup_actor: Actor) -> None:
    content = "近年来，行业发展很快。\n".encode()
    version = services.import_policy(actor=setup_actor, at=clock.now(), content=content)
    assert "?show=other" in quality.get(f"/policies/{version.policy_id}/matching/").content.decode()
    page = quality.get(f"/policies/{version.policy_id}/matching/?show=other").content.decode()
    assert page.count('class="review-entry is-other"') == 1


@pytest.mark.parametrize("page", ["review", "clause"])
def test_pages_cost_the_same_for_one_and_three(quality: Client, setup_actor: Actor, page: str) -> None:
    asked = []
    quality.get("/policies/")
    for count in (1, 3):
        content = "".join(f"近年来，行业{number}发展很快。\n" for number in range(count))
        version = services.import_policy(actor=setup_actor, at=clock.now(), content=content.encode())
        for clause in version.clauses.all():
            services.say_kind(actor=setup_actor, at=clock.now(), clause=clause.id, kind="principle")
        one = version.clauses.order_by("position")[0]
        review = f"/policies/{version.policy_id}/matching/?show=other"
        with CaptureQueriesContext(connection) as caught:
            assert (
                quality.get(review if page == "review" else f"/policies/clauses/{one.id}/").status_code == 200
            )
        asked.append(len(caught))
    assert asked[0] == asked[1] <= 24
