"""Nobody grants their own request, nobody speaks twice, and only one word counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.approvals import queries, services
from liangyi.platform.approvals.errors import AlreadyClosed, AlreadyWaiting
from liangyi.platform.approvals.events import Decided
from liangyi.platform.approvals.models import Approval, ApprovalStep
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Denied, Invalid, Missing
from liangyi.platform.worklist.models import WorkItem
from liangyi.platform.worklist.queries import my_work

pytestmark = pytest.mark.django_db
Make = Callable[..., Actor]
Letter = dict[str, Any]


def test_request_opens_work_due_in_three_working_days(actor: Make, letter: Letter, at: datetime) -> None:
    director = actor("director")
    services.request(actor=actor("quality"), at=at, **letter)
    work = my_work(director, at).next
    assert [(card.title, card.due_at.date().isoformat()) for card in work] == [("审批：信 7", "2026-11-26")]


def test_yes_grants_and_is_told(actor: Make, letter: Letter, at: datetime, heard: list[Decided]) -> None:
    director = actor("director")
    asked = services.request(actor=actor("quality"), at=at, **letter)
    services.decide(actor=director, at=at, approval=asked.id, approve=True, note="可以")
    assert [(told.outcome, told.decided_by, told.note) for told in heard] == [
        ("approved", director.id, "可以")
    ]
    assert Approval.objects.get().state == "approved"
    assert WorkItem.objects.get().done_by_id == director.id


def test_no_wants_a_reason_and_ends_it(
    actor: Make, letter: Letter, at: datetime, heard: list[Decided]
) -> None:
    director, asked = actor("director"), services.request(actor=actor("quality"), at=at, **letter)
    with pytest.raises(Invalid):
        services.decide(actor=director, at=at, approval=asked, approve=False, note=" ")
    services.decide(actor=director, at=at, approval=asked, approve=False, note="太急")
    assert [told.outcome for told in heard] == ["refused"]
    with pytest.raises(AlreadyClosed):
        services.decide(actor=director, at=at, approval=asked, approve=True)


def test_nobody_grants_their_own_request(actor: Make, letter: Letter, at: datetime) -> None:
    director = actor("director")
    asked = services.request(actor=director, at=at, **letter)
    with pytest.raises(Invalid):
        services.decide(actor=director, at=at, approval=asked, approve=True)
    assert queries.waiting_for(director) == []
    assert Approval.objects.get().state == "waiting"


def test_database_itself_keeps_requester_and_decider_apart(actor: Make, letter: Letter, at: datetime) -> None:
    director = actor("director")
    asked = services.request(actor=director, at=at, **letter)
    word = {"decided_by": director.id, "decided_at": at, "is_approved": True}
    apart = pytest.raises(IntegrityError, match="decider_is_not_requester")
    with apart, transaction.atomic(), recorded(director):
        ApprovalStep.objects.filter(approval=asked).update(**word)


@pytest.mark.parametrize("role", ["reception", "surgeon", "admin"])
def test_whoever_may_not_is_denied(actor: Make, letter: Letter, at: datetime, role: str) -> None:
    asked = services.request(actor=actor("quality"), at=at, **letter)
    with pytest.raises(Denied):
        services.decide(actor=actor(role), at=at, approval=asked, approve=True)
    assert Approval.objects.get().state == "waiting"


def test_outsider_finds_nothing(actor: Make, letter: Letter, at: datetime, other_site: Site) -> None:
    outsider = actor("director", "outsider", at_site=other_site)
    asked = services.request(actor=actor("quality"), at=at, **letter)
    with pytest.raises(Missing):
        services.decide(actor=outsider, at=at, approval=asked, approve=True)
    with pytest.raises(Missing):
        queries.approval_for(outsider, asked.id)


def test_program_itself_grants_nothing(setup_actor: Actor, letter: Letter, at: datetime) -> None:
    asked = services.request(actor=setup_actor, at=at, **letter)
    with pytest.raises(Denied):
        services.decide(actor=setup_actor, at=at, approval=asked, approve=True)


def test_same_thing_waits_once(actor: Make, letter: Letter, at: datetime) -> None:
    quality = actor("quality")
    services.request(actor=quality, at=at, **letter)
    with pytest.raises(AlreadyWaiting):
        services.request(actor=quality, at=at, **letter)
    assert Approval.objects.count() == 1


def test_two_steps_take_two_people(actor: Make, letter: Letter, at: datetime, heard: list[Decided]) -> None:
    first, second = actor("director", "first"), actor("director", "second")
    asked = services.request(actor=actor("quality"), at=at, **letter | {"kind": "letter.sign"})
    services.decide(actor=first, at=at, approval=asked, approve=True)
    assert heard == []
    with pytest.raises(Invalid):
        services.decide(actor=first, at=at, approval=asked, approve=True)
    services.decide(actor=second, at=at, approval=asked, approve=True)
    assert [told.decided_by for told in heard] == [second.id]
    assert [item.role for item in WorkItem.objects.order_by("id")] == ["quality", "director"]


def test_word_on_a_step_that_is_past_counts_for_nothing(actor: Make, letter: Letter, at: datetime) -> None:
    asked = services.request(actor=actor("quality"), at=at, **letter | {"kind": "letter.sign"})
    services.decide(actor=actor("director", "first"), at=at, approval=asked, approve=True, step=1)
    with pytest.raises(AlreadyClosed):
        services.decide(actor=actor("director", "second"), at=at, approval=asked, approve=True, step=1)
    assert Approval.objects.get().step == 2


def test_withdrawn_work_goes_away(actor: Make, letter: Letter, at: datetime, heard: list[Decided]) -> None:
    quality, director = actor("quality"), actor("director")
    asked = services.request(actor=quality, at=at, **letter)
    with pytest.raises(Missing):
        services.withdraw(actor=director, at=at, approval=asked)
    services.withdraw(actor=quality, at=at, approval=asked, note="写错了")
    assert [(told.outcome, told.note) for told in heard] == [("withdrawn", "写错了")]
    assert my_work(director, at).next == []


def test_request_of_the_group_goes_where_somebody_else_may_decide(
    actor: Make, letter: Letter, at: datetime, other_site: Site
) -> None:
    director = actor("director", "there", at_site=other_site)
    asked = services.request(actor=actor("director", "here"), at=at, **letter | {"site": None})
    assert WorkItem.objects.get().site_id == other_site.id
    assert queries.waiting_for(director) == [asked]
    assert [account.id for account in queries.deciders_of(queries.approval_for(director, asked.id))] == [
        director.id
    ]


def test_requester_sees_their_request_and_others_do_not(actor: Make, letter: Letter, at: datetime) -> None:
    surgeon = actor("surgeon")
    asked = services.request(actor=surgeon, at=at, **letter)
    assert queries.approval_for(surgeon, asked.id) == asked
    assert queries.requested_by(surgeon) == [asked]
    with pytest.raises(Missing):
        queries.approval_for(actor("reception"), asked.id)


def test_history_tells_every_request_about_a_subject(actor: Make, letter: Letter, at: datetime) -> None:
    quality, director = actor("quality"), actor("director")
    first = services.request(actor=quality, at=at, **letter)
    assert queries.waiting_on(letter["subject"], "letter.send") == first
    services.decide(actor=director, at=at, approval=first, approve=False, note="不行")
    second = services.request(actor=quality, at=at, **letter)
    assert queries.history_of(letter["subject"]) == [second, first]
    assert queries.waiting_on(letter["subject"], "letter.send") == second
