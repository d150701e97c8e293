"""Words of the living policy."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClauseKind(models.TextChoices):
    """What a clause is; the values are those of `rules.pieces.Kind`."""

    HEADING = "heading", _("标题")
    PRINCIPLE = "principle", _("原则")
    OBLIGATION = "obligation", _("义务")
    PROHIBITION = "prohibition", _("禁止")
    DEFINITION = "definition", _("定义")
    NARRATIVE = "narrative", _("叙述")


NORMATIVE = (ClauseKind.OBLIGATION, ClauseKind.PROHIBITION)


class ImportState(models.TextChoices):
    """How far a deferred import has come."""

    WAITING = "waiting", _("排队中")
    DONE = "done", _("已导入")
    FAILED = "failed", _("未能导入")


class VersionState(models.TextChoices):
    """How far a version has come. One version of a policy is released at a time."""

    DRAFT = "draft", _("草稿")
    REVIEW = "review", _("审核中")
    APPROVED = "approved", _("已批准")
    RELEASED = "released", _("施行中")
    REPLACED = "replaced", _("已被替代")
    RETIRED = "retired", _("已废止")


class MatchState(models.TextChoices):
    """What a reviewer said of a control that was proposed for a clause."""

    CONFIRMED = "confirmed", _("已确认")
    REJECTED = "rejected", _("不适用")


class ReviewState(models.TextChoices):
    """How far the review of a clause has come. AGAIN: its words have changed since it was decided."""

    OPEN = "open", _("待审阅")
    AGAIN = "again", _("需重看")
    DECIDED = "decided", _("已审阅")


class SettingState(models.TextChoices):
    """How far a value that a clause sets has come."""

    WAITING = "waiting", _("待批准")
    APPROVED = "approved", _("已批准")
    REFUSED = "refused", _("未批准")
    WITHDRAWN = "withdrawn", _("已撤回")
    ENDED = "ended", _("已失效")


class RegulationState(models.TextChoices):
    """Whether a law or standard is in force."""

    COMING = "coming", _("未施行")
    IN_FORCE = "in_force", _("现行有效")
    CHANGED = "changed", _("已修订")
    REPEALED = "repealed", _("已废止")


class PackState(models.TextChoices):
    """How far an evidence pack has come."""

    WAITING = "waiting", _("排队中")
    RUNNING = "running", _("制作中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未能完成")


class MilestoneKind(models.TextChoices):
    """What can happen to a policy in its life."""

    SUBMITTED = "submitted", _("提交审核")
    APPROVED = "approved", _("批准")
    REFUSED = "refused", _("退回修改")
    WITHDRAWN = "withdrawn", _("撤回审核")
    RELEASED = "released", _("发布")
    RECALLED = "recalled", _("取消发布")
    IN_FORCE = "in_force", _("开始施行")
    REPLACED = "replaced", _("被新版本替代")
    RETIRED = "retired", _("废止")
    REVIEWED = "reviewed", _("复审：仍然适用")


class CheckOutcome(models.TextChoices):
    """What looking up a law came to."""

    UNCHANGED = "unchanged", _("无变化")
    CHANGED = "changed", _("已修订")
    REPEALED = "repealed", _("已废止")
