"""What performance will do: appraisal, rewards, accountability."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register

CONVENTION = _("行业惯例，可由制度调整")

APPRAISAL = register(
    Control(
        "performance.appraisal",
        Kind.DUTY,
        _("绩效考核"),
        _("按周期对员工和科室考核评分，被考核人确认结果。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "months",
                "integer",
                3,
                _("个月"),
                _("考核周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=12,
            ),
        ),
        owner_role="director",
        words="绩效考核 绩效 考核评价 考核制度 绩效评估 考核结果 年终考核 月度考核 评分 "
        "考核体系 绩效管理 定期考核",
        planned=True,
    )
)
SCORE_ITEMS = register(
    Control(
        "performance.score_items",
        Kind.RECORD,
        _("考核指标含质量与投诉"),
        _("绩效得分由投诉、病历质量、不良事件、随访、满意度等真实数据计算，可追到单条记录。"),
        source=CONVENTION,
        words="绩效指标 纳入绩效 纳入考核 与绩效挂钩 投诉处理情况 质量指标 服务质量 工作量 "
        "考核内容 考核标准 个人业绩 权重 考核体系",
        planned=True,
    )
)
PAY_LINK = register(
    Control(
        "performance.pay_link",
        Kind.RECORD,
        _("考核结果用于薪酬晋升"),
        _("记录考核结果如何用于薪酬、奖金、晋升和评优。"),
        source=CONVENTION,
        owner_role="director",
        words="薪酬 晋升 奖金 评优 评先 工资 挂钩 绩效工资 调整薪酬 职称晋升 依据 待遇 提成",
        planned=True,
    )
)
REWARDS = register(
    Control(
        "performance.rewards",
        Kind.RECORD,
        _("奖励与激励"),
        _("记录奖励项目、理由、对象和公示，供激励方案核对。"),
        source=CONVENTION,
        owner_role="director",
        words="激励机制 奖励 表彰 激励 先进个人 优秀员工 荣誉 奖惩 鼓励 物质奖励 精神奖励 "
        "积极性 奖励制度 优秀团队 评选",
        planned=True,
    )
)
ACCOUNTABILITY = register(
    Control(
        "performance.accountability",
        Kind.RECORD,
        _("问责与处罚"),
        _("对违规和失职记录事实、认定、处理和申诉，与相关事件关联。"),
        source=CONVENTION,
        owner_role="director",
        words="问责 责任追究 处罚 追责 惩罚 违规 失职 严肃处理 通报批评 警告 处分 责任人 "
        "责任制 罚款 解除劳动合同 承担责任",
        planned=True,
    )
)
