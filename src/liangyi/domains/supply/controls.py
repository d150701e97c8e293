"""What supply will do: suppliers, purchases, stock, lots."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register

DRUG55 = _("《药品管理法》第五十五条")
CONVENTION = _("行业惯例，可由制度调整")
STORAGE = _("药品说明书与《药品经营质量管理规范》")
DRUG98 = _("《药品管理法》第九十八条")

SUPPLIER_QUALIFIED = register(
    Control(
        "supply.supplier_qualified",
        Kind.GATE,
        _("供应商资质审核"),
        _("许可证、注册证缺失或过期的供应商和产品不能采购。"),
        source=DRUG55,
        owner_role="storekeeper",
        words="供应商 资质审核 合法渠道 经营许可证 生产许可 注册证 供货单位 正规渠道 "
        "资质证明 首营 审核供应商 合格供应商 合法资质 索证 厂家",
        planned=True,
    )
)
SUPPLIER_REVIEW = register(
    Control(
        "supply.supplier_review",
        Kind.DUTY,
        _("供应商评价"),
        _("按周期对供应商的质量、交货、价格和服务评价，决定保留或淘汰。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "months",
                "integer",
                12,
                _("个月"),
                _("评价周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=24,
            ),
        ),
        owner_role="storekeeper",
        words="供应商评价 供应商评估 供货质量 择优 淘汰 合作关系 选择供应商 供应商管理 比价 招标 询价",
        planned=True,
    )
)
PURCHASE_PLAN = register(
    Control(
        "supply.purchase_plan",
        Kind.RECORD,
        _("采购计划"),
        _("根据用量和库存编制采购计划，注明品种、数量和预算。"),
        source=CONVENTION,
        owner_role="storekeeper",
        words="采购计划 采购 物资需求 用量 制定采购 需求计划 物资采购 药品采购 按需采购 请购 申购 物资计划",
        planned=True,
    )
)
PURCHASE_APPROVAL = register(
    Control(
        "supply.purchase_approval",
        Kind.GATE,
        _("采购审批"),
        _("未按金额和权限审批的采购不能下单。"),
        source=CONVENTION,
        owner_role="storekeeper",
        words="采购审批 审批 批准 审核采购 采购流程 申请采购 审批手续 集中采购 不得擅自采购 "
        "采购制度 采购权限",
        planned=True,
    )
)
INVOICES = register(
    Control(
        "supply.invoices",
        Kind.RECORD,
        _("购进票据"),
        _("每批购进登记发票、随货单和检验报告，票、账、货相符。"),
        source=DRUG55,
        owner_role="storekeeper",
        words="合法有效的票据 购进票据 随货同行单 发票 购销凭证 采购凭证 采购记录 票据 凭证 "
        "索取发票 购进记录",
        planned=True,
    )
)
RECEIVING_CHECK = register(
    Control(
        "supply.receiving_check",
        Kind.GATE,
        _("入库验收"),
        _("未经验收或验收不合格的药品、器械、物资不能入库上架。"),
        source=_("《药品管理法》第七十条"),
        owner_role="storekeeper",
        words="验收 入库 入库验收 检查质量 核对数量 外观 批号 效期 合格证 质量验收 到货 "
        "进货查验 不合格拒收 验收记录",
        planned=True,
    )
)
STORAGE_CONDITIONS = register(
    Control(
        "supply.storage_conditions",
        Kind.WATCH,
        _("储存温湿度监测"),
        _("找出冷藏、阴凉、常温库房超出温湿度范围的时段，相关批号暂停使用。"),
        source=STORAGE,
        parameters=(
            Parameter(
                "cold_low",
                "decimal",
                2,
                _("℃"),
                _("冷藏下限"),
                STORAGE,
                stricter="higher",
                lowest=0,
                highest=8,
            ),
            Parameter(
                "cold_high",
                "decimal",
                8,
                _("℃"),
                _("冷藏上限"),
                STORAGE,
                stricter="lower",
                lowest=2,
                highest=10,
                legal=STORAGE,
            ),
            Parameter(
                "cool_high",
                "decimal",
                20,
                _("℃"),
                _("阴凉上限"),
                STORAGE,
                stricter="lower",
                lowest=10,
                highest=20,
                legal=STORAGE,
            ),
            Parameter(
                "humidity_low",
                "integer",
                35,
                _("%"),
                _("湿度下限"),
                STORAGE,
                stricter="higher",
                lowest=0,
                highest=75,
            ),
            Parameter(
                "humidity_high",
                "integer",
                75,
                _("%"),
                _("湿度上限"),
                STORAGE,
                stricter="lower",
                lowest=35,
                highest=75,
                legal=STORAGE,
            ),
        ),
        owner_role="storekeeper",
        words="温度 湿度 储存条件 冷藏 阴凉 温湿度 冷链 储存环境 常温 避光 储藏 低温 通风 干燥",
        planned=True,
    )
)
CATEGORISED_STORAGE = register(
    Control(
        "supply.categorised_storage",
        Kind.CHECK,
        _("分类存放"),
        _("检查药品、器械、物资是否分区、分类、色标存放，标识清楚。"),
        source=_("《药品管理法》"),
        owner_role="storekeeper",
        words="分类存放 分区 分类储存 标识 摆放 货架 库房 合格区 待验区 仓库管理 储存 "
        "整齐 保管 色标 仓储 妥善存放",
        planned=True,
    )
)
ISSUE = register(
    Control(
        "supply.issue",
        Kind.RECORD,
        _("领用出库"),
        _("按权限领用出库，记录领用人、用途、批号和数量，先进先出。"),
        source=CONVENTION,
        owner_role="storekeeper",
        words="领用 出库 发放 领取 发放记录 领用登记 先进先出 申领 物资发放 使用登记 调拨 领用制度",
        planned=True,
    )
)
STOCK_COUNT = register(
    Control(
        "supply.stock_count",
        Kind.DUTY,
        _("定期盘点"),
        _("按周期盘点，账物不符须说明原因并审批调整。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "months",
                "integer",
                1,
                _("个月"),
                _("盘点周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=12,
            ),
        ),
        owner_role="storekeeper",
        words="盘点 账物相符 清点 账实相符 库存核对 定期盘点 盘盈盘亏 差异 库存管理 对账 账目 清查",
        planned=True,
    )
)
EXPIRING = register(
    Control(
        "supply.expiring",
        Kind.WATCH,
        _("近效期预警"),
        _("找出在规定天数内到期的批号。"),
        source=DRUG98,
        parameters=(
            Parameter(
                "days",
                "integer",
                180,
                _("天"),
                _("提前预警天数"),
                CONVENTION,
                stricter="higher",
                lowest=30,
                highest=365,
            ),
        ),
        owner_role="storekeeper",
        words="近效期 有效期 效期管理 临近失效 到期预警 效期 过期预警 催销 失效",
        planned=True,
    )
)
USABLE_LOT = register(
    Control(
        "supply.usable_lot",
        Kind.GATE,
        _("不合格批号停用"),
        _("过期、待验、不合格、召回或超温的批号不能发出和使用。"),
        source=DRUG98,
        owner_role="storekeeper",
        words="过期 不得使用 变质 失效 假药 劣药 不合格药品 禁止使用 淘汰 伪劣 过期药品 "
        "污染 质量问题 严禁使用",
        planned=True,
    )
)
STOCK_LEVELS = register(
    Control(
        "supply.stock_levels",
        Kind.WATCH,
        _("库存上下限"),
        _("找出低于安全库存或超出上限、长期不动的物资。"),
        source=CONVENTION,
        owner_role="storekeeper",
        words="库存 积压 浪费 安全库存 短缺 储备 库存预警 避免积压 供应充足 保障供应 缺货 节约 及时补充",
        planned=True,
    )
)
DISPOSAL = register(
    Control(
        "supply.disposal",
        Kind.RECORD,
        _("报废与销毁"),
        _("报废销毁须说明原因、审批、双人在场并记录去向。"),
        source=CONVENTION,
        owner_role="storekeeper",
        words="报废 销毁 过期处理 废弃药品 淘汰 处置 报损 报废审批 双人 药品报废 报废手续 余液 弃置 剩余药液",
        planned=True,
    )
)
RECALL = register(
    Control(
        "supply.recall",
        Kind.DUTY,
        _("召回处理"),
        _("收到召回后锁定批号，列出使用过的患者，逐一通知并记录。"),
        source=_("《药品召回管理办法》《医疗器械召回管理办法》"),
        owner_role="storekeeper",
        words="召回 停止使用 追回 产品召回 质量问题 通知患者 封存产品",
        planned=True,
    )
)
LOT_TRACE = register(
    Control(
        "supply.lot_trace",
        Kind.RECORD,
        _("批号与植入物追溯"),
        _("从供应商、入库、货架到患者，逐批记录批号、唯一标识和植入部位。"),
        source=_("《医疗器械唯一标识系统规则》"),
        owner_role="storekeeper",
        words="追溯 批号 唯一标识 UDI 溯源 可追溯 追溯码 生产批号 条码 来源 去向 植入物 追踪",
        planned=True,
    )
)
SINGLE_USE = register(
    Control(
        "supply.single_use",
        Kind.GATE,
        _("一次性器械不得复用"),
        _("一次性器械使用后不能再次出库或灭菌，销毁留记录。"),
        source=_("《医疗器械监督管理条例》第四十九条"),
        owner_role="nurse",
        words="一次性 一次性使用 不得重复使用 一次性医疗用品 重复使用 毁形 无菌物品 一次性器械 一人一用",
        planned=True,
    )
)
