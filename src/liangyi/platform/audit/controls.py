"""What audit keeps of every change and every sensitive look."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, register
from liangyi.platform.controls.proofs import Kept, prove

CHANGE_HISTORY = register(
    Control(
        "audit.change_history",
        Kind.RECORD,
        _("全部变更留痕"),
        _("每次新增、修改、删除都记下操作人、时间、理由和前后值，成批封存成链，改动可发现。"),
        source=_("《电子病历应用管理规范（试行）》"),
        owner_role="admin",
        words="操作日志 日志 留痕 审计日志 修改记录 操作记录 可追溯 系统日志 记录保存 "
        "防篡改 痕迹 数据完整 数据准确 完整性 审计",
    )
)
READ_LOG = register(
    Control(
        "audit.read_log",
        Kind.RECORD,
        _("敏感查看留痕"),
        _("查看病历、完整电话、证件号等敏感信息逐次记录何人何时看了什么。"),
        source=_("《个人信息保护法》第五十一条"),
        words="查看记录 访问日志 查阅病历 隐私 访问记录 监控访问 谁查看 泄露追责 患者隐私 查看患者信息 浏览",
    )
)

prove(
    CHANGE_HISTORY,
    Kept(
        "",
        "audit.Seal",
        moment="sealed_at",
        where=Q(source="history"),
        subject_id="sequence",
        what=_("历史封存"),
    ),
)
prove(
    READ_LOG,
    Kept("", "audit.ReadLog", moment="at", site="site_id", subject_id="subject_id", what=_("敏感查阅")),
)
