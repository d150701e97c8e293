from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest
from django.db import connection

from liangyi.domains.governance import queries, services
from liangyi.domains.governance.enums import ReviewState
from liangyi.domains.governance.models import Clause, Match, PolicyVersion, Setting
from liangyi.platform.access.models import Account
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Conflict, Denied, Invalid, LiangyiError, Missing

pytestmark = pytest.mark.django_db
TEXT = "投诉制度\n一、受理\n接到投诉后5个工作日内答复。\n应做好记录。\n"
REMINDED, LICENSED = "scheduling.reminded", "scheduling.subject_licensed"


@pytest.fixture
def version(quality: Actor, at: datetime) -> PolicyVersion:
    return services.import_policy(actor=quality, at=at, content=TEXT.encode())


@pytest.fixture
def clause(version: PolicyVersion) -> Clause:
    return version.clauses.get(number="1.p1")


@pytest.fixture
def say(quality: Actor, at: datetime, clause: Clause) -> Callable[..., Match]:
    """`say(control, "rejected")` is the quality manager's word on the first clause."""

    def decide(control: str = REMINDED, state: str = "confirmed") -> Match:
        return services.decide_match(actor=quality, at=at, clause=clause.id, control=control, state=state)

    return decide


def _standing(clause: Clause) -> dict[str, str]:
    return dict(Match.objects.filter(identity=clause.identity).values_list("control", "state"))


def _next_version(actor: Actor, at: datetime, version: PolicyVersion, text: str) -> PolicyVersion:
    return services.import_policy(actor=actor, at=at, content=text.encode(), policy=version.policy_id)


def test_confirmed_match_tells_who_when_and_what_was_read(
    say: Callable[..., Match], quality: Actor, clause: Clause, at: datetime
) -> None:
    match = say()
    assert (match.control, match.state) == (REMINDED, "confirmed")
    assert (match.decided_by_id, match.decided_at, match.clause_id) == (quality.id, at, clause.id)


def test_several_controls_may_carry_one_clause(say: Callable[..., Match], clause: Clause) -> None:
    say()
    say(LICENSED)
    assert _standing(clause) == {REMINDED: "confirmed", LICENSED: "confirmed"}


def test_second_word_on_a_control_replaces_the_first(say: Callable[..., Match], clause: Clause) -> None:
    say()
    say(state="rejected")
    assert _standing(clause) == {REMINDED: "rejected"}


def test_confirming_a_control_takes_back_none(
    say: Callable[..., Match], quality: Actor, at: datetime, clause: Clause
) -> None:
    services.confirm_none(actor=quality, at=at, clause=clause.id)
    say()
    assert _standing(clause) == {REMINDED: "confirmed"}


def test_none_takes_back_confirmed_controls_and_keeps_rejections(
    say: Callable[..., Match], quality: Actor, at: datetime, clause: Clause
) -> None:
    say()
    say(LICENSED, "rejected")
    services.confirm_none(actor=quality, at=at, clause=clause.id)
    assert _standing(clause) == {"": "confirmed", LICENSED: "rejected"}


def test_rejection_beside_none_leaves_none(
    say: Callable[..., Match], quality: Actor, at: datetime, clause: Clause
) -> None:
    services.confirm_none(actor=quality, at=at, clause=clause.id)
    say(state="rejected")
    assert _standing(clause) == {"": "confirmed", REMINDED: "rejected"}


def test_cleared_match_is_open_again(
    say: Callable[..., Match], quality: Actor, at: datetime, clause: Clause
) -> None:
    say()
    services.clear_match(actor=quality, at=at, clause=clause.id, control=REMINDED)
    services.clear_match(actor=quality, at=at, clause=clause.id, control=REMINDED)
    assert _standing(clause) == {}


def test_undo_goes_back_to_what_stood(
    say: Callable[..., Match], quality: Actor, at: datetime, clause: Clause
) -> None:
    say()
    services.confirm_none(actor=quality, at=at, clause=clause.id)
    before, after = {REMINDED: "confirmed"}, {"": "confirmed"}
    services.restore_matches(actor=quality, at=at, clause=clause.id, before=before, after=after)
    assert _standing(clause) == before


def test_undo_after_somebody_elses_word_is_a_conflict(
    say: Callable[..., Match], quality: Actor, at: datetime, clause: Clause
) -> None:
    say(LICENSED)
    with pytest.raises(Conflict):
        services.restore_matches(
            actor=quality, at=at, clause=clause.id, before={}, after={REMINDED: "confirmed"}
        )
    assert _standing(clause) == {LICENSED: "confirmed"}


def test_everything_said_is_found_again(
    say: Callable[..., Match], quality: Actor, at: datetime, clause: Clause
) -> None:
    say()
    services.clear_match(actor=quality, at=at, clause=clause.id, control=REMINDED)
    services.confirm_none(actor=quality, at=at, clause=clause.id)
    words = queries.words_about(quality, queries.clause_for(quality, clause.id))
    assert [(word.who, word.control, word.state) for word in words] == [
        ("quality", "", "confirmed"),
        ("quality", REMINDED, ""),
        ("quality", REMINDED, "confirmed"),
    ]


