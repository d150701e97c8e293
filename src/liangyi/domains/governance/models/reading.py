"""Policies, their versions, and the clauses of each version."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance.enums import ClauseKind, ImportState, VersionState
from liangyi.platform.access.models import Account
from liangyi.platform.audit.models import Record
from liangyi.platform.ids import new_id


class Policy(Record):
    """A rule book of the group: the same document through all its versions."""

    title = models.CharField(_("标题"), max_length=200)
    review_months = models.PositiveSmallIntegerField(_("复审周期（月）"), default=12)
    review_due_on = models.DateField(_("下次复审"), null=True, blank=True)
    retired_at = models.DateTimeField(_("废止时间"), null=True, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(review_months__gt=0), name="governance_reviews_come_round")
        ]

    def __str__(self) -> str:
        return self.title


class PolicySource(Record):
    """What was handed in, byte by byte. Written once, so that any version can be read again."""

    filename = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.filename


class PolicyVersion(Record):
    """One reading of a policy. `text` is the cleaned text: its clauses joined give it back."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("版本"))
    source = models.ForeignKey(PolicySource, models.PROTECT, related_name="+")
    text = models.TextField(_("正文"))
    glosses_removed = models.PositiveIntegerField(default=0)
    furniture_removed = models.PositiveIntegerField(default=0)
    imported_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    imported_at = models.DateTimeField(_("导入时间"))
    state = models.CharField(
        _("状态"), max_length=10, choices=VersionState.choices, default=VersionState.DRAFT
    )
    effective_from = models.DateField(_("生效日期"), null=True, blank=True)
    released_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    released_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("停止施行"), null=True, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="governance_version_number_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="governance_versions_count_from_one"),
            models.UniqueConstraint(
                fields=["policy"], condition=Q(state="released"), name="governance_one_version_in_force"
            ),
            models.CheckConstraint(
                condition=~Q(state="released") | Q(released_at__isnull=False, effective_from__isnull=False),
                name="governance_released_has_a_day",
            ),
        ]


class Clause(Record):
    """One clause of one version. `identity` stays the same while the clause lives on in newer versions.

    `read_kind` is what the reader took it for where a reviewer said that it is of another `kind`; else empty.
    """

    version = models.ForeignKey(PolicyVersion, models.CASCADE, related_name="clauses")
    identity = models.UUIDField(default=new_id, editable=False, db_index=True)
    position = models.PositiveIntegerField()
    number = models.CharField(_("编号"), max_length=80)
    path = models.JSONField(default=list)
    text = models.TextField()
    kind = models.CharField(_("类型"), max_length=12, choices=ClauseKind.choices)
    read_kind = models.CharField(
        _("系统判读的类型"), max_length=12, choices=ClauseKind.choices, blank=True, default="", db_default=""
    )
    is_broken = models.BooleanField(_("有缺字"), default=False)
    is_incomplete = models.BooleanField(_("未完"), default=False)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="governance_position_once"),
            models.UniqueConstraint(fields=["version", "number"], name="governance_number_once"),
            models.UniqueConstraint(fields=["version", "identity"], name="governance_identity_once"),
            models.CheckConstraint(
                condition=~Q(read_kind=F("kind")), name="governance_corrected_kind_is_another"
            ),
        ]


class PolicyImport(Record):
    """An import that is read by a job, because it would keep somebody waiting."""

    source = models.ForeignKey(PolicySource, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    policy = models.ForeignKey(Policy, models.PROTECT, null=True, related_name="+")
    requested_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.WAITING)
    error = models.TextField(blank=True)
    version = models.ForeignKey(PolicyVersion, models.PROTECT, null=True, related_name="+")

    class Meta(Record.Meta):
        indexes = [
            models.Index(
                fields=["requested_at"], condition=Q(state="waiting"), name="governance_waiting_imports"
            )
        ]
