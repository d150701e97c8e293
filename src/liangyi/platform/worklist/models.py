"""What is due, for whom, since when. Every deadline in the product is a work item."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from liangyi.platform.access.models import Account, Site
from liangyi.platform.audit.models import Record


class WorkItem(Record):
    """One thing somebody has to do. `kind` names a registered kind that gives title and link."""

    kind = models.CharField(max_length=80)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    role = models.CharField(max_length=40, blank=True)
    assignee = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="work_items")
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    facts = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id"],
                condition=Q(done_at__isnull=True, cancelled_at__isnull=True),
                name="worklist_open_once_a_subject",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(cancelled_at__isnull=True),
                name="worklist_done_or_cancelled_not_both",
            ),
            models.CheckConstraint(
                condition=~Q(role="") | Q(assignee__isnull=False), name="worklist_has_an_owner"
            ),
        ]
        indexes = [
            models.Index(
                fields=["site", "role", "due_at"],
                condition=Q(done_at__isnull=True, cancelled_at__isnull=True),
                name="worklist_open_by_role",
            ),
            models.Index(
                fields=["assignee", "due_at"],
                condition=Q(done_at__isnull=True, cancelled_at__isnull=True),
                name="worklist_open_by_assignee",
            ),
            models.Index(fields=["kind", "site", "due_at"], name="worklist_kind_due"),
        ]


class CalendarDay(Record):
    """A day the notice of the State Council (or the clinic) makes a working day or a day off,
    where it differs from the calendar the product ships."""

    day = models.DateField(unique=True)
    is_working = models.BooleanField()
    name = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=200, blank=True)
