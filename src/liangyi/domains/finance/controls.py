"""What finance will do: budgets, spending, costs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register

CONVENTION = _("行业惯例，可由制度调整")

BUDGET = register(
    Control(
        "finance.budget",
        Kind.RECORD,
        _("预算编制与审批"),
        _("按科室和科目编制年度预算，逐级审批，调整留痕。"),
        source=CONVENTION,
        owner_role="director",
        words="预算 预算编制 财务预算 年度预算 审批 预算管理 资金计划 编制预算 预算方案 预算审批 全面预算",
        planned=True,
    )
)
BUDGET_CONTROL = register(
    Control(
        "finance.budget_control",
        Kind.WATCH,
        _("预算执行监测"),
        _("找出超预算或执行偏差超过规定比例的科目。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "percent",
                "integer",
                10,
                _("%"),
                _("允许偏差"),
                CONVENTION,
                stricter="lower",
                lowest=0,
                highest=100,
            ),
        ),
        owner_role="director",
        words="预算执行 超支 偏差 控制支出 预算控制 执行情况 支出控制 超预算 财务分析 收支",
        planned=True,
    )
)
EXPENSE_APPROVAL = register(
    Control(
        "finance.expense_approval",
        Kind.GATE,
        _("支出审批"),
        _("未按权限审批、无票据的支出不能付款和报销。"),
        source=CONVENTION,
        owner_role="director",
        words="报销 支出审批 费用审批 付款 财务审批 开支 财务制度 资金管理 审批权限 财务管理 资金使用 支付",
        planned=True,
    )
)
AUDIT = register(
    Control(
        "finance.audit",
        Kind.DUTY,
        _("财务审计"),
        _("按周期安排内部和外部审计，问题限期整改。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "months",
                "integer",
                12,
                _("个月"),
                _("审计周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=24,
            ),
        ),
        owner_role="director",
        words="审计 内部审计 财务检查 审计监督 外部审计 财务监督 专项审计 审计报告 核查账目 会计 财务报表",
        planned=True,
    )
)
EARMARKED_FUND = register(
    Control(
        "finance.earmarked_fund",
        Kind.RECORD,
        _("质量专项经费"),
        _("记录质量改进等专项经费的来源、用途和余额，专款专用。"),
        source=CONVENTION,
        owner_role="director",
        words="专项经费 专款专用 专项资金 质量改进经费 资金保障 资金投入 经费保障 资金支持 "
        "投入 经费 设立基金 加大投入",
        planned=True,
    )
)
COST_RECORDS = register(
    Control(
        "finance.cost_records",
        Kind.RECORD,
        _("成本归集"),
        _("按人力、设备、物资、运营归集成本到科室和项目。"),
        source=CONVENTION,
        owner_role="director",
        words="成本核算 成本 人力成本 设备成本 物资成本 运营成本 核算 成本分类 成本数据 "
        "归集 成本构成 耗材成本",
        planned=True,
    )
)
DEPARTMENT_COST = register(
    Control(
        "finance.department_cost",
        Kind.DUTY,
        _("科室成本分析"),
        _("按周期给出科室成本报表和异常，记录控制措施。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "months",
                "integer",
                1,
                _("个月"),
                _("分析周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=12,
            ),
        ),
        owner_role="director",
        words="成本控制 科室成本 降低成本 成本分析 成本管理 节约 控制成本 降本增效 节能 "
        "降耗 减少浪费 经济效益",
        planned=True,
    )
)
PROCEDURE_COST = register(
    Control(
        "finance.procedure_cost",
        Kind.MEASURE,
        _("单项目成本与毛利"),
        _("统计每个项目的实际耗材、人时、机时成本和毛利。"),
        source=CONVENTION,
        owner_role="director",
        words="项目成本 毛利 单项成本 成本效益 利润 盈亏 项目核算 性价比 收益",
        planned=True,
    )
)
