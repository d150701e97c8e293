"""What the worklist keeps in sight."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, register
from liangyi.platform.controls.proofs import Kept, prove

DEADLINES = register(
    Control(
        "worklist.deadlines",
        Kind.RECORD,
        _("事项限期督办"),
        _("每个待办有责任人和按工作日计算的期限，逾期逐级上报。"),
        source=_("行业惯例，可由制度调整"),
        words="期限 督办 限时 待办 逾期 工作日 按时完成 责任人 时限 跟踪督促 提醒 催办 按期完成 任务",
    )
)

prove(
    DEADLINES,
    Kept(
        "",
        "worklist.WorkItem",
        moment="due_at",
        site="site_id",
        where=Q(cancelled_at=None),
        what=_("待办事项"),
    ),
)
