"""How quality will improve: projects, risks, meetings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register

CONVENTION = _("行业惯例，可由制度调整")

IMPROVEMENT_PROJECT = register(
    Control(
        "quality.improvement_project",
        Kind.RECORD,
        _("质量改进项目"),
        _("按 PDCA 记录问题、基线、目标、原因、措施、前后数据和标准化。"),
        source=CONVENTION,
        words="PDCA 持续改进 质量改进 改进项目 品管圈 循环 改进循环 改进活动 "
        "质量持续改进 计划执行检查处理 不断改进 持续质量改进 戴明环 改进方法 六西格玛",
        planned=True,
    )
)
IMPROVEMENT_PLAN = register(
    Control(
        "quality.improvement_plan",
        Kind.RECORD,
        _("改进计划落实到岗"),
        _("改进计划分解到科室和岗位，写明措施、时间、资源，跟踪进度。"),
        source=CONVENTION,
        words="改进计划 改进方案 制定改进措施 改进任务 具体措施 落实到 科室 岗位 时间表 行动计划 工作计划 "
        "实施方案 改进策略 实施步骤 分阶段 责任部门 明确责任 进度 方案",
        planned=True,
    )
)
STAFF_SUGGESTIONS = register(
    Control(
        "quality.staff_suggestions",
        Kind.RECORD,
        _("员工建议"),
        _("员工提出改进建议，限期答复，采纳的跟踪到结果。"),
        source=CONVENTION,
        words="员工建议 合理化建议 提出改进建议 鼓励员工 全员参与 建言 员工参与 创新 "
        "献计献策 员工意见 积极参与 建议箱",
        planned=True,
    )
)
QUALITY_CULTURE = register(
    Control(
        "quality.quality_culture",
        Kind.CHECK,
        _("质量文化活动"),
        _("记录质量月、案例分享、安全文化调查等活动和参与情况。"),
        source=CONVENTION,
        words="质量文化 质量意识 安全文化 文化建设 宣传 氛围 团队 理念 质量月 责任心 "
        "以患者为中心 价值观 团队精神 企业文化 使命感 团队建设",
        planned=True,
    )
)
RISK_REGISTER = register(
    Control(
        "quality.risk_register",
        Kind.RECORD,
        _("风险清单"),
        _("登记风险、可能性、后果、等级、责任人和控制措施。"),
        source=_("ISO 31000:2018"),
        words="风险 识别 评估 风险评估 风险管理 控制 风险清单 预测 风险识别 防范风险 "
        "风险控制 风险防范 潜在风险 医疗风险 隐患排查 风险预案",
        planned=True,
    )
)
RISK_REVIEW = register(
    Control(
        "quality.risk_review",
        Kind.DUTY,
        _("风险定期复评"),
        _("按周期复评风险等级和控制效果，变化时立即复评。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "months",
                "integer",
                6,
                _("个月"),
                _("复评周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=12,
            ),
        ),
        words="风险复评 定期评估风险 更新风险 动态评估 风险变化 复审 重新评估",
        planned=True,
    )
)
COMMITTEE_MEETINGS = register(
    Control(
        "quality.committee_meetings",
        Kind.DUTY,
        _("质量会议"),
        _("按周期召开质量管理委员会和科室质量会议，记录议题、到会和决议。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "months",
                "integer",
                3,
                _("个月"),
                _("召开周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=6,
            ),
        ),
        words="质量会议 例会 定期召开 会议 会议记录 质量分析会 工作会议 质量管理委员会会议 "
        "讨论 总结会 月度会议 季度会议",
        planned=True,
    )
)
RESOLUTIONS = register(
    Control(
        "quality.resolutions",
        Kind.DUTY,
        _("决议跟踪"),
        _("每项决议指定责任人和期限，跟踪到完成。"),
        source=CONVENTION,
        words="决议 落实决议 督办 跟踪落实 会议决定 议定事项 执行情况 贯彻落实",
        planned=True,
    )
)
COORDINATION = register(
    Control(
        "quality.coordination",
        Kind.CHECK,
        _("部门协调"),
        _("记录跨部门协调会、接口约定和遗留问题的处理。"),
        source=CONVENTION,
        words="跨部门 协调 部门协作 沟通协调 配合 联动 协调会 团队协作 协作 信息传递 "
        "密切配合 多部门协作 部门之间 协同 内部沟通",
        planned=True,
    )
)
