"""Requests, and the steps each has to pass."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liangyi.platform.access.models import Account, Site
from liangyi.platform.approvals.enums import ApprovalState
from liangyi.platform.audit.models import Record


class Approval(Record):
    """Something somebody asks for; without a site it is the group's. It waits at `step`."""

    kind = models.CharField(_("类型"), max_length=80)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    facts = models.JSONField(_("申请内容"), default=dict)
    requested_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField(_("提交时间"))
    state = models.CharField(
        _("状态"), max_length=10, choices=ApprovalState.choices, default=ApprovalState.WAITING
    )
    step = models.PositiveSmallIntegerField(_("当前步骤"), default=1)
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    withdrawal_note = models.TextField(_("撤回说明"), blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id"],
                condition=Q(state="waiting"),
                name="approvals_one_waiting_a_subject",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", closed_at__isnull=True)
                | ~Q(state="waiting") & Q(closed_at__isnull=False),
                name="approvals_waiting_is_not_closed",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="approvals_subject"),
            models.Index(fields=["id"], condition=Q(state="waiting"), name="approvals_waiting"),
        ]


class ApprovalStep(Record):
    """One word on a request. `requested_by` stands here again, so that the database itself keeps
    requester and decider apart; and nobody takes two steps of one request."""

    approval = models.ForeignKey(Approval, models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField(_("步骤"))
    role = models.CharField(_("审批角色"), max_length=40)
    permission = models.CharField(max_length=80)
    requested_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("审批时间"), null=True, blank=True)
    is_approved = models.BooleanField(_("同意"), null=True, blank=True)
    note = models.TextField(_("审批意见"), blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["approval", "position"], name="approvals_step_once"),
            models.UniqueConstraint(fields=["approval", "decided_by"], name="approvals_each_step_by_another"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(requested_by__isnull=True)
                | ~Q(decided_by=F("requested_by")),
                name="approvals_decider_is_not_requester",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, is_approved__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False, is_approved__isnull=False),
                name="approvals_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(is_approved__isnull=True) | Q(is_approved=True) | ~Q(note=""),
                name="approvals_refusal_has_reason",
            ),
        ]
