"""What quality will aim at, count and report."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register

QM = _("《医疗质量管理办法》")
CONVENTION = _("行业惯例，可由制度调整")

GOALS = register(
    Control(
        "quality.goals",
        Kind.RECORD,
        _("质量目标分解"),
        _("年度质量目标分解到科室、岗位，写明责任人、指标值和期限。"),
        source=QM,
        words="质量目标 目标 年度目标 目标分解 责任书 明确目标 设定目标 目标管理 量化 "
        "可衡量 总体目标 具体目标 长期目标 短期目标 战略",
        planned=True,
    )
)
INDICATORS = register(
    Control(
        "quality.indicators",
        Kind.RECORD,
        _("指标定义"),
        _("每个指标写明分子、分母、来源、周期、责任人和目标值，由系统自动计算。"),
        source=QM,
        words="指标 指标体系 评价指标 监控指标 监测指标 质量指标 量化指标 考核指标 关键指标 "
        "KPI 建立指标 评估指标 衡量 指标设定 评价体系",
        planned=True,
    )
)
SIGNALS = register(
    Control(
        "quality.signals",
        Kind.WATCH,
        _("指标异常预警"),
        _("用控制图规则找出异常波动和未达标的指标，要求说明和处理。"),
        source=_("统计过程控制（休哈特控制图）"),
        words="预警 异常 监测 波动 偏离 预警机制 实时监控 超出 及时发现 动态监测 质量监测 "
        "监控 警戒值 持续监测",
        planned=True,
    )
)
CLINICAL_INDICATORS = register(
    Control(
        "quality.clinical_indicators",
        Kind.MEASURE,
        _("诊疗质量指标"),
        _("统计诊断符合、治疗有效、感染、安全等诊疗质量指标。"),
        source=QM,
        words="诊断准确率 治疗有效率 诊断准确 治疗效果 医疗安全 治愈 好转 误诊 诊断符合率 "
        "医疗质量指标 有效性 患者安全指标 误诊率",
        planned=True,
    )
)
SERVICE_SCORES = register(
    Control(
        "quality.service_scores",
        Kind.MEASURE,
        _("服务质量评分"),
        _("按态度、效率、准确性、环境统计服务评分，来源于检查、视频和患者评价。"),
        source=CONVENTION,
        words="服务质量 服务态度 服务效率 准确性 服务评分 服务评价 服务水平 评分 质量监控 "
        "服务考核 星级 服务质量指标",
        planned=True,
    )
)
REGULAR_REPORTS = register(
    Control(
        "quality.regular_reports",
        Kind.DUTY,
        _("定期质量报告"),
        _("按周期生成各系统数据报告，责任人分析并提交。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "months",
                "integer",
                1,
                _("个月"),
                _("报告周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=12,
            ),
        ),
        words="报告 数据统计 定期报告 统计报表 分析报告 月报 季度报告 年度报告 汇总 总结 "
        "数据报告 统计分析 上报 质量报告 定期汇报 通报",
        planned=True,
    )
)
TREND_DECISIONS = register(
    Control(
        "quality.trend_decisions",
        Kind.CHECK,
        _("数据用于决策"),
        _("记录依据哪些趋势作出何种决定（人员、流程、采购），并回看结果。"),
        source=CONVENTION,
        words="数据分析 决策 趋势 大数据 数据支持 决策依据 信息共享 数据挖掘 科学决策 "
        "分析数据 信息化 数据共享 数据驱动 互联互通 信息系统",
        planned=True,
    )
)
BENCHMARKS = register(
    Control(
        "quality.benchmarks",
        Kind.CHECK,
        _("标杆学习与对比"),
        _("记录与同行、标杆和外部数据的对比及借鉴措施。"),
        source=CONVENTION,
        words="标杆 借鉴 学习先进 先进经验 同行 对比 国内外 交流 最佳实践 先进管理 "
        "先进理念 引进先进 合作交流",
        planned=True,
    )
)
