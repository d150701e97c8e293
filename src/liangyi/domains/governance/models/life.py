"""The life of a policy: what happened to it, who has to read it, what each reader showed; and what was seen
when the laws behind it were looked up."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance.enums import CheckOutcome, MilestoneKind
from liangyi.domains.governance.models.law import Regulation
from liangyi.domains.governance.models.reading import Policy, PolicyVersion
from liangyi.platform.access.models import Account, Site
from liangyi.platform.audit.models import Record


class Milestone(Record):
    """Something that happened to a policy or one of its versions: who, when, why."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="milestones")
    version = models.ForeignKey(PolicyVersion, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(_("经过"), max_length=10, choices=MilestoneKind.choices)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(_("说明"), blank=True)

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=["policy", "at"], name="governance_milestones"),
            models.Index(fields=["kind", "at"], name="governance_milestone_kinds"),
        ]


class ReadingDuty(Record):
    """Whoever holds this role, at any site, has to read this version."""

    version = models.ForeignKey(PolicyVersion, models.CASCADE, related_name="reading_duties")
    role = models.CharField(_("角色"), max_length=40)
    due_days = models.PositiveSmallIntegerField(_("期限（工作日）"), default=7)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["version", "role"], name="governance_reading_duty_once"),
            models.CheckConstraint(condition=Q(due_days__gt=0), name="governance_reading_takes_days"),
        ]


class Question(Record):
    """A single-choice question on a version; `answer` is the place of the right option, from 0."""

    version = models.ForeignKey(PolicyVersion, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("题号"))
    text = models.CharField(_("题目"), max_length=300)
    options = models.JSONField(_("选项"), default=list)
    answer = models.PositiveSmallIntegerField(_("正确选项"))

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="governance_question_once"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=5), name="governance_at_most_five_questions"
            ),
        ]


class Receipt(Record):
    """One person's reading of one version, from being asked until it is confirmed and the test passed.

    `read_to` is the position of the last clause that was reached; -1 before the first.
    """

    version = models.ForeignKey(PolicyVersion, models.CASCADE, related_name="receipts")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("要求时间"))
    due_at = models.DateTimeField(_("期限"))
    read_to = models.IntegerField(_("读到"), default=-1)
    confirmed_at = models.DateTimeField(_("确认读完"), null=True, blank=True)
    completed_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("不再要求"), null=True, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["version", "account"], name="governance_receipt_once"),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True) | Q(confirmed_at__isnull=False),
                name="governance_receipt_read_before_done",
            ),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True) | Q(cancelled_at__isnull=True),
                name="governance_receipt_done_or_cancelled",
            ),
        ]
        indexes = [
            models.Index(fields=["site", "completed_at"], name="governance_receipts_done"),
            models.Index(
                fields=["due_at"],
                condition=Q(completed_at__isnull=True, cancelled_at__isnull=True),
                name="governance_receipts_open",
            ),
            models.Index(fields=["account", "due_at"], name="governance_receipts_mine"),
        ]


class Attempt(Record):
    """One go at the test: what was answered, question by question, and how many were right."""

    receipt = models.ForeignKey(Receipt, models.CASCADE, related_name="attempts")
    at = models.DateTimeField(_("时间"))
    answers = models.JSONField(_("作答"), default=list)
    right = models.PositiveSmallIntegerField(_("答对"))
    total = models.PositiveSmallIntegerField(_("题数"))

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(total__gt=0) & Q(right__lte=models.F("total")), name="governance_attempt_adds_up"
            )
        ]


class RegulationCheck(Record):
    """Somebody looked up whether a law still stands as it is known here."""

    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="checks")
    at = models.DateTimeField(_("查新时间"))
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(_("结果"), max_length=10, choices=CheckOutcome.choices)
    note = models.TextField(_("说明"), blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="unchanged") | ~Q(note=""), name="governance_change_of_law_is_told"
            )
        ]
        indexes = [models.Index(fields=["at"], name="governance_checks")]
