from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liangyi.platform import actors
from liangyi.platform.access.models import Account, Site
from liangyi.platform.actors import Actor
from liangyi.platform.messages.models import Message
from liangyi.platform.messages.queries import inbox_for, state_of, unread_count
from liangyi.platform.messages.services import Outgoing, cancel_for, mark_read, queue, queue_many

pytestmark = pytest.mark.usefixtures("no_mail")


@pytest.fixture
def nurse(site: Site, setup_actor: Actor) -> Account:
    from liangyi.platform.audit.services import recorded

    with recorded(setup_actor):
        return Account.objects.create(username="nurse", display_name="护士", email="nurse@example.com")


@pytest.fixture
def say(hello: str, setup_actor: Actor, at: datetime, nurse: Account) -> Callable[..., None]:
    def say(key: str = "one", **more: object) -> None:
        given = {"channel": "in_app", "account": nurse, "params": {"name": "王小明"}, **more}
        queue(actor=setup_actor, at=at, key=key, template=hello, **given)  # type: ignore[arg-type]

    return say


def reader(account: Account) -> Actor:
    return actors.staff(account.id, account.display_name, {})


def test_in_app_message_is_there_at_once(say, nurse: Account, at: datetime) -> None:
    say()
    [item] = inbox_for(reader(nurse))
    assert (item.body, item.sent_at, item.is_read) == ("王小明，您好", at, False)
    assert unread_count(reader(nurse)) == 1


def test_message_is_never_said_twice(say) -> None:
    say()
    say(params={"name": "李四"})
    assert Message.objects.get().params == {"name": "王小明"}


def test_inbox_is_the_readers_own(say, setup_actor: Actor) -> None:
    say()
    assert inbox_for(actors.staff(uuid4(), "somebody", {})) == []
    assert inbox_for(setup_actor) == []
    assert mark_read(actor=setup_actor, at=None) == 0  # type: ignore[arg-type]


def test_later_message_is_not_in_the_inbox_yet(say, nurse: Account, at: datetime) -> None:
    say(due_at=at + timedelta(hours=1))
    assert inbox_for(reader(nurse)) == []


def test_mark_read_counts_each_message_once(say, nurse: Account, at: datetime) -> None:
    say("one")
    say("two")
    first = inbox_for(reader(nurse))[-1]
    assert mark_read(actor=reader(nurse), at=at, ids=[first.id]) == 1
    assert mark_read(actor=reader(nurse), at=at) == 1
    assert unread_count(reader(nurse)) == 0


def test_inbox_pages_by_id(say, nurse: Account) -> None:
    for number in range(5):
        say(str(number))
    page = inbox_for(reader(nurse), limit=3)
    rest = inbox_for(reader(nurse), before=page[-1].id)
    assert len({item.id for item in page + rest}) == 5


def test_queue_many_is_one_insert(hello: str, nurse: Account, setup_actor: Actor, at: datetime) -> None:
    messages = [Outgoing(str(n), hello, "in_app", account=nurse, params={"name": "x"}) for n in range(20)]
    with CaptureQueriesContext(connection) as captured:
        queue_many(messages, actor=setup_actor, at=at)
    assert sum(query["sql"].startswith("INSERT") for query in captured) == 1
    assert Message.objects.count() == 20


def test_mail_goes_to_the_accounts_address_in_its_language(say, nurse: Account) -> None:
    nurse.language = "en"
    say(channel="mail")
    message = Message.objects.get()
    assert (message.address, message.language, message.sent_at) == ("nurse@example.com", "en", None)


def test_mail_without_a_server_says_so(say) -> None:
    say(channel="mail")
    assert str(state_of(Message.objects.get())) == "未配置邮件"


def test_queue_refuses_what_cannot_be_said(say, nurse: Account) -> None:
    with pytest.raises(ValueError, match="name"):
        say(params={})
    with pytest.raises(ValueError, match="nobody"):
        say(account=None)
    nurse.email = ""
    with pytest.raises(ValueError, match="nobody"):
        say(channel="mail")
    assert not Message.objects.exists()


def test_cancel_for_stops_what_was_not_said(say, setup_actor: Actor, at: datetime) -> None:
    about = ("test.thing", uuid4())
    say("now", subject=about)
    say("later", subject=about, due_at=at + timedelta(hours=1))
    say("other", due_at=at + timedelta(hours=1))
    assert cancel_for(about, "test.other", actor=setup_actor, at=at) == 0
    assert cancel_for(about, actor=setup_actor, at=at) == 1
    assert str(state_of(Message.objects.get(key="later"))) == "已取消"
