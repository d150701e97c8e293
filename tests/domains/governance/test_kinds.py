from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from liangyi.domains.governance import queries, services
from liangyi.domains.governance.models import Clause, Match, PolicyVersion, Setting
from liangyi.domains.governance.queries.evidence.behind import clauses_behind
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Conflict, Denied, Invalid, Missing

pytestmark = pytest.mark.django_db
TEXT = "接诊制度\n一、预约\n前台应在就诊前24小时提醒患者。\n近年来，行业发展很快。\n"
REMINDED = "scheduling.reminded"
RULE, STORY = "1.p1", "1.p2"


@pytest.fixture
def version(quality: Actor, at: datetime) -> PolicyVersion:
    return services.import_policy(actor=quality, at=at, content=TEXT.encode())


@pytest.fixture
def say(quality: Actor, at: datetime, version: PolicyVersion) -> Callable[[str, str], Clause]:
    """`say(number, kind)` is the quality manager's word on a clause of the first version."""

    def word(number: str, kind: str) -> Clause:
        clause = version.clauses.get(number=number)
        return services.say_kind(actor=quality, at=at, clause=clause.id, kind=kind)

    return word


def _next(actor: Actor, at: datetime, version: PolicyVersion, text: str) -> PolicyVersion:
    return services.import_policy(actor=actor, at=at, content=text.encode(), policy=version.policy_id)


def _confirm(actor: Actor, at: datetime, clause: Clause) -> Match:
    return services.decide_match(actor=actor, at=at, clause=clause.id, control=REMINDED, state="confirmed")


def _rules(version: PolicyVersion) -> list[str]:
    return [row.clause.number for row in queries.reviewed_clauses(version)]


def test_narrative_becomes_an_obligation_that_can_be_matched(
    say: Callable[[str, str], Clause], quality: Actor, at: datetime, version: PolicyVersion
) -> None:
    clause = say(STORY, "obligation")
    assert (clause.kind, clause.read_kind) == ("obligation", "narrative")
    assert _rules(version) == [RULE, STORY]
    assert _confirm(quality, at, clause).clause_id == clause.id


def test_word_and_who_said_it_stay_in_history(say: Callable[[str, str], Clause], quality: Actor) -> None:
    say(STORY, "obligation")
    clause = say(STORY, "prohibition")
    said = queries.kinds_said(clause)
    assert [(one.kind, one.before) for one in said] == [
        ("prohibition", "obligation"),
        ("obligation", "narrative"),
    ]
    assert {one.who for one in said} == {quality.name}


def test_the_kind_it_was_read_as_takes_the_word_back(say: Callable[[str, str], Clause]) -> None:
    say(STORY, "obligation")
    clause = say(STORY, "narrative")
    assert (clause.kind, clause.read_kind) == ("narrative", "")


def test_same_kind_again_leaves_no_trace(say: Callable[[str, str], Clause]) -> None:
    assert queries.kinds_said(say(RULE, "obligation")) == []


@pytest.mark.parametrize(
    "text",
    [TEXT, TEXT.replace("一、预约", "三、预约"), TEXT.replace("近年来，", "近年来")],
    ids=["unchanged", "renumbered", "other marks"],
)
def test_word_goes_with_the_clause_while_its_words_stay(
    say: Callable[[str, str], Clause], quality: Actor, at: datetime, version: PolicyVersion, text: str
) -> None:
    identity = say(STORY, "obligation").identity
    third = [_next(quality, at, version, text) for _round in range(2)][-1]
    clause = third.clauses.get(identity=identity)
    assert (clause.kind, clause.read_kind) == ("obligation", "narrative")


def test_other_words_are_read_anew(
    say: Callable[[str, str], Clause], quality: Actor, at: datetime, version: PolicyVersion
) -> None:
    identity = say(STORY, "obligation").identity
    second = _next(quality, at, version, TEXT.replace("发展很快", "发展很快，竞争激烈"))
    clause = second.clauses.get(identity=identity)
    assert (clause.kind, clause.read_kind) == ("narrative", "")


def test_what_was_not_corrected_is_read_anew(quality: Actor, at: datetime, version: PolicyVersion) -> None:
    with recorded(quality):
        version.clauses.filter(number=STORY).update(kind="principle")  # as an older reader took it
    second = _next(quality, at, version, TEXT)
    assert second.clauses.get(number=STORY).kind == "narrative"


