"""What was brought in from files."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liangyi.platform.access.models import Account, Site
from liangyi.platform.audit.models import Record


class ImportRun(Record):
    """One reading of a file: a trial that wrote nothing, or the import itself.

    `rows` = created + unchanged + rejected; a trial's `created` is what it would create. An import that
    could not read on says so in `error`: what it created until then stays. `by` is empty for a command.
    """

    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    what = models.CharField(_("内容"), max_length=40)
    file = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(_("校验值"), max_length=64)
    source = models.CharField(_("来源"), max_length=40)
    is_dry_run = models.BooleanField(_("试算"), default=False)
    rows = models.PositiveIntegerField(_("行数"), default=0)
    created = models.PositiveIntegerField(_("新增"), default=0)
    unchanged = models.PositiveIntegerField(_("已有"), default=0)
    rejected = models.PositiveIntegerField(_("未导入"), default=0)
    error = models.CharField(_("失败原因"), max_length=300, blank=True)
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("时间"))

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(rows=F("created") + F("unchanged") + F("rejected")) | ~Q(error=""),
                name="imports_rows_add_up",
            )
        ]
        indexes = [models.Index(fields=["site", "at", "id"], name="imports_site_at")]
