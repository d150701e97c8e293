"""Whoever has to read a policy is asked, reads to the end, passes the test; who does not is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from liangyi.domains.governance import services
from liangyi.domains.governance.models import PolicyVersion, Receipt
from liangyi.domains.governance.rules.living import Asked
from liangyi.domains.governance.services.life import release_version, retire_policy, submit_version
from liangyi.domains.governance.services.receipts import (
    answer_test,
    ask_new_readers,
    confirm_reading,
    note_progress,
    write_test,
)
from liangyi.platform.access.models import Account, Grant, Role, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor
from liangyi.platform.approvals import queries as approvals
from liangyi.platform.approvals.services import decide
from liangyi.platform.audit.services import recorded
from liangyi.platform.controls.models import Breach
from liangyi.platform.controls.watches import run_watches
from liangyi.platform.errors import Conflict, Denied, Invalid, Missing
from liangyi.platform.worklist.models import WorkItem
from liangyi.platform.worklist.queries import my_work

TEXT = "投诉制度\n一、受理\n接到投诉后5个工作日内答复。\n应做好记录。\n"
TEST = [Asked("几个工作日内答复？", ("3 个", "5 个"), 1), Asked("要不要记录？", ("要", "不要"), 0)]
TODAY = date(2026, 11, 23)
LAST = 3


@pytest.fixture
def nurse(person: Callable[..., Account]) -> Actor:
    return actor_for(person("nurse"))


@pytest.fixture
def approved(quality: Actor, person: Callable[..., Account], at: datetime) -> PolicyVersion:
    director = actor_for(person("director"))
    version = services.import_policy(actor=quality, at=at, content=TEXT.encode())
    submit_version(actor=quality, at=at, version=version.id)
    decide(actor=director, at=at, approval=approvals.waiting_for(director)[0], approve=True)
    return version


@pytest.fixture
def release(approved: PolicyVersion, quality: Actor, at: datetime) -> Callable[..., PolicyVersion]:
    """`release(["nurse"])`: in force today, to be read by nurses."""

    def go(readers: list[str], day: date = TODAY) -> PolicyVersion:
        return release_version(actor=quality, at=at, version=approved.id, effective_from=day, readers=readers)

    return go


Release = Callable[..., PolicyVersion]


def test_everybody_with_the_role_is_asked_at_every_site(
    release: Release, nurse: Actor, person: Callable[..., Account], other_site: Site, at: datetime
) -> None:
    person("nurse", "there", at_site=other_site)
    person("reception")
    release(["nurse"])
    assert set(Receipt.objects.values_list("account__username", "site__name")) == {
        ("nurse", "良医医疗美容医院"),
        ("there", "良医口腔诊所"),
    }
    (card,) = my_work(nurse, at).next
    assert (card.title, card.due_at.date()) == ("阅读制度：投诉制度（第 1 版）", date(2026, 12, 2))


def test_reading_to_the_end_and_confirming_is_the_receipt(
    release: Release, nurse: Actor, at: datetime
) -> None:
    release(["nurse"])
    receipt = Receipt.objects.get()
    note_progress(actor=nurse, at=at, receipt=receipt.id, position=1)
    with pytest.raises(Invalid):
        confirm_reading(actor=nurse, at=at, receipt=receipt.id)
    note_progress(actor=nurse, at=at, receipt=receipt.id, position=99)
    assert note_progress(actor=nurse, at=at, receipt=receipt.id, position=0).read_to == LAST
    assert confirm_reading(actor=nurse, at=at, receipt=receipt.id).completed_at == at
    assert my_work(nurse, at).next == []
    with pytest.raises(Conflict):
        confirm_reading(actor=nurse, at=at, receipt=receipt.id)


def test_test_must_be_all_right_and_every_go_is_kept(
    approved: PolicyVersion, release: Release, quality: Actor, nurse: Actor, at: datetime
) -> None:
    write_test(actor=quality, at=at, version=approved.id, questions=TEST)
    release(["nurse"])
    receipt = Receipt.objects.get()
    with pytest.raises(Invalid):
        answer_test(actor=nurse, at=at, receipt=receipt.id, answers=[1, 0])
    note_progress(actor=nurse, at=at, receipt=receipt.id, position=LAST)
    assert confirm_reading(actor=nurse, at=at, receipt=receipt.id).completed_at is None
    with pytest.raises(Invalid):
        answer_test(actor=nurse, at=at, receipt=receipt.id, answers=[1, None])
    assert answer_test(actor=nurse, at=at, receipt=receipt.id, answers=[0, 0]).right == 1
    assert answer_test(actor=nurse, at=at, receipt=receipt.id, answers=[1, 0]).right == 2
    receipt.refresh_from_db()
    assert receipt.completed_at == at
    assert receipt.attempts.count() == 2


def test_nobody_reads_for_another(release: Release, nurse: Actor, quality: Actor, at: datetime) -> None:
    release(["nurse"])
    receipt = Receipt.objects.get()
    for call in (note_progress, answer_test):
        more = {"position": LAST} if call is note_progress else {"answers": []}
        with pytest.raises(Missing):
            call(actor=quality, at=at, receipt=receipt.id, **more)  # type: ignore[operator]
    with pytest.raises(Missing):
        confirm_reading(actor=quality, at=at, receipt=receipt.id)
    assert Receipt.objects.get().read_to == -1


def test_test_is_written_before_release_by_whoever_sees_to_policies(
    approved: PolicyVersion, release: Release, quality: Actor, nurse: Actor, at: datetime
) -> None:
    with pytest.raises(Denied):
        write_test(actor=nurse, at=at, version=approved.id, questions=TEST)
    with pytest.raises(Invalid) as refused:
        write_test(actor=quality, at=at, version=approved.id, questions=[Asked("问", ("甲",), 0)])
    assert "question_0" in refused.value.fields
    write_test(actor=quality, at=at, version=approved.id, questions=TEST)
    write_test(actor=quality, at=at, version=approved.id, questions=TEST[:1])
    assert approved.questions.count() == 1
    release([])
    with pytest.raises(Conflict):
        write_test(actor=quality, at=at, version=approved.id, questions=TEST)


def test_new_hand_is_asked_at_night_and_who_leaves_the_role_is_excused(
    release: Release, nurse: Actor, person: Callable[..., Account], setup_actor: Actor, at: datetime
) -> None:
    release(["nurse"])
    newcomer = person("nurse", "newcomer")
    with recorded(setup_actor):
        Grant.objects.filter(account=nurse.id).delete()
    assert ask_new_readers(actor=setup_actor, at=at + timedelta(days=1)) == 1
    assert ask_new_readers(actor=setup_actor, at=at + timedelta(days=1)) == 0
    assert Receipt.objects.get(cancelled_at=None).account_id == newcomer.id
    with recorded(setup_actor):
        role = Role.objects.get(code="nurse")
        Grant.objects.create(account_id=nurse.id, role=role, site=Site.objects.get())
    assert ask_new_readers(actor=setup_actor, at=at + timedelta(days=2)) == 1
    assert Receipt.objects.filter(cancelled_at=None).count() == 2
    assert WorkItem.objects.filter(kind="governance.read_policy", cancelled_at=None).count() == 2


def test_late_reader_is_a_breach_until_it_is_read(
    release: Release, nurse: Actor, setup_actor: Actor, at: datetime
) -> None:
    release(["nurse"])
    code = "governance.reading_late"
    assert run_watches(at, codes=[code])[code].opened == 0
    late = at + timedelta(days=12)
    assert run_watches(late, codes=[code])[code].opened == 1
    receipt = Receipt.objects.get()
    assert Breach.objects.get().subject_id == receipt.id
    note_progress(actor=nurse, at=late, receipt=receipt.id, position=LAST)
    confirm_reading(actor=nurse, at=late, receipt=receipt.id)
    assert run_watches(late, codes=[code])[code].closed == 1


def test_retired_policy_is_not_to_be_read(
    release: Release, nurse: Actor, approved: PolicyVersion, at: datetime
) -> None:
    release(["nurse"])
    director = actor_for(Account.objects.get(username="director"))
    retire_policy(actor=director, at=at, policy=approved.policy_id, reason="不再开展")
    assert Receipt.objects.get().cancelled_at == at
    assert my_work(nurse, at).next == []


def test_unknown_role_and_no_time_are_refused(
    approved: PolicyVersion, release: Release, quality: Actor, at: datetime
) -> None:
    with pytest.raises(Invalid):
        release(["astronaut"])
    with pytest.raises(Invalid):
        release_version(
            actor=quality, at=at, version=approved.id, effective_from=TODAY, readers=["nurse"], due_days=0
        )
    assert not Receipt.objects.exists()


def test_asking_costs_the_same_for_few_and_many(
    release: Release,
    person: Callable[..., Account],
    setup_actor: Actor,
    at: datetime,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    release(["nurse"])
    for names in (["a"], ["b", "c", "d"]):
        for name in names:
            person("nurse", name)
        with django_assert_max_num_queries(17):  # type: ignore[attr-defined]
            assert ask_new_readers(actor=setup_actor, at=at) == len(names)
