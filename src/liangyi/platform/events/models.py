"""Events whose after-commit handlers have not all run."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from liangyi.platform.audit.models import Record


class PendingEvent(Record):
    """One event for one after-commit handler, written with what it tells of, deleted when handled.

    `failed_at` is set when the last attempt failed: it stays for an operator to look at.
    """

    event = models.CharField(max_length=200)
    handler = models.CharField(max_length=200)
    payload = models.JSONField(default=dict)
    published_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=["published_at"], condition=Q(failed_at__isnull=True), name="events_pending")
        ]
