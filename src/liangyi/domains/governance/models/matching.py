"""What a reviewer tied clauses to, and the values clauses set."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance.enums import MatchState, SettingState
from liangyi.domains.governance.models.reading import Clause, Policy
from liangyi.platform.access.models import Account, Site
from liangyi.platform.audit.models import Record


class Match(Record):
    """A reviewer's word on one control for one clause; an empty `control` says that none fits.

    It hangs on the clause's `identity`, so it stays while the clause lives on. `clause` is the one that
    was read: where the newest version says something else, the match is to be looked at again.
    """

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="matches")
    identity = models.UUIDField(_("条款"))
    control = models.CharField(_("控制"), max_length=80, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=MatchState.choices)
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("确认时间"))

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["identity", "control"], name="governance_one_word_a_control")
        ]
        indexes = [models.Index(fields=["control", "state"], name="governance_match_control")]


class Setting(Record):
    """The value that a clause sets for a parameter of a control it is tied to, from a day on."""

    match = models.ForeignKey(Match, models.PROTECT, related_name="settings")
    parameter = models.CharField(_("参数"), max_length=60)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    value = models.JSONField(_("值"))
    effective_from = models.DateField(_("生效日期"))
    effective_to = models.DateField(_("失效日期"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=SettingState.choices)
    note = models.TextField(_("说明"), blank=True)
    requested_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField(_("提交时间"))
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("审批时间"), null=True, blank=True)
    decision_note = models.TextField(_("审批意见"), blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="governance_setting_decided_by_another",
            ),
            models.UniqueConstraint(
                fields=["match", "parameter", "site"],
                condition=Q(state="waiting"),
                nulls_distinct=False,
                name="governance_setting_waits_once",
            ),
        ]