def test_match_stays_where_only_the_numbering_changed(
    say: Callable[..., Match], quality: Actor, at: datetime, version: PolicyVersion
) -> None:
    say()
    newer = _next_version(quality, at, version, TEXT.replace("接到", "（一）接到"))
    first = queries.reviewed_clauses(newer)[0]
    assert (first.state, [match.control for match in first.confirmed]) == (ReviewState.DECIDED, [REMINDED])


def test_changed_words_are_to_be_looked_at_again_until_confirmed(
    say: Callable[..., Match], quality: Actor, at: datetime, version: PolicyVersion
) -> None:
    say()
    newer = _next_version(quality, at, version, TEXT.replace("5个", "3个"))
    first = queries.reviewed_clauses(newer)[0]
    assert first.state == ReviewState.AGAIN
    assert services.confirm_again(actor=quality, at=at, clause=first.clause.id) == 1
    assert [row.state for row in queries.reviewed_clauses(newer)] == [ReviewState.DECIDED, ReviewState.OPEN]


def test_old_words_cannot_be_decided_on(
    say: Callable[..., Match], quality: Actor, at: datetime, version: PolicyVersion
) -> None:
    _next_version(quality, at, version, TEXT.replace("5个", "3个"))
    with pytest.raises(Conflict):
        say()
    assert not Match.objects.exists()


def test_old_version_with_the_same_words_decides_for_the_new(
    say: Callable[..., Match], quality: Actor, at: datetime, version: PolicyVersion
) -> None:
    newer = _next_version(quality, at, version, TEXT + "不得推诿。\n")
    assert say().clause.version_id == newer.id


@pytest.mark.parametrize("number", ["p1", "1"])
def test_heading_is_tied_to_nothing(
    quality: Actor, at: datetime, version: PolicyVersion, number: str
) -> None:
    with pytest.raises(Invalid):
        services.confirm_none(actor=quality, at=at, clause=version.clauses.get(number=number).id)


@pytest.mark.parametrize(
    ("control", "state"), [("no.such", "confirmed"), (REMINDED, "perhaps"), ("", "rejected")]
)
def test_unknown_words_are_told(say: Callable[..., Match], control: str, state: str) -> None:
    with pytest.raises(Invalid):
        say(control, state)
    assert not Match.objects.exists()


def test_surgeon_reads_but_does_not_decide(surgeon: Actor, at: datetime, clause: Clause) -> None:
    with pytest.raises(Denied):
        services.decide_match(actor=surgeon, at=at, clause=clause.id, control=REMINDED, state="confirmed")
    with pytest.raises(Denied):
        services.confirm_none(actor=surgeon, at=at, clause=clause.id)
    assert not Match.objects.exists()


def test_unknown_clause_is_missing(quality: Actor, at: datetime) -> None:
    with pytest.raises(Missing):
        services.confirm_none(actor=quality, at=at, clause=quality.id or at)  # type: ignore[arg-type]


@pytest.fixture
def setting(say: Callable[..., Match], setup_actor: Actor, at: datetime) -> Setting:
    with recorded(setup_actor):
        return Setting.objects.create(
            match=say(),
            parameter="hours",
            value=48,
            effective_from=date(2026, 12, 1),
            state="approved",
            requested_at=at,
        )


def test_match_that_carries_a_value_is_not_dropped(
    setting: Setting, say: Callable[..., Match], quality: Actor, at: datetime, clause: Clause
) -> None:
    for drop in (services.confirm_none, lambda **who: say(state="rejected")):
        with pytest.raises(Conflict):
            drop(actor=quality, at=at, clause=clause.id)
    assert _standing(clause) == {REMINDED: "confirmed"}


def test_match_that_once_carried_a_value_is_kept_as_rejected(
    setting: Setting, setup_actor: Actor, quality: Actor, at: datetime, clause: Clause
) -> None:
    with recorded(setup_actor):
        Setting.objects.update(state="ended")
    services.confirm_none(actor=quality, at=at, clause=clause.id)
    assert _standing(clause) == {"": "confirmed", REMINDED: "rejected"}


def test_review_costs_the_same_for_one_and_three(
    quality: Actor, at: datetime, django_assert_num_queries: object
) -> None:
    for count in (1, 3):
        text = "".join(f"应每日检查{number}号设备。\n" for number in range(count))
        version = services.import_policy(actor=quality, at=at, content=text.encode())
        for clause in version.clauses.all():
            services.confirm_none(actor=quality, at=at, clause=clause.id)
        with django_assert_num_queries(2):  # type: ignore[operator]
            assert len(queries.reviewed_clauses(version)) == count
        with django_assert_num_queries(1):  # type: ignore[operator]
            assert len(queries.matches_of([clause])) == 1


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_once_leave_one_clear_word(
    person: Callable[..., Account], setup_actor: Actor, at: datetime
) -> None:
    version = services.import_policy(actor=setup_actor, at=at, content=TEXT.encode())
    clause = version.clauses.get(number="1.p1")
    actors = [actor_for(person("quality")), actor_for(person("director"))]

    def decide(turn: int) -> str:
        actor = actors[turn % 2]
        try:
            if turn % 3:
                services.decide_match(
                    actor=actor, at=at, clause=clause.id, control=REMINDED, state="confirmed"
                )
            else:
                services.confirm_none(actor=actor, at=at, clause=clause.id)
        except LiangyiError as error:
            return error.kind
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(decide, range(24))) == {"done"}
    assert _standing(clause) in ({REMINDED: "confirmed"}, {"": "confirmed"})
