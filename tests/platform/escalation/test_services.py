from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from liangyi.platform.access.models import Account, Site
from liangyi.platform.actors import Actor
from liangyi.platform.escalation.services import escalate
from liangyi.platform.messages.models import Message
from liangyi.platform.worklist.services import open_item


@pytest.fixture
def late(site: Site, at: datetime, setup_actor: Actor) -> datetime:
    """The moment at which a breach nobody has looked into has been overdue for a working day."""
    open_item(
        actor=setup_actor,
        at=at,
        kind="controls.breach",
        site=site,
        subject=("controls.breach", uuid4()),
        role="quality",
        due_at=at,
        facts={"control": "door.key"},
    )
    return at + timedelta(days=1)


def test_directors_of_the_site_are_told_once(
    late: datetime, setup_actor: Actor, other_site: Site, person: Callable[..., Account]
) -> None:
    director = person("director")
    person("director", "elsewhere", at_site=other_site)
    person("nurse")
    assert escalate(actor=setup_actor, at=late) == 1
    assert escalate(actor=setup_actor, at=late + timedelta(hours=1)) == 0
    message = Message.objects.get()
    assert message.account_id == director.id
    assert message.params == {"title": "处理违规：door.key", "due": "2026-11-23 09:30"}


def test_late_work_without_a_director_is_marked_all_the_same(late: datetime, setup_actor: Actor) -> None:
    assert escalate(actor=setup_actor, at=late) == 1
    assert not Message.objects.exists()
