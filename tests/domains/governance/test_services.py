from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from liangyi.domains.governance import queries, services, tasks
from liangyi.domains.governance.models import Clause, Policy, PolicySource
from liangyi.domains.governance.subjects import CLAUSE, POLICY
from liangyi.platform import jobs, subjects
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Denied, Invalid, Missing

FIRST = "投诉制度\n一、受理\n接到投诉后5个工作日内答复。\n应做好记录。\n".encode()
SECOND = "投诉制度\n一、受理\n接到投诉后3个工作日内答复。\n应做好记录。\n不得推诿。\n".encode()


def test_imported_policy_keeps_source_text_and_clauses(quality: Actor, at: datetime) -> None:
    version = services.import_policy(actor=quality, at=at, content=FIRST, filename="投诉.txt")
    assert (version.policy.title, version.number, version.source.filename) == ("投诉制度", 1, "投诉.txt")
    assert "".join(clause.text for clause in queries.clauses_of(version)) == version.text
    assert bytes(PolicySource.objects.get().content) == FIRST
    assert len(version.source.sha256) == 64


def test_clauses_keep_their_identity_in_the_next_version(quality: Actor, at: datetime) -> None:
    old = services.import_policy(actor=quality, at=at, content=FIRST)
    new = services.import_policy(actor=quality, at=at, content=SECOND, policy=old.policy_id)
    before = list(queries.clauses_of(old).values_list("identity", flat=True))
    after = list(queries.clauses_of(new).values_list("identity", flat=True))
    assert new.number == 2
    assert after[:4] == before
    assert after[4] not in before


def test_versions_are_laid_side_by_side(quality: Actor, at: datetime) -> None:
    old = services.import_policy(actor=quality, at=at, content=FIRST)
    new = services.import_policy(actor=quality, at=at, content=SECOND, policy=old.policy_id)
    pairs = queries.comparison(quality, old, new)
    assert [pair.change.value for pair in pairs] == ["unchanged", "unchanged", "changed", "unchanged", "new"]


def test_versions_of_two_policies_are_not_compared(quality: Actor, at: datetime) -> None:
    one = services.import_policy(actor=quality, at=at, content=FIRST)
    other = services.import_policy(actor=quality, at=at, content=SECOND)
    with pytest.raises(Missing):
        queries.comparison(quality, one, other)


@pytest.mark.parametrize("cast", ["reception", "surgeon"])
def test_others_may_not_import(cast: str, at: datetime, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Denied):
        services.import_policy(actor=request.getfixturevalue(cast), at=at, content=FIRST)
    assert not Policy.objects.exists()
    assert not PolicySource.objects.exists()


def test_surgeon_reads_and_reception_does_not(
    quality: Actor, surgeon: Actor, reception: Actor, at: datetime
) -> None:
    version = services.import_policy(actor=quality, at=at, content=FIRST)
    assert queries.version_for(surgeon, version.policy_id).id == version.id
    assert queries.policies_for_list(reception) == []
    with pytest.raises(Missing):
        queries.version_for(reception, version.policy_id)
    with pytest.raises(Missing):
        queries.clause_for(reception, Clause.objects.all()[0].id)


def test_unreadable_file_leaves_nothing(quality: Actor, at: datetime) -> None:
    with pytest.raises(Invalid) as caught:
        services.import_policy(actor=quality, at=at, content=b"", filename="a.txt")
    assert list(caught.value.fields) == ["file"]
    assert not PolicySource.objects.exists()


def test_next_version_of_an_unknown_policy_is_missing(quality: Actor, at: datetime) -> None:
    with pytest.raises(Missing):
        services.import_policy(actor=quality, at=at, content=FIRST, policy=quality.id)
    assert not PolicySource.objects.exists()


def test_job_reads_what_waits_and_only_once(quality: Actor, setup_actor: Actor, at: datetime) -> None:
    waiting = services.start_import(actor=quality, at=at, content=FIRST, filename="投诉.txt")
    assert "governance.finish_import" in jobs.registered()
    tasks.finish_import(id=str(waiting.id))
    again = services.finish_import(actor=setup_actor, at=at, waiting=waiting.id)
    assert again.state == "done"
    assert Policy.objects.count() == 1
    assert again.version is not None
    assert again.version.imported_by_id == quality.id


def test_job_says_why_a_file_failed(quality: Actor, setup_actor: Actor, at: datetime) -> None:
    waiting = services.start_import(actor=quality, at=at, content=b"%PDF-rubbish", filename="a.pdf")
    done = services.finish_import(actor=setup_actor, at=at, waiting=waiting.id)
    assert (done.state, done.version) == ("failed", None)
    assert done.error


def test_lost_job_is_swept_up(quality: Actor, at: datetime) -> None:
    waiting = services.start_import(actor=quality, at=at, content=FIRST)
    assert queries.imports_left_waiting(at) == []
    assert queries.imports_left_waiting(at + timedelta(minutes=3)) == [waiting.id]


def test_import_is_seen_by_whoever_started_it(quality: Actor, surgeon: Actor, at: datetime) -> None:
    waiting = services.start_import(actor=quality, at=at, content=FIRST)
    assert queries.import_for(quality, waiting.id).id == waiting.id
    with pytest.raises(Missing):
        queries.import_for(surgeon, waiting.id)


def test_subjects_are_labelled_for_readers_only(quality: Actor, reception: Actor, at: datetime) -> None:
    version = services.import_policy(actor=quality, at=at, content=FIRST)
    clause = queries.clauses_of(version)[2]
    shown = subjects.labels(quality, [(POLICY, version.policy_id), (CLAUSE, clause.id)])
    assert shown[POLICY, version.policy_id].label == "投诉制度"
    assert "5个工作日" in shown[CLAUSE, clause.id].label
    assert not subjects.label(reception, (CLAUSE, clause.id)).visible


def test_list_costs_the_same_for_one_and_three(
    quality: Actor, at: datetime, django_assert_num_queries: object
) -> None:
    for count in (1, 3):
        while Policy.objects.count() < count:
            services.import_policy(actor=quality, at=at, content=FIRST)
        with django_assert_num_queries(2):  # type: ignore[operator]
            assert len(queries.policies_for_list(quality)) == count
