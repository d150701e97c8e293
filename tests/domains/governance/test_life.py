"""A version from draft to retirement: by two people, from its day on, one in force at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from liangyi.domains.governance import services
from liangyi.domains.governance.models import Milestone, Policy, PolicyVersion
from liangyi.domains.governance.services.life import (
    bring_forward,
    recall_release,
    release_version,
    retire_policy,
    submit_version,
    switch_due_versions,
)
from liangyi.domains.governance.services.renewing import confirm_review, open_due_reviews
from liangyi.platform.access.models import Account
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor
from liangyi.platform.approvals import queries as approvals
from liangyi.platform.approvals.services import decide, withdraw
from liangyi.platform.errors import Conflict, Denied, Invalid
from liangyi.platform.worklist.models import WorkItem

FIRST = "投诉制度\n一、受理\n接到投诉后5个工作日内答复。\n应做好记录。\n"
SECOND = "投诉制度\n一、受理\n接到投诉后3个工作日内答复。\n应做好记录。\n不得推诿。\n"
TODAY = date(2026, 11, 23)


@pytest.fixture
def director(person: Callable[..., Account]) -> Actor:
    return actor_for(person("director"))


@pytest.fixture
def draft(quality: Actor, at: datetime) -> PolicyVersion:
    return services.import_policy(actor=quality, at=at, content=FIRST.encode())


@pytest.fixture
def approve(quality: Actor, director: Actor, at: datetime) -> Callable[[PolicyVersion], None]:
    """Sends a version for review, and another says yes."""

    def both(version: PolicyVersion) -> None:
        submit_version(actor=quality, at=at, version=version.id)
        asked = approvals.waiting_for(director)[0]
        decide(actor=director, at=at, approval=asked, approve=True)

    return both


@pytest.fixture
def in_force(
    draft: PolicyVersion, approve: Callable[..., None], quality: Actor, at: datetime
) -> PolicyVersion:
    approve(draft)
    return release_version(actor=quality, at=at, version=draft.id, effective_from=TODAY)


def _second(quality: Actor, at: datetime, policy: Policy) -> PolicyVersion:
    return services.import_policy(actor=quality, at=at, content=SECOND.encode(), policy=policy.id)


def _state(version: PolicyVersion) -> str:
    version.refresh_from_db()
    return version.state


def test_import_is_a_draft_and_leaves_what_is_in_force(
    in_force: PolicyVersion, quality: Actor, at: datetime
) -> None:
    second = _second(quality, at, in_force.policy)
    assert (_state(second), _state(in_force)) == ("draft", "released")


def test_reviewer_reads_what_differs_and_what_is_open(
    in_force: PolicyVersion, quality: Actor, director: Actor, at: datetime
) -> None:
    second = _second(quality, at, in_force.policy)
    submit_version(actor=quality, at=at, version=second.id, note="缩短答复时间")
    facts = approvals.waiting_for(director)[0].facts
    assert facts["in_force"] == 1
    assert (facts["changes"]["changed"], facts["changes"]["new"]) == (1, 1)
    assert (facts["rules"], facts["open"], facts["note"]) == (3, 3, "缩短答复时间")


def test_submitter_does_not_approve(draft: PolicyVersion, director: Actor, at: datetime) -> None:
    submit_version(actor=director, at=at, version=draft.id)
    asked = approvals.requested_by(director)[0]
    with pytest.raises(Invalid):
        decide(actor=director, at=at, approval=asked, approve=True)
    assert _state(draft) == "review"


def test_refused_version_is_a_draft_again(
    draft: PolicyVersion, quality: Actor, director: Actor, at: datetime
) -> None:
    submit_version(actor=quality, at=at, version=draft.id)
    decide(actor=director, at=at, approval=approvals.waiting_for(director)[0], approve=False, note="缺负责人")
    assert _state(draft) == "draft"
    assert Milestone.objects.get(kind="refused").note == "缺负责人"
    submit_version(actor=quality, at=at, version=draft.id)
    withdraw(actor=quality, at=at, approval=approvals.requested_by(quality)[0])
    assert _state(draft) == "draft"


def test_nothing_is_released_without_approval(draft: PolicyVersion, quality: Actor, at: datetime) -> None:
    with pytest.raises(Conflict):
        release_version(actor=quality, at=at, version=draft.id, effective_from=TODAY)
    submit_version(actor=quality, at=at, version=draft.id)
    with pytest.raises(Conflict):
        submit_version(actor=quality, at=at, version=draft.id)
    with pytest.raises(Conflict):
        release_version(actor=quality, at=at, version=draft.id, effective_from=TODAY)


def test_released_today_is_in_force_and_comes_round_in_a_year(in_force: PolicyVersion) -> None:
    assert _state(in_force) == "released"
    assert Policy.objects.get().review_due_on == date(2027, 11, 23)


def test_release_in_the_past_is_refused(
    draft: PolicyVersion, approve: Callable[..., None], quality: Actor, at: datetime
) -> None:
    approve(draft)
    with pytest.raises(Invalid) as refused:
        release_version(actor=quality, at=at, version=draft.id, effective_from=TODAY - timedelta(days=1))
    assert "effective_from" in refused.value.fields
    assert _state(draft) == "approved"


def test_later_version_waits_for_its_day_and_then_replaces(
    in_force: PolicyVersion, approve: Callable[..., None], quality: Actor, setup_actor: Actor, at: datetime
) -> None:
    second = _second(quality, at, in_force.policy)
    approve(second)
    release_version(actor=quality, at=at, version=second.id, effective_from=date(2026, 11, 25))
    midnight = datetime.fromisoformat("2026-11-25T00:01:00+08:00")
    assert switch_due_versions(actor=setup_actor, at=midnight - timedelta(minutes=2)) == 0
    assert (_state(in_force), _state(second)) == ("released", "approved")
    assert switch_due_versions(actor=setup_actor, at=midnight) == 1
    assert (_state(in_force), _state(second)) == ("replaced", "released")
    assert in_force.ended_at == midnight
    assert switch_due_versions(actor=setup_actor, at=midnight) == 0


def test_waiting_release_is_taken_back_or_brought_forward(
    in_force: PolicyVersion, approve: Callable[..., None], quality: Actor, at: datetime
) -> None:
    second = _second(quality, at, in_force.policy)
    approve(second)
    later = date(2026, 12, 1)
    release_version(actor=quality, at=at, version=second.id, effective_from=later)
    third = _second(quality, at, in_force.policy)
    approve(third)
    with pytest.raises(Conflict):
        release_version(actor=quality, at=at, version=third.id, effective_from=later)
    recall_release(actor=quality, at=at, version=second.id, note="日期有误")
    with pytest.raises(Conflict):
        recall_release(actor=quality, at=at, version=second.id)
    release_version(actor=quality, at=at, version=second.id, effective_from=later)
    bring_forward(actor=quality, at=at, version=second.id)
    assert (_state(in_force), _state(second)) == ("replaced", "released")


def test_older_version_does_not_come_back(
    in_force: PolicyVersion, approve: Callable[..., None], quality: Actor, at: datetime
) -> None:
    second, third = _second(quality, at, in_force.policy), _second(quality, at, in_force.policy)
    approve(third)
    release_version(actor=quality, at=at, version=third.id, effective_from=TODAY)
    with pytest.raises(Invalid):
        submit_version(actor=quality, at=at, version=second.id)


def test_retired_policy_leaves_nothing_waiting(
    in_force: PolicyVersion, quality: Actor, director: Actor, at: datetime
) -> None:
    second = _second(quality, at, in_force.policy)
    submit_version(actor=quality, at=at, version=second.id)
    with pytest.raises(Denied):
        retire_policy(actor=quality, at=at, policy=in_force.policy_id, reason="并入新制度")
    with pytest.raises(Invalid):
        retire_policy(actor=director, at=at, policy=in_force.policy_id, reason=" ")
    retire_policy(actor=director, at=at, policy=in_force.policy_id, reason="并入新制度")
    assert (_state(in_force), _state(second)) == ("retired", "retired")
    assert approvals.waiting_for(director) == []
    assert not WorkItem.objects.filter(done_at=None, cancelled_at=None).exists()
    with pytest.raises(Conflict):
        retire_policy(actor=director, at=at, policy=in_force.policy_id, reason="再废一次")


@pytest.mark.parametrize("role", ["reception", "surgeon", "admin"])
def test_others_change_nothing(
    draft: PolicyVersion, person: Callable[..., Account], at: datetime, role: str
) -> None:
    stranger = actor_for(person(role))
    with pytest.raises(Denied):
        submit_version(actor=stranger, at=at, version=draft.id)
    with pytest.raises(Denied):
        release_version(actor=stranger, at=at, version=draft.id, effective_from=TODAY)
    assert _state(draft) == "draft"


def test_life_line_tells_who_and_when(in_force: PolicyVersion, quality: Actor, director: Actor) -> None:
    told = [(row.kind, row.by_id) for row in Milestone.objects.order_by("id")]
    assert told == [
        ("submitted", quality.id),
        ("approved", director.id),
        ("released", quality.id),
        ("in_force", quality.id),
    ]


def test_review_comes_round_and_sets_the_next(
    in_force: PolicyVersion, quality: Actor, setup_actor: Actor, at: datetime
) -> None:
    assert open_due_reviews(actor=setup_actor, at=at + timedelta(days=300)) == 0
    near = at + timedelta(days=340)
    assert open_due_reviews(actor=setup_actor, at=near) == 1
    open_due_reviews(actor=setup_actor, at=near)
    item = WorkItem.objects.get(kind="governance.review_policy")
    assert (item.role, item.due_at.date()) == ("quality", date(2027, 11, 23))
    with pytest.raises(Invalid):
        confirm_review(actor=quality, at=near, policy=in_force.policy_id, note="")
    confirm_review(actor=quality, at=near, policy=in_force.policy_id, note="法规未变，执行良好")
    item.refresh_from_db()
    assert item.done_by_id == quality.id
    assert Policy.objects.get().review_due_on == date(2028, 10, 29)


def test_new_version_ends_the_review(
    in_force: PolicyVersion, approve: Callable[..., None], quality: Actor, setup_actor: Actor, at: datetime
) -> None:
    near = at + timedelta(days=340)
    open_due_reviews(actor=setup_actor, at=near)
    second = _second(quality, near, in_force.policy)
    approve(second)
    release_version(
        actor=quality, at=near, version=second.id, effective_from=date(2027, 10, 29), review_months=6
    )
    assert WorkItem.objects.get(kind="governance.review_policy").done_at == near
    assert Policy.objects.get().review_due_on == date(2028, 4, 29)
