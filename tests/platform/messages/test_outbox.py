from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.messages.models import Message
from liangyi.platform.messages.outbox import MOST_ATTEMPTS, send_due
from liangyi.platform.messages.queries import state_of
from liangyi.platform.messages.services import cancel_for, queue
from liangyi.platform.worklist.models import WorkItem

SUBJECT = ("test.thing", uuid4())


@pytest.fixture
def letter(hello: str, setup_actor: Actor, at: datetime, site: Site) -> Callable[..., None]:
    def letter(key: str = "one", **more: object) -> None:
        given = {"address": "wang@example.com", "params": {"name": "王小明"}, "subject": SUBJECT, **more}
        queue(actor=setup_actor, at=at, key=key, template=hello, channel="mail", site=site, **given)  # type: ignore[arg-type]

    return letter


def test_mail_is_sent_once(mail, letter, at: datetime) -> None:
    letter()
    assert send_due(at) == 1
    assert send_due(at + timedelta(days=1)) == 0
    [sent] = mail.letters
    assert sent["To"] == "wang@example.com"
    assert sent["From"] == "clinic@example.com"
    assert str(Message.objects.get().id) in sent["Message-ID"]
    assert sent.get_content().strip() == "王小明，您好"


def test_mail_waits_until_it_is_due(mail, letter, at: datetime) -> None:
    letter(due_at=at + timedelta(hours=2))
    assert send_due(at) == 0
    assert send_due(at + timedelta(hours=2)) == 1


def test_cancelled_mail_is_not_sent(mail, letter, setup_actor: Actor, at: datetime) -> None:
    letter()
    cancel_for(SUBJECT, actor=setup_actor, at=at)
    assert send_due(at) == 0
    assert mail.letters == []


def test_mail_waits_without_a_server(no_mail, letter, at: datetime) -> None:
    letter()
    assert send_due(at) == 0
    assert str(state_of(Message.objects.get())) == "未配置邮件"


def test_mail_is_tried_again_later_and_given_up(mail, letter, at: datetime) -> None:
    mail.rcpt = "451 busy"
    letter()
    for day in range(MOST_ATTEMPTS + 2):
        send_due(at + timedelta(hours=day))
    message = Message.objects.get()
    assert (message.attempts, message.error) == (MOST_ATTEMPTS, "451 busy")
    assert str(state_of(message)) == "未送达"
    assert WorkItem.objects.get().kind == "messages.failed"


def test_mail_tried_again_arrives_once(mail, letter, at: datetime) -> None:
    mail.rcpt = "451 busy"
    letter()
    send_due(at)
    mail.rcpt = "250 ok"
    assert send_due(at) == 0
    assert send_due(at + timedelta(minutes=2)) == 1
    assert len(mail.letters) == 1


def test_server_that_cannot_be_reached_is_tried_again(mail, letter, at: datetime) -> None:
    letter()
    mail.shutdown()
    mail.server_close()
    send_due(at)
    message = Message.objects.get()
    assert (message.failed_at, message.due_at) == (None, at + timedelta(minutes=2))


def test_refused_receiver_fails_at_once(mail, letter, at: datetime) -> None:
    mail.rcpt = "550 no such user"
    letter()
    send_due(at)
    assert Message.objects.get().failed_at == at


def test_address_that_cannot_be_one_fails_at_once(mail, letter, at: datetime) -> None:
    letter(address="a@b\nBcc: c@d")
    assert send_due(at) == 0
    assert Message.objects.get().failed_at == at
    assert mail.letters == []


def test_mail_of_unknown_outcome_is_never_sent_again(mail, letter, at: datetime) -> None:
    mail.hangs_up = True
    letter()
    send_due(at)
    mail.hangs_up = False
    send_due(at + timedelta(days=1))
    assert len(mail.letters) == 1
    assert Message.objects.get().failed_at == at
    assert WorkItem.objects.count() == 1


def test_claim_of_a_dead_worker_is_not_sent_again(mail, letter, setup_actor: Actor, at: datetime) -> None:
    letter()
    with recorded(setup_actor):
        Message.objects.update(sending_at=at, attempts=1)
    send_due(at + timedelta(minutes=5))
    assert Message.objects.get().failed_at is None
    send_due(at + timedelta(minutes=11))
    assert Message.objects.get().failed_at == at + timedelta(minutes=11)
    assert mail.letters == []
    assert WorkItem.objects.get().role == "reception"


def test_mail_long_overdue_is_given_up(mail, letter, at: datetime) -> None:
    letter()
    send_due(at + timedelta(days=4))
    assert mail.letters == []
    assert Message.objects.get().failed_at is not None


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_mail_once(mail, letter, at: datetime) -> None:
    for number in range(12):
        letter(str(number), address=f"p{number}@example.com")

    def work() -> None:
        send_due(at)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(sent["To"] for sent in mail.letters) == sorted(f"p{n}@example.com" for n in range(12))
