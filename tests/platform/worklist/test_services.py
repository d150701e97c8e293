from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor, system
from liangyi.platform.errors import Conflict, Denied, Invalid, Missing
from liangyi.platform.worklist import kinds
from liangyi.platform.worklist.kinds import WorkKind
from liangyi.platform.worklist.models import WorkItem
from liangyi.platform.worklist.services import (
    Personal,
    assign_item,
    cancel_for,
    finish_for,
    finish_item,
    open_item,
    open_personal_items,
)

pytestmark = pytest.mark.usefixtures("_letters")
Person = Callable[..., Account]
LETTER = ("letter", UUID(int=7))


def open_letter(site: Site, at: datetime, role: str = "reception", **more: Any) -> WorkItem:
    due_at = more.pop("due_at", at + timedelta(hours=4))
    return open_item(
        actor=system("test"),
        at=at,
        kind="letter.answer",
        site=site,
        subject=more.pop("subject", LETTER),
        role=role,
        due_at=due_at,
        **more,
    )


def test_opening_twice_makes_one_item(site: Site, at: datetime) -> None:
    assert open_letter(site, at).id == open_letter(site, at + timedelta(days=1)).id
    assert WorkItem.objects.count() == 1


def test_opening_after_it_was_done_makes_another(site: Site, at: datetime) -> None:
    first = open_letter(site, at)
    assert finish_for(LETTER, "letter.answer", actor=system("test"), at=at) == 1
    assert open_letter(site, at).id != first.id


def test_opening_an_unknown_kind_is_an_error(site: Site, at: datetime, setup_actor: Actor) -> None:
    with pytest.raises(LookupError):
        open_item(actor=setup_actor, at=at, kind="no.such", site=site, subject=LETTER, role="x", due_at=at)


def test_finishing_by_the_role_notes_who(site: Site, at: datetime, person: Person) -> None:
    reception = actor_for(person("reception"))
    item = finish_item(actor=reception, at=at, item=open_letter(site, at).id, note="已回")
    assert (item.done_at, item.done_by_id, item.note) == (at, reception.id, "已回")


def test_finishing_twice_is_a_conflict(site: Site, at: datetime, person: Person) -> None:
    reception, item = actor_for(person("reception")), open_letter(site, at)
    finish_item(actor=reception, at=at, item=item.id)
    with pytest.raises(Conflict):
        finish_item(actor=reception, at=at, item=item.id)


def test_finishing_by_another_role_or_site_is_missing(
    site: Site, other_site: Site, at: datetime, person: Person
) -> None:
    item = open_letter(site, at)
    for stranger in (person("nurse"), person("reception", "outsider", at_site=other_site)):
        with pytest.raises(Missing):
            finish_item(actor=actor_for(stranger), at=at, item=item.id)
    item.refresh_from_db()
    assert item.done_at is None


def test_assigned_item_is_the_assignees_alone(site: Site, at: datetime, person: Person) -> None:
    reception, nurse = actor_for(person("reception")), actor_for(person("nurse"))
    item = open_letter(site, at)
    assign_item(actor=reception, item=item.id, assignee=nurse.id)  # type: ignore[arg-type]
    with pytest.raises(Missing):
        finish_item(actor=reception, at=at, item=item.id)
    assert finish_item(actor=nurse, at=at, item=item.id).done_by_id == nurse.id


def test_assigning_anothers_item_needs_the_permission(site: Site, at: datetime, person: Person) -> None:
    nurse, director = actor_for(person("nurse")), actor_for(person("director"))
    item = open_letter(site, at)
    with pytest.raises(Denied):
        assign_item(actor=nurse, item=item.id, assignee=nurse.id)  # type: ignore[arg-type]
    assert assign_item(actor=director, item=item.id, assignee=nurse.id).assignee_id == nurse.id  # type: ignore[arg-type]


def test_assigning_to_somebody_who_does_not_work_there_is_invalid(
    site: Site, other_site: Site, at: datetime, person: Person
) -> None:
    outsider = person("reception", "outsider", at_site=other_site)
    with pytest.raises(Invalid):
        assign_item(actor=system("test"), item=open_letter(site, at).id, assignee=outsider.id)


def test_cancelling_leaves_other_kinds_open(site: Site, at: datetime) -> None:
    open_letter(site, at)
    assert cancel_for(LETTER, "other.kind", actor=system("test"), at=at) == 0
    assert cancel_for(LETTER, actor=system("test"), at=at) == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_threads_opening_the_same_item_make_one(site: Site, at: datetime) -> None:
    def open_once(_: int) -> UUID:
        try:
            return open_letter(site, at).id
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        found = set(pool.map(open_once, range(20)))
    assert len(found) == WorkItem.objects.count() == 1


def test_work_done_on_its_own_page_is_not_ticked_off(
    site: Site, person: Person, setup_actor: Actor, at: datetime
) -> None:
    kinds.register(WorkKind("letter.read", lambda facts: "读信", lambda item: "/letters/", by_hand=False))
    reader = person("nurse")
    work = Personal("letter.read", site.id, ("letter", UUID(int=1)), reader.id, at)
    assert open_personal_items([work, work], actor=setup_actor, at=at) == 1
    item = WorkItem.objects.get()
    with pytest.raises(Invalid):
        finish_item(actor=actor_for(reader), at=at, item=item.id)
    with pytest.raises(Invalid):
        assign_item(actor=setup_actor, item=item.id, assignee=person("surgeon").id)
    assert finish_for(("letter", UUID(int=1)), "letter.read", actor=setup_actor, at=at) == 1
