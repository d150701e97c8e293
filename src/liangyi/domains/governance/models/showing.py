"""What is shown to somebody from outside: an inspector's access, and packs of evidence."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance.enums import PackState
from liangyi.platform.access.models import Account, Site
from liangyi.platform.audit.models import Record
from liangyi.platform.documents.models import StoredFile


class Inspection(Record):
    """Leave for an inspector to read one site's policies and evidence until an hour that is named."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    organisation = models.CharField(_("单位"), max_length=100)
    reason = models.TextField(_("事由"))
    opened_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(_("开通时间"))
    valid_from = models.DateTimeField(_("开始"))
    valid_until = models.DateTimeField(_("结束"))
    ended_at = models.DateTimeField(_("提前结束"), null=True, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")),
                name="governance_inspection_ends_later",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="governance_inspection_has_reason"),
        ]


class Pack(Record):
    """Evidence for chosen clauses over a period: one signed ZIP, made by a job."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    title = models.CharField(_("标题"), max_length=200)
    first_day = models.DateField(_("起"))
    last_day = models.DateField(_("止"))
    clauses = models.JSONField(_("条款"), default=list)
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, null=True, blank=True, related_name="packs", verbose_name=_("交给的检查")
    )
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("文件")
    )
    requested_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField(_("提交时间"))
    state = models.CharField(max_length=8, choices=PackState.choices, default=PackState.WAITING)
    done = models.PositiveIntegerField(_("已完成"), default=0)
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    size = models.PositiveBigIntegerField(_("大小"), null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    error = models.TextField(blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="governance_pack_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(file__isnull=False), name="governance_done_pack_has_its_file"
            ),
        ]
        indexes = [
            models.Index(
                fields=["requested_at"],
                condition=Q(state__in=["waiting", "running"]),
                name="governance_unfinished_packs",
            )
        ]
