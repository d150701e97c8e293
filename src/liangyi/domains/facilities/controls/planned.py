"""What facilities will do: devices, sterilisation, waste, the house."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register

CONVENTION = _("行业惯例，可由制度调整")
DEVICE50 = _("《医疗器械监督管理条例》第五十条")
WS310 = _("WS 310—2016、WS 506—2016")
WASTE = _("《医疗废物管理条例》")
RADIATION_RULES = _("《放射工作人员职业健康管理办法》")

DEVICE_KEEPER = register(
    Control(
        "facilities.device_keeper",
        Kind.WATCH,
        _("关键设备专人负责"),
        _("找出没有指定保管人或保管人已离岗的关键设备。"),
        source=CONVENTION,
        owner_role="admin",
        words="专人负责 专人管理 保管人 责任人 关键设备 专人保管 设备负责人 大型设备 贵重设备 责任到人",
        planned=True,
    )
)
LIFECYCLE = register(
    Control(
        "facilities.lifecycle",
        Kind.RECORD,
        _("设备全程记录"),
        _("记录采购、验收、安装、调试、使用、维护、报废各阶段的文件和结论。"),
        source=DEVICE50,
        owner_role="admin",
        words="采购 验收 安装 调试 使用 维护 报废 全生命周期 设备采购 设备更新 设备引进 "
        "先进设备 购置论证 淘汰 更新设备 设备验收",
        planned=True,
    )
)
COMMISSIONING = register(
    Control(
        "facilities.commissioning",
        Kind.GATE,
        _("验收合格方可启用"),
        _("没有注册证、未验收或安装调试未通过的设备不能启用。"),
        source=DEVICE50,
        owner_role="admin",
        words="启用 投入使用 注册证 验收合格 合格后方可使用 安装调试 不合格设备 产品注册 "
        "未经验收 投用 国家标准",
        planned=True,
    )
)
OPERATOR_TRAINED = register(
    Control(
        "facilities.operator_trained",
        Kind.GATE,
        _("设备操作授权"),
        _("未经该设备培训并授权的人员不能被安排操作。"),
        source=CONVENTION,
        owner_role="admin",
        words="操作人员 经过专业培训 设备操作培训 熟悉性能 操作授权 持证操作 操作规程 "
        "使用人员 专业操作 正确使用",
        planned=True,
    )
)
MAINTENANCE = register(
    Control(
        "facilities.maintenance",
        Kind.DUTY,
        _("设备保养计划"),
        _("按设备风险等级定期保养，记录内容、结果和下次日期。"),
        source=DEVICE50,
        parameters=(
            Parameter(
                "months",
                "integer",
                6,
                _("个月"),
                _("保养周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=24,
            ),
        ),
        owner_role="admin",
        words="维护 保养 维护保养 定期维护 日常保养 预防性维护 检修 定期检查设备 设备维护 "
        "正常运行 良好状态 保养记录 巡检",
        planned=True,
    )
)
REPAIR = register(
    Control(
        "facilities.repair",
        Kind.DUTY,
        _("故障报修与停用"),
        _("故障即停用报修，修复并检测合格后恢复，记录停机时间。"),
        source=CONVENTION,
        owner_role="admin",
        words="故障 维修 报修 停用 检修 设备故障 及时维修 抢修 排除故障 恢复使用 后勤保障 水电维修",
        planned=True,
    )
)
FIRST_AID = register(
    Control(
        "facilities.first_aid",
        Kind.DUTY,
        _("急救设备药品检查"),
        _("每日检查急救车、除颤仪、氧气和急救药品，数量、效期、封条双人签名。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "days",
                "integer",
                1,
                _("天"),
                _("检查周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=7,
            ),
        ),
        owner_role="nurse",
        words="急救设备 急救药品 抢救车 急救车 除颤仪 氧气 抢救设备 抢救药品 备用 急救箱 "
        "急救物资 五定 急救 处于备用状态",
        planned=True,
    )
)
CLEANING = register(
    Control(
        "facilities.cleaning",
        Kind.DUTY,
        _("环境清洁消毒"),
        _("按区域和频次完成清洁消毒，记录消毒剂、浓度、时间和执行人。"),
        source=_("《医院感染管理办法》"),
        parameters=(
            Parameter(
                "times_a_day",
                "integer",
                2,
                _("次"),
                _("每日次数"),
                CONVENTION,
                stricter="higher",
                lowest=1,
                highest=24,
            ),
        ),
        owner_role="nurse",
        words="清洁 消毒 环境卫生 保洁 卫生 打扫 空气消毒 紫外线 消毒剂 终末消毒 环境消毒 "
        "干净 整洁 清洁消毒 定期消毒 物表 地面",
        planned=True,
    )
)
ENVIRONMENT_MONITORING = register(
    Control(
        "facilities.environment_monitoring",
        Kind.CHECK,
        _("环境微生物监测"),
        _("定期采样空气、物表、手和消毒剂，超标即整改复测。"),
        source=_("GB 15982—2012 医院消毒卫生标准"),
        parameters=(
            Parameter(
                "months",
                "integer",
                3,
                _("个月"),
                _("监测周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=6,
            ),
        ),
        owner_role="nurse",
        words="空气监测 物体表面 采样 菌落 微生物 环境监测 卫生学监测 检测结果 消毒效果监测 超标",
        planned=True,
    )
)
HAND_HYGIENE = register(
    Control(
        "facilities.hand_hygiene",
        Kind.MEASURE,
        _("手卫生依从率"),
        _("按观察时机统计手卫生执行比例和正确率。"),
        source=_("WS/T 313—2019 医务人员手卫生规范"),
        owner_role="nurse",
        words="手卫生 洗手 手消毒 六步洗手法 依从性 外科手消毒 戴手套 卫生手 七步洗手法",
        planned=True,
    )
)
STERILISATION_LOG = register(
    Control(
        "facilities.sterilisation_log",
        Kind.RECORD,
        _("灭菌批次与监测"),
        _("记录每锅次参数、装载、化学和生物监测结果与放行人。"),
        source=WS310,
        parameters=(
            Parameter(
                "biological_weeks",
                "integer",
                1,
                _("周"),
                _("生物监测周期"),
                WS310,
                stricter="lower",
                lowest=1,
                highest=4,
            ),
        ),
        owner_role="nurse",
        words="灭菌 消毒供应 灭菌监测 高压灭菌 生物监测 化学指示 灭菌记录 器械清洗 消毒灭菌 "
        "手术器械 灭菌锅 器械消毒 牙科手机",
        planned=True,
    )
)
STERILE_PACK = register(
    Control(
        "facilities.sterile_pack",
        Kind.GATE,
        _("无菌包合格方可使用"),
        _("未灭菌、过期、监测不合格或破损的器械包不能用于患者。"),
        source=WS310,
        owner_role="nurse",
        words="无菌包 无菌 器械包 有效期内 灭菌合格 包外标识 未经灭菌 无菌物品 一人一用一灭菌 破损 无菌器械",
        planned=True,
    )
)
WASTE_SORTING = register(
    Control(
        "facilities.waste_sorting",
        Kind.CHECK,
        _("医疗废物分类收集"),
        _("检查医疗废物是否按五类分装、标识、封口，锐器入盒。"),
        source=WASTE,
        owner_role="nurse",
        words="医疗废物 分类收集 感染性废物 损伤性 利器盒 黄色垃圾袋 废物分类 生活垃圾 锐器 "
        "混放 医疗垃圾 医废 专用包装",
        planned=True,
    )
)
WASTE_STORAGE = register(
    Control(
        "facilities.waste_storage",
        Kind.WATCH,
        _("医疗废物暂存时限"),
        _("找出暂存超过规定小时仍未移交的医疗废物。"),
        source=WASTE,
        parameters=(
            Parameter(
                "hours",
                "integer",
                48,
                _("小时"),
                _("最长暂存"),
                WASTE,
                stricter="lower",
                lowest=1,
                highest=48,
                legal=WASTE,
            ),
        ),
        owner_role="nurse",
        words="暂存 暂时贮存 存放 贮存 不得超过 暂存间 废物存放 48小时 2天",
        planned=True,
    )
)
WASTE_HANDOVER = register(
    Control(
        "facilities.waste_handover",
        Kind.RECORD,
        _("医疗废物交接转运"),
        _("记录种类、重量、交接时间、去向和双方签名，联单存档。"),
        source=WASTE,
        parameters=(
            Parameter(
                "years",
                "integer",
                3,
                _("年"),
                _("登记保存年限"),
                WASTE,
                stricter="higher",
                lowest=3,
                highest=30,
                legal=WASTE,
            ),
        ),
        owner_role="nurse",
        words="转运 交接 处置 转移联单 废物处置 登记 有资质的单位 重量 集中处置 医废交接 移交 签名",
        planned=True,
    )
)
SAFETY_INSPECTION = register(
    Control(
        "facilities.safety_inspection",
        Kind.DUTY,
        _("消防与后勤安全检查"),
        _("定期检查消防、水电、气体、电梯、安保和监控，隐患限期整改。"),
        source=_("《消防法》"),
        parameters=(
            Parameter(
                "months",
                "integer",
                1,
                _("个月"),
                _("检查周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=12,
            ),
        ),
        owner_role="admin",
        words="消防 安全检查 水电 安全隐患 消防设施 灭火器 疏散通道 用电安全 安保 监控 "
        "后勤 防火 防盗 电梯 供电 治安",
        planned=True,
    )
)
CONVENIENCE = register(
    Control(
        "facilities.convenience",
        Kind.CHECK,
        _("便民设施与候诊环境"),
        _("检查轮椅、无障碍通道、饮水、座椅、充电等设施和候诊环境。"),
        source=CONVENTION,
        owner_role="reception",
        words="便民设施 轮椅 无障碍通道 饮水 座椅 候诊环境 舒适 母婴室 休息区 卫生间 "
        "便民服务 充电 雨伞 就医环境 温馨 老年人 残疾人",
        planned=True,
    )
)
RADIATION = register(
    Control(
        "facilities.radiation",
        Kind.DUTY,
        _("放射防护"),
        _("安排放射设备状态检测、个人剂量监测和防护用品检查。"),
        source=RADIATION_RULES,
        parameters=(
            Parameter(
                "dose_days",
                "integer",
                90,
                _("天"),
                _("个人剂量监测周期"),
                RADIATION_RULES,
                stricter="lower",
                lowest=1,
                highest=90,
                legal=RADIATION_RULES,
            ),
        ),
        owner_role="admin",
        words="放射 辐射 射线 个人剂量 放射防护 防护用品 铅衣 牙片机 CT 剂量监测 放射诊疗许可证",
        planned=True,
    )
)