def test_only_the_newest_version_is_changed(quality: Actor, at: datetime, version: PolicyVersion) -> None:
    second = _next(quality, at, version, TEXT)
    old = version.clauses.get(number=STORY)
    said = services.say_kind(actor=quality, at=at, clause=old.id, kind="obligation")
    old.refresh_from_db()
    assert (said.version_id, old.kind) == (second.id, "narrative")


def test_word_on_words_that_have_changed_is_a_conflict(
    quality: Actor, at: datetime, version: PolicyVersion
) -> None:
    _next(quality, at, version, TEXT.replace("发展很快", "发展很快，竞争激烈"))
    with pytest.raises(Conflict):
        services.say_kind(
            actor=quality, at=at, clause=version.clauses.get(number=STORY).id, kind="obligation"
        )


def test_clause_that_is_no_rule_keeps_its_matches_for_later(
    say: Callable[[str, str], Clause], quality: Actor, at: datetime, version: PolicyVersion
) -> None:
    match = _confirm(quality, at, version.clauses.get(number=RULE))
    say(RULE, "narrative")
    assert _rules(version) == []
    assert Match.objects.filter(id=match.id, state="confirmed").exists()
    say(RULE, "obligation")
    assert [row.state for row in queries.reviewed_clauses(version)] == ["decided"]


def test_refusals_no_longer_name_a_clause_that_is_no_rule(
    say: Callable[[str, str], Clause], quality: Actor, at: datetime, version: PolicyVersion
) -> None:
    _confirm(quality, at, version.clauses.get(number=RULE))
    with recorded(quality):
        PolicyVersion.objects.filter(id=version.id).update(
            state="released", released_at=at, effective_from=at.date()
        )
    assert [ref.number for ref in clauses_behind([REMINDED])[REMINDED]] == [RULE]
    say(RULE, "narrative")
    assert clauses_behind([REMINDED])[REMINDED] == []


@pytest.mark.parametrize(
    ("state", "ended", "is_live"),
    [
        ("waiting", None, True),
        ("approved", None, True),
        ("approved", -1, False),
        ("withdrawn", None, False),
    ],
)
def test_clause_whose_value_counts_stays_a_rule(
    say: Callable[[str, str], Clause],
    quality: Actor,
    at: datetime,
    version: PolicyVersion,
    state: str,
    ended: int | None,
    is_live: bool,
) -> None:
    match = _confirm(quality, at, version.clauses.get(number=RULE))
    with recorded(quality):
        Setting.objects.create(
            match=match,
            parameter="hours",
            value=48,
            effective_from=at.date() - timedelta(days=9),
            effective_to=None if ended is None else at.date() + timedelta(days=ended - 1),
            state=state,
            requested_at=at,
        )
    assert say(RULE, "prohibition").kind == "prohibition"
    if is_live:
        with pytest.raises(Conflict):
            say(RULE, "narrative")
    else:
        assert say(RULE, "narrative").kind == "narrative"


def test_value_is_not_asked_for_from_a_clause_that_is_no_rule(
    say: Callable[[str, str], Clause], quality: Actor, at: datetime, version: PolicyVersion
) -> None:
    from liangyi.domains.governance.services.parameters import request_setting

    match = _confirm(quality, at, version.clauses.get(number=RULE))
    say(RULE, "narrative")
    with pytest.raises(Conflict):
        request_setting(
            actor=quality, at=at, match=match.id, parameter="hours", value=48, effective_from=at.date()
        )


def test_unknown_kind_and_unknown_people_change_nothing(
    say: Callable[[str, str], Clause], surgeon: Actor, at: datetime, version: PolicyVersion
) -> None:
    clause = version.clauses.get(number=STORY)
    with pytest.raises(Invalid):
        say(STORY, "song")
    with pytest.raises(Denied):
        services.say_kind(actor=surgeon, at=at, clause=clause.id, kind="obligation")


def test_clause_that_is_gone_is_missing(quality: Actor, at: datetime, version: PolicyVersion) -> None:
    with pytest.raises(Missing):
        services.say_kind(actor=quality, at=at, clause=version.id, kind="obligation")
