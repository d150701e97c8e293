"""Laws are looked up in their turn, and one that changes is brought to every policy that answers it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from liangyi.domains.governance import services
from liangyi.domains.governance.models import Clause, Regulation, RegulationLink
from liangyi.domains.governance.queries.laws import (
    clauses_for_search,
    laws_for_list,
    links_of_law,
    links_of_policy,
)
from liangyi.domains.governance.rules.laws import is_due, next_check
from liangyi.domains.governance.services.laws import (
    add_regulation,
    change_regulation,
    check_regulation,
    link_clause,
    load_regulations,
    open_due_checks,
    shipped_regulations,
    unlink_clause,
)
from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Denied, Invalid, Missing
from liangyi.platform.worklist.models import WorkItem

TODAY = date(2026, 11, 23)
TEXT = "投诉制度\n一、受理\n接到投诉后5个工作日内答复。\n应做好记录。\n"


@pytest.fixture
def law(quality: Actor, at: datetime) -> Regulation:
    return add_regulation(actor=quality, at=at, title="医疗纠纷预防和处理条例", check_months=6)


@pytest.fixture
def clause(quality: Actor, at: datetime) -> Clause:
    version = services.import_policy(actor=quality, at=at, content=TEXT.encode())
    return version.clauses.get(position=2)


@pytest.mark.parametrize(
    ("checked", "months", "most", "day"),
    [
        (None, 6, 6, None),
        (date(2026, 5, 23), 6, 12, TODAY),
        (date(2026, 8, 23), 12, 3, TODAY),
        (date(2026, 8, 31), 6, 6, date(2027, 2, 28)),
    ],
)
def test_shorter_period_counts(checked: date | None, months: int, most: int, day: date | None) -> None:
    assert next_check(checked, months, most) == day
    assert is_due(checked, months, most, TODAY) == (day is None or day <= TODAY)


def test_shipped_list_is_loaded_once(setup_actor: Actor, at: datetime, db: None) -> None:
    first = load_regulations(actor=setup_actor, at=at)
    law = Regulation.objects.get(number="法释〔2025〕4号")
    assert law.effective_from == date(2025, 5, 1)
    change_regulation(actor=setup_actor, at=at, regulation=law.id, note="我们自己的话")
    second = load_regulations(actor=setup_actor, at=at)
    assert (first.added, second.added, second.known) == (len(shipped_regulations()), 0, first.added)
    assert first.added >= 15
    law.refresh_from_db()
    assert law.note == "我们自己的话"


def test_shipped_laws_say_how_they_were_confirmed() -> None:
    assert all(row["source"] and row["note"] for row in shipped_regulations())


def test_command_tells_what_it_did(db: None) -> None:
    out = StringIO()
    call_command("load_regulations", stdout=out)
    call_command("load_regulations", stdout=out)
    count = Regulation.objects.count()
    assert f"新登记 {count} 部法规，0 部已在清单里" in out.getvalue()
    assert f"新登记 0 部法规，{count} 部已在清单里" in out.getvalue()


def test_law_nobody_has_looked_up_is_due(law: Regulation, quality: Actor, at: datetime) -> None:
    (row,) = laws_for_list(quality, TODAY)
    assert (row.is_due, row.next_check) == (True, None)
    check_regulation(actor=quality, at=at, regulation=law.id, outcome="unchanged")
    (row,) = laws_for_list(quality, TODAY)
    assert (row.is_due, row.next_check) == (False, date(2027, 5, 23))
    assert laws_for_list(quality, TODAY, "due") == []


def test_check_is_work_and_looking_up_does_it(
    law: Regulation, quality: Actor, setup_actor: Actor, site: Site, at: datetime
) -> None:
    assert open_due_checks(actor=setup_actor, at=at) == 1
    open_due_checks(actor=setup_actor, at=at)
    item = WorkItem.objects.get()
    assert (item.kind, item.role) == ("governance.check_law", "quality")
    check_regulation(actor=quality, at=at, regulation=law.id, outcome="unchanged")
    item.refresh_from_db()
    assert item.done_by_id == quality.id
    assert open_due_checks(actor=setup_actor, at=at) == 0
    assert open_due_checks(actor=setup_actor, at=at + timedelta(days=175)) == 1


def test_changed_law_opens_work_for_every_policy_that_answers_it(
    law: Regulation, clause: Clause, quality: Actor, at: datetime
) -> None:
    link_clause(actor=quality, at=at, regulation=law.id, clause=clause.id, article="第十八条")
    with pytest.raises(Invalid):
        check_regulation(actor=quality, at=at, regulation=law.id, outcome="changed")
    check_regulation(actor=quality, at=at, regulation=law.id, outcome="changed", note="答复时限缩短")
    law.refresh_from_db()
    assert law.state == "changed"
    item = WorkItem.objects.get(kind="governance.answer_law")
    assert item.subject_id == clause.version.policy_id
    assert [row.law for row in laws_for_list(quality, TODAY, "changed")] == [law]


def test_clause_and_article_are_found_from_both_sides(
    law: Regulation, clause: Clause, quality: Actor, at: datetime
) -> None:
    first = link_clause(actor=quality, at=at, regulation=law.id, clause=clause.id, article="第十八条")
    assert (
        link_clause(actor=quality, at=at, regulation=law.id, clause=clause.id, article=" 第十八条") == first
    )
    (from_law,) = links_of_law(quality, law)
    (from_policy,) = links_of_policy(quality, clause.version.policy_id)
    assert from_law.clause == from_policy.clause == clause
    unlink_clause(actor=quality, at=at, link=first.id)
    assert not RegulationLink.objects.exists()
    with pytest.raises(Missing):
        unlink_clause(actor=quality, at=at, link=first.id)


def test_link_lives_on_in_the_next_version(
    law: Regulation, clause: Clause, quality: Actor, at: datetime
) -> None:
    link_clause(actor=quality, at=at, regulation=law.id, clause=clause.id)
    second = services.import_policy(
        actor=quality, at=at, content=TEXT.replace("5个", "3个").encode(), policy=clause.version.policy_id
    )
    (row,) = links_of_law(quality, law)
    assert row.clause is not None
    assert row.clause.version_id == second.id


def test_clauses_are_found_by_their_words(clause: Clause, quality: Actor, reception: Actor) -> None:
    assert clauses_for_search(quality, "投诉 答复") == [clause]
    assert clauses_for_search(quality, " ") == []
    assert clauses_for_search(reception, "投诉") == []


def test_same_law_is_listed_once(law: Regulation, quality: Actor, at: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        add_regulation(actor=quality, at=at, title=law.title)
    assert "title" in refused.value.fields
    with pytest.raises(Invalid):
        add_regulation(actor=quality, at=at, title=" ")
    with pytest.raises(Invalid):
        add_regulation(actor=quality, at=at, title="别的", check_months=0)


@pytest.mark.parametrize("role", ["reception", "surgeon", "admin"])
def test_others_change_no_law(
    law: Regulation, person: Callable[..., Account], at: datetime, role: str
) -> None:
    stranger = actor_for(person(role))
    with pytest.raises(Denied):
        check_regulation(actor=stranger, at=at, regulation=law.id, outcome="changed", note="改了")
    with pytest.raises(Denied):
        change_regulation(actor=stranger, at=at, regulation=law.id, title="别的")
    law.refresh_from_db()
    assert (law.state, law.title) == ("in_force", "医疗纠纷预防和处理条例")


def test_list_costs_the_same_for_few_and_many(
    quality: Actor, at: datetime, django_assert_num_queries: Callable[..., object]
) -> None:
    for titles in ("甲", "乙丙"):
        for title in titles:
            add_regulation(actor=quality, at=at, title=title)
        with django_assert_num_queries(2):  # type: ignore[attr-defined]
            laws_for_list(quality, TODAY)
