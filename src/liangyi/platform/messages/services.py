"""Queueing and cancelling what is to be said. Sending is in `outbox`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from liangyi.platform import jobs
from liangyi.platform.access.models import Account, Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.messages.catalogue import templates
from liangyi.platform.messages.mail import has_mail_server
from liangyi.platform.messages.models import Message
from liangyi.platform.statements import insert
from liangyi.platform.subjects import Subject

SEND = "messages.send_due"
IN_APP, MAIL = Message.Channel.IN_APP, Message.Channel.MAIL


@dataclass(frozen=True)
class Outgoing:
    """One message to be said. In-app goes to an `account`; mail to `address`, or to the account's own.

    `key` says what it is about to whom ("scheduling.reminder:<appointment>:mail"). Without `due_at` it is
    due now; without `language` it is in the account's.
    """

    key: str
    template: str
    channel: str
    account: Account | None = None
    address: str = ""
    site: Site | UUID | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    subject: Subject | None = None
    due_at: datetime | None = None
    language: str = ""


def queue(
    *,
    actor: Actor,
    at: datetime,
    key: str,
    template: str,
    channel: str,
    account: Account | None = None,
    address: str = "",
    site: Site | UUID | None = None,
    params: Mapping[str, Any] | None = None,
    subject: Subject | None = None,
    due_at: datetime | None = None,
    language: str = "",
) -> None:
    """Say one thing once: a second call with the same key changes nothing. See Outgoing."""
    message = Outgoing(
        key, template, channel, account, address, site, params or {}, subject, due_at, language
    )
    queue_many([message], actor=actor, at=at)


def queue_many(messages: Sequence[Outgoing], *, actor: Actor, at: datetime) -> None:
    """Put messages into the outbox in one statement; those whose key is there already are left alone.

    In-app messages due now are there at once. Raises LookupError for an unknown template and
    ValueError for a param that is missing or a receiver that is.
    """
    rows = [_row(message, at) for message in messages]
    if not rows:
        return
    with recorded(actor):
        insert(rows)
    if any(row.channel == MAIL and row.due_at <= at for row in rows) and has_mail_server():
        jobs.defer(SEND, once=SEND)


def cancel_for(subject: Subject, template: str | None = None, *, actor: Actor, at: datetime) -> int:
    """The reason has gone away: what has not been said about `subject` will not be. Returns how many.

    A mail that is being handed over at this moment can no longer be held back.
    """
    waiting = Message.objects.filter(
        subject_type=subject[0],
        subject_id=subject[1],
        sent_at=None,
        cancelled_at=None,
        failed_at=None,
        sending_at=None,
    )
    if template is not None:
        waiting = waiting.filter(template=template)
    with recorded(actor):
        return waiting.update(cancelled_at=at)


def mark_read(*, actor: Actor, at: datetime, ids: Sequence[UUID] | None = None) -> int:
    """The actor has read these in-app messages of their own, or all of them. Returns how many were new."""
    unread = Message.objects.filter(
        account=actor.id, channel=IN_APP, sent_at__isnull=False, cancelled_at=None, read_at=None
    )
    if ids is not None:
        unread = unread.filter(id__in=ids)
    if actor.id is None:
        return 0
    with recorded(actor, own=True):
        return unread.update(read_at=at)


def _row(message: Outgoing, at: datetime) -> Message:
    missing = sorted(templates()[message.template].params - message.params.keys())
    if missing:
        raise ValueError(f"{message.template}: no value for {missing}")
    due_at = message.due_at or at
    address = message.address or _address(message) if message.channel == MAIL else ""
    if not (address if message.channel == MAIL else message.account):
        raise ValueError(f"{message.template}: nobody to receive it")
    said_at_once = message.channel == IN_APP and due_at <= at
    return Message(
        key=message.key,
        channel=message.channel,
        template=message.template,
        site_id=message.site.pk if isinstance(message.site, Site) else message.site,
        account=message.account,
        address=address,
        language=message.language or (message.account.language if message.account else "zh-hans"),
        params=dict(message.params),
        subject_type=message.subject[0] if message.subject else "",
        subject_id=message.subject[1] if message.subject else None,
        created_at=at,
        due_at=due_at,
        sent_at=at if said_at_once else None,
    )


def _address(message: Outgoing) -> str:
    return message.account.email if message.account else ""
