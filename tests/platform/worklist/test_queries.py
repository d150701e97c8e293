from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor
from liangyi.platform.worklist.queries import WorkCounts, count_my_work, my_work

from .test_services import open_letter

pytestmark = pytest.mark.usefixtures("_letters")


@pytest.fixture
def reception(person: Callable[..., Account]) -> Actor:
    return actor_for(person("reception"))


def letter(n: int) -> tuple[str, UUID]:
    return ("letter", UUID(int=n))


def test_my_work_is_grouped_by_urgency(site: Site, at: datetime, reception: Actor) -> None:
    for n, hours in ((1, -1), (2, 3), (3, 24), (4, 15)):  # at is 09:30 there: 15 hours on is tomorrow
        open_letter(site, at, subject=letter(n), due_at=at + timedelta(hours=hours), facts={"n": n})
    work = my_work(reception, at)
    assert [[card.title for card in group] for group in (work.late, work.today, work.next)] == [
        ["回信 1"],
        ["回信 2"],
        ["回信 4", "回信 3"],
    ]
    assert count_my_work(reception, at) == WorkCounts(late=1, today=1)


def test_my_work_shows_my_roles_at_my_active_site(
    site: Site, other_site: Site, at: datetime, reception: Actor
) -> None:
    open_letter(other_site, at, subject=letter(1))
    open_letter(site, at, role="nurse", subject=letter(2))
    assert not my_work(reception, at).today
    open_letter(site, at, subject=letter(3))
    assert not my_work(reception.at(None), at).today
    assert my_work(reception, at).today[0].subject.label == "信 3"


def test_my_work_shows_what_is_assigned_to_me_and_hides_the_others(
    site: Site, at: datetime, reception: Actor, person: Callable[..., Account]
) -> None:
    open_letter(site, at, role="", assignee=reception.id, subject=letter(1))
    open_letter(site, at, assignee=person("nurse"), subject=letter(2))
    assert [card.subject.label for card in my_work(reception, at).today] == ["信 1"]


def test_my_work_names_no_subject_that_is_not_for_my_eyes(site: Site, at: datetime, reception: Actor) -> None:
    open_letter(site, at, subject=letter(0))
    subject = my_work(reception, at).today[0].subject
    assert (subject.visible, subject.url) == (False, "")


@pytest.mark.parametrize("rows", [1, 3])
def test_my_work_costs_one_statement(
    rows: int, site: Site, at: datetime, reception: Actor, django_assert_num_queries: Any
) -> None:
    for n in range(1, rows + 1):
        open_letter(site, at, subject=letter(n))
    with django_assert_num_queries(1):
        my_work(reception, at)
