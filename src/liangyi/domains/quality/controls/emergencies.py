"""What quality will do for emergencies."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register

EMERGENCY = _("《突发事件应对法》")
CONVENTION = _("行业惯例，可由制度调整")

EMERGENCY_PLANS = register(
    Control(
        "quality.emergency_plans",
        Kind.RECORD,
        _("应急预案"),
        _("登记医疗、火灾、停电、公共卫生、信息等预案：情形、角色、步骤、联系人，按版本保存。"),
        source=EMERGENCY,
        words="应急预案 预案 应急处理 突发事件 应急机制 紧急情况 应急措施 应急响应 制定预案 "
        "应急 意外事件 突发 应急体系 应急流程",
        planned=True,
    )
)
EMERGENCY_ACTIVATION = register(
    Control(
        "quality.emergency_activation",
        Kind.RECORD,
        _("应急启动与处置"),
        _("一键启动预案，通知角色，逐步记录时间和处置，结束后总结。"),
        source=EMERGENCY,
        words="启动预案 应急处置 立即启动 救治 应急小组 现场处置 紧急救治 迅速 组织抢救 "
        "应急指挥 控制事态 紧急处理 应急救援",
        planned=True,
    )
)
DRILLS = register(
    Control(
        "quality.drills",
        Kind.DUTY,
        _("应急演练"),
        _("按预案和周期安排演练，记录参加者、步骤用时和问题。"),
        source=EMERGENCY,
        parameters=(
            Parameter(
                "months",
                "integer",
                12,
                _("个月"),
                _("演练周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=12,
            ),
        ),
        words="应急演练 演练 模拟演练 定期演练 急救演练 消防演练 演习 培训和演练 应急能力 心肺复苏 应急培训",
        planned=True,
    )
)
DRILL_REVIEW = register(
    Control(
        "quality.drill_review",
        Kind.CHECK,
        _("演练评估改进"),
        _("演练后评分并修订预案，问题转入整改。"),
        source=CONVENTION,
        words="演练评估 演练总结 修订预案 完善预案 总结经验 改进预案 演练效果 演练记录",
        planned=True,
    )
)
