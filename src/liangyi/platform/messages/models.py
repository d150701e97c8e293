"""The outbox: what the product says to people, each thing once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from liangyi.platform.access.models import Account, Site
from liangyi.platform.audit.models import Record


class Message(Record):
    """One message to one receiver. `key` makes it unique: the same thing is never said twice.

    `sending_at` is set and committed before a mail goes out and emptied when the outcome is known; a
    row left with it was in flight when the worker died, and is never sent again by itself.
    """

    class Channel(models.TextChoices):
        IN_APP = "in_app"
        MAIL = "mail"

    key = models.CharField(max_length=160, unique=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    template = models.CharField(max_length=80)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey(Account, models.CASCADE, null=True, blank=True, related_name="messages")
    address = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    params = models.JSONField(default=dict)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sending_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(channel="in_app", account__isnull=False) | (Q(channel="mail") & ~Q(address="")),
                name="messages_has_a_receiver",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(cancelled_at__isnull=True),
                name="messages_sent_or_cancelled_not_both",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(sent_at__isnull=True, cancelled_at__isnull=True, failed_at__isnull=True),
                name="messages_waiting",
            ),
            models.Index(fields=["subject_type", "subject_id"], name="messages_subject"),
            models.Index(fields=["account", "-created_at"], name="messages_inbox"),
            models.Index(fields=["site", "template", "created_at"], name="messages_site_template"),
        ]
