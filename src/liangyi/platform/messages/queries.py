"""What a person has been told, and how far what is to be said has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from liangyi.platform.actors import Actor
from liangyi.platform.messages.catalogue import render, templates
from liangyi.platform.messages.mail import has_mail_server
from liangyi.platform.messages.models import Message
from liangyi.platform.subjects import Subject

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

PAGE = 50


@dataclass(frozen=True)
class InboxItem:
    """An in-app message as its receiver reads it; `about` can be labelled and linked by `subjects`."""

    id: UUID
    subject: str
    body: str
    sent_at: datetime
    is_read: bool
    about: Subject | None


def inbox_for(actor: Actor, *, before: UUID | None = None, limit: int = PAGE) -> list[InboxItem]:
    """The actor's in-app messages, newest first; `before` is the last id of the page before."""
    messages = _inbox(actor)
    if before is not None:
        messages = messages.filter(id__lt=before)
    return [_item(message, actor.language) for message in messages.order_by("-id")[:limit]]


def unread_count(actor: Actor) -> int:
    """How many in-app messages wait to be read."""
    return _inbox(actor).filter(read_at=None).count()


def messages_about(subject: Subject) -> QuerySet[Message]:
    """All that was or will be said about a subject, newest first; who may see it the caller decides."""
    return Message.objects.filter(subject_type=subject[0], subject_id=subject[1]).order_by("-id")


def state_of(message: Message) -> StrPromise:
    """How far a message has come, in words. A mail without a mail server is not passed off as sent."""
    if message.cancelled_at:
        return _("已取消")
    if message.failed_at:
        return _("未送达")
    if message.sent_at:
        return _("已发送")
    if message.channel == Message.Channel.MAIL and not has_mail_server():
        return _("未配置邮件")
    return _("正在发送") if message.sending_at else _("待发送")


def _inbox(actor: Actor) -> QuerySet[Message]:
    if actor.id is None:
        return Message.objects.none()
    return Message.objects.filter(
        account=actor.id,
        channel=Message.Channel.IN_APP,
        template__in=list(templates()),
        sent_at__isnull=False,
        cancelled_at=None,
    )


def _item(message: Message, language: str) -> InboxItem:
    text = render(message.template, message.params, language)
    about = (message.subject_type, message.subject_id) if message.subject_id else None
    assert message.sent_at is not None  # noqa: S101 the inbox holds only what was sent
    return InboxItem(message.id, text.subject, text.body, message.sent_at, message.read_at is not None, about)
