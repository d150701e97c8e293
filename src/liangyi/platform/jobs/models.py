"""What nightly jobs leave behind to be looked at."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liangyi.platform.audit.models import Record


class BackupRun(Record):
    """One attempt at a backup, written when it ended, well or badly.

    `folder` is the name alone, never the path. `made_good_at` is set on a failed run when a later one made
    the backup while it was still in time. A backup holds everything but the row of its own run.
    """

    class Outcome(models.TextChoices):
        MADE = "made", _("已备份")
        FAILED = "failed", _("失败")

    started_at = models.DateTimeField(_("开始时间"))
    finished_at = models.DateTimeField(_("结束时间"))
    by_hand = models.BooleanField(_("手动"), default=False)
    outcome = models.CharField(_("结果"), max_length=8, choices=Outcome.choices)
    folder = models.CharField(_("文件夹"), max_length=100)
    size = models.PositiveBigIntegerField(_("大小"), default=0)
    tables = models.PositiveIntegerField(_("数据表"), default=0)
    files = models.PositiveIntegerField(_("文件数"), default=0)
    error = models.CharField(_("失败原因"), max_length=300, blank=True)
    made_good_at = models.DateTimeField(_("补做时间"), null=True, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__gte=F("started_at")), name="jobs_backup_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(outcome="made", error="") | (Q(outcome="failed") & ~Q(error="")),
                name="jobs_failed_backup_says_why",
            ),
        ]
        indexes = [models.Index(fields=["started_at", "id"], name="jobs_backup_started")]
