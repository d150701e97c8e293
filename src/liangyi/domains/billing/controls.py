"""What billing will do: prices, quotes, payments, refunds, prepaid balances."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register

PRICE = _("《明码标价和禁止价格欺诈规定》")
CONVENTION = _("行业惯例，可由制度调整")
PREPAID = _("法释〔2025〕4号 预付式消费司法解释")

PUBLISHED_PRICE = register(
    Control(
        "billing.published_price",
        Kind.GATE,
        _("收费等于公示价"),
        _("收费与当日公示价格版本不一致的不能入账，折扣须有依据。"),
        source=PRICE,
        owner_role="cashier",
        words="不得擅自提高或降低 按标准收费 收费标准 严格执行 乱收费 价格公示 超标准收费 "
        "合理收费 收费规范 物价政策 擅自 分解收费 重复收费 收费项目",
        planned=True,
    )
)
DISCOUNT_LIMITS = register(
    Control(
        "billing.discount_limits",
        Kind.GATE,
        _("优惠权限"),
        _("超出岗位权限的折扣、减免和赠送须审批。"),
        source=CONVENTION,
        owner_role="cashier",
        words="折扣 优惠 减免 打折 赠送 权限 优惠审批 会员价 优惠政策 让利",
        planned=True,
    )
)
QUOTE = register(
    Control(
        "billing.quote",
        Kind.RECORD,
        _("报价与费用告知"),
        _("治疗前出具分项报价和有效期，患者确认后锁定。"),
        source=PRICE,
        owner_role="consultant",
        words="报价 费用告知 费用预算 告知费用 费用 治疗费用 收费说明 费用确认 估价 "
        "预估费用 价格透明 解释费用 事先告知 费用明细",
        planned=True,
    )
)
ITEMISED_BILL = register(
    Control(
        "billing.itemised_bill",
        Kind.RECORD,
        _("费用清单"),
        _("结算前提供分项费用清单，患者可随时查询。"),
        source=PRICE,
        owner_role="cashier",
        words="费用清单 明细 收费清单 查询费用 清单 费用查询 明细清单 账单 每日清单 透明",
        planned=True,
    )
)
RECEIPT = register(
    Control(
        "billing.receipt",
        Kind.RECORD,
        _("收费票据"),
        _("每笔收款开具合法票据，票号、金额与收款一致并存档。"),
        source=_("《发票管理办法》"),
        owner_role="cashier",
        words="票据 发票 收据 收费凭证 开具 正规发票 收费票据 票据管理 缴费 收款 结账 收费流程 收费准确",
        planned=True,
    )
)
SELF_SERVICE = register(
    Control(
        "billing.self_service",
        Kind.RECORD,
        _("自助与多种支付"),
        _("支持微信、支付宝、银行卡和自助机缴费，对账一致。"),
        source=CONVENTION,
        owner_role="cashier",
        words="自助缴费 微信支付 支付宝 移动支付 银行卡 自助机 缴费方式 线上缴费 支付方式 "
        "多种支付 便捷支付 刷卡 扫码",
        planned=True,
    )
)
INSURANCE = register(
    Control(
        "billing.insurance",
        Kind.RECORD,
        _("医保与商保结算协助"),
        _("记录保险结算申请、材料、结果和自费项目告知。"),
        source=_("《医疗保障基金使用监督管理条例》"),
        owner_role="cashier",
        words="医保 保险 报销 商业保险 结算 医保结算 自费项目 理赔 医疗保险 协助报销 医保政策",
        planned=True,
    )
)
REFUND_APPROVAL = register(
    Control(
        "billing.refund_approval",
        Kind.GATE,
        _("退费审批"),
        _("没有理由、手续不全或未经另一人审批的退费不能支付。"),
        source=CONVENTION,
        owner_role="cashier",
        words="退费 退款 退费手续 退费审批 手续齐全 退费流程 退费申请 退费原因 审核退费 "
        "原路退回 退费管理 退费制度",
        planned=True,
    )
)
REFUND_REASONS = register(
    Control(
        "billing.refund_reasons",
        Kind.RECORD,
        _("退费原因统计"),
        _("按原因、项目、医生统计退费，进入质量分析。"),
        source=CONVENTION,
        words="退费统计 退费原因分析 退费情况 统计分析 退费率 退费金额 原因分类",
        planned=True,
    )
)
PREPAID_LEDGER = register(
    Control(
        "billing.prepaid_ledger",
        Kind.GATE,
        _("储值与套餐不透支"),
        _("储值、套餐余额不足时不能扣减，本金与赠送分账，流水不可改。"),
        source=PREPAID,
        owner_role="cashier",
        words="储值 会员卡 预付 套餐 充值 疗程卡 余额 预付款 划扣 次卡 会员 预付卡",
        planned=True,
    )
)
PREPAID_REFUND = register(
    Control(
        "billing.prepaid_refund",
        Kind.RECORD,
        _("预付退款计算"),
        _("按司法解释计算应退金额并列出算式，七日无理由期内全退本金。"),
        source=PREPAID,
        parameters=(
            Parameter(
                "days",
                "integer",
                7,
                _("天"),
                _("无理由退款期"),
                PREPAID,
                stricter="higher",
                lowest=7,
                highest=30,
                legal=PREPAID,
            ),
        ),
        owner_role="cashier",
        words="预付退款 退卡 余额退还 七日无理由 终止合同 退还 预付式消费 违约 解除合同",
        planned=True,
    )
)
DEPOSIT = register(
    Control(
        "billing.deposit",
        Kind.RECORD,
        _("订金收退"),
        _("记录订金的收取、抵扣、没收规则告知和退还。"),
        source=CONVENTION,
        owner_role="cashier",
        words="订金 定金 押金 预交 保证金 抵扣 预约金",
        planned=True,
    )
)
DAILY_SETTLEMENT = register(
    Control(
        "billing.daily_settlement",
        Kind.DUTY,
        _("收费日结对账"),
        _("每日核对系统、现金和支付平台金额，差异说明并复核。"),
        source=CONVENTION,
        owner_role="cashier",
        words="日结 对账 现金 收银 每日核对 账款 备用金 交款 结算 现金管理 收入核对 "
        "账款相符 资金安全 财务核对",
        planned=True,
    )
)
