"""Sending what is due, each thing at most once.

A mail is claimed in a transaction of its own before it is handed over, so whatever happens afterwards it
is not sent a second time by chance. When the server certainly did not take it, it is tried again later;
when nobody knows, it has failed, and a person is asked to see to it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from liangyi.platform.actors import system
from liangyi.platform.audit.services import recorded
from liangyi.platform.messages.catalogue import render
from liangyi.platform.messages.mail import Attempt, Mail, has_mail_server, send
from liangyi.platform.messages.models import Message
from liangyi.platform.worklist.services import open_item

SENDER = system("job:messages")
MOST_ATTEMPTS = 5
STUCK_AFTER = timedelta(minutes=10)
STALE_AFTER = timedelta(days=3)
FAILED = "messages.failed"
DUE_WITHIN = timedelta(days=1)


def send_due(at: datetime) -> int:
    """Deliver everything due at `at`; returns how many messages were sent.

    Without a mail server mails stay waiting. A mail that could not go out for STALE_AFTER is given up:
    a reminder three days late only confuses.
    """
    sent = _deliver_in_app(at)
    _give_up_stuck(at)
    if not has_mail_server():
        return sent
    _give_up_stale(at)
    while (message := _claim(at)) is not None:
        sent += _settle(message, _send(message), at)
    return sent


def waiting(at: datetime) -> QuerySet[Message]:
    """What is due and neither said, cancelled, failed nor being handed over."""
    return Message.objects.filter(
        due_at__lte=at, sent_at=None, cancelled_at=None, failed_at=None, sending_at=None
    )


def _deliver_in_app(at: datetime) -> int:
    due = waiting(at).filter(channel=Message.Channel.IN_APP)
    if not due.exists():
        return 0
    with recorded(SENDER):
        return due.update(sent_at=at)


def _claim(at: datetime) -> Message | None:
    """The next mail due, marked as being sent and committed as such."""
    with recorded(SENDER):
        due = waiting(at).filter(channel=Message.Channel.MAIL).order_by("due_at", "id")
        message = due.select_for_update(skip_locked=True).first()
        if message is not None:
            message.sending_at, message.attempts = at, message.attempts + 1
            message.save(update_fields=["sending_at", "attempts"])
        return message


def _send(message: Message) -> Attempt:
    try:
        text = render(message.template, message.params, message.language)
    except LookupError:
        return Attempt("refused", f"no template {message.template}")
    return send(Mail(str(message.id), message.address, text.subject, text.body))


def _settle(message: Message, attempt: Attempt, at: datetime) -> bool:
    """Write down what became of a claimed mail."""
    message.sending_at, message.error = None, attempt.reason[:200]
    if attempt.outcome == "sent":
        message.sent_at = at
    elif attempt.outcome == "later" and message.attempts < MOST_ATTEMPTS:
        message.due_at = at + timedelta(minutes=2**message.attempts)
    else:
        message.failed_at = at
    with recorded(SENDER):
        message.save(update_fields=["sending_at", "error", "sent_at", "due_at", "failed_at"])
        if message.failed_at is not None:
            _ask_somebody(message, at)
    return attempt.outcome == "sent"


def _give_up_stuck(at: datetime) -> None:
    """A claim this old is of a worker that died while handing over: it may have gone out or not."""
    claimed = Q(sending_at__lt=at - STUCK_AFTER, sent_at=None, failed_at=None)
    if not Message.objects.filter(claimed).exists():
        return
    with recorded(SENDER):
        for message in Message.objects.select_for_update(skip_locked=True).filter(claimed).order_by("id"):
            message.sending_at, message.failed_at = None, at
            message.error = "interrupted while sending: may or may not have been delivered"
            message.save(update_fields=["sending_at", "failed_at", "error"])
            _ask_somebody(message, at)


def _give_up_stale(at: datetime) -> None:
    stale = waiting(at).filter(channel=Message.Channel.MAIL, due_at__lt=at - STALE_AFTER)
    if stale.exists():
        with recorded(SENDER):
            stale.update(failed_at=at, error="not sent within three days")


def _ask_somebody(message: Message, at: datetime) -> None:
    """Work for the reception of the message's site; a message of no site has nobody to ask."""
    if message.site_id is None:
        return
    open_item(
        actor=SENDER,
        at=at,
        kind=FAILED,
        site=message.site_id,
        subject=("messages.message", message.id),
        role="reception",
        due_at=at + DUE_WITHIN,
        facts={
            "template": message.template,
            "subject": [message.subject_type, str(message.subject_id or "")],
        },
    )
