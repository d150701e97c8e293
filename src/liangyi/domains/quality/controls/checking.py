"""What quality will inspect, report and evaluate."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register

QM = _("《医疗质量管理办法》")
CONVENTION = _("行业惯例，可由制度调整")
ISO9001 = _("ISO 9001:2015")
INCIDENT = _("医疗安全（不良）事件报告制度")
STATUTORY = _("《医疗质量安全事件报告暂行规定》")
DRUG81 = _("《药品管理法》第八十一条")
LAWINFECTIOUS = _("《传染病防治法》")
DEVICE = _("《医疗器械不良事件监测和再评价管理办法》")

INSPECTION = register(
    Control(
        "quality.inspection",
        Kind.DUTY,
        _("质量检查与巡查"),
        _("按计划巡查科室和环节，用检查单记录发现和证据。"),
        source=QM,
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
        words="检查 巡查 定期检查 不定期检查 抽查 督查 监督检查 日常检查 自查 专项检查 "
        "现场检查 质量检查 自查自纠 监督 督导 暗访 质控检查 巡视",
        planned=True,
    )
)
VIDEO_CHECK = register(
    Control(
        "quality.video_check",
        Kind.CHECK,
        _("视频巡查"),
        _("对公共区域视频按计划抽看，记录服务和秩序问题，注意隐私。"),
        source=CONVENTION,
        words="视频监控 录像 监控系统 视频检查 摄像头 回放 视频巡查 录音",
        planned=True,
    )
)
RECTIFICATION = register(
    Control(
        "quality.rectification",
        Kind.DUTY,
        _("问题限期整改"),
        _("每个发现指定责任人、措施和期限，逾期上报。"),
        source=QM,
        parameters=(
            Parameter(
                "days",
                "integer",
                14,
                _("天"),
                _("整改期限"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=90,
            ),
        ),
        words="整改 限期整改 整改措施 及时整改 发现问题 纠正 落实整改 责任人 整改期限 "
        "改进措施 纠正措施 整改方案 及时解决 问题整改 及时纠正 采取措施 解决问题 存在的问题 "
        "针对问题",
        planned=True,
    )
)
EFFECT_CHECK = register(
    Control(
        "quality.effect_check",
        Kind.CHECK,
        _("整改效果验证"),
        _("整改完成后由他人验证效果，未验证不能关闭。"),
        source=ISO9001,
        words="效果评估 验证 跟踪检查 整改效果 复查 效果检查 跟踪验证 评估效果 跟踪落实 "
        "改进效果 是否有效 回头看 跟踪评估",
        planned=True,
    )
)
RECURRING = register(
    Control(
        "quality.recurring",
        Kind.WATCH,
        _("反复问题专项整治"),
        _("找出规定月数内反复出现的同类问题，转入专项整治和长效机制。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "months",
                "integer",
                6,
                _("个月"),
                _("观察期"),
                CONVENTION,
                stricter="higher",
                lowest=1,
                highest=24,
            ),
        ),
        words="专项整治 长效机制 反复出现 普遍性问题 重复发生 专项治理 突出问题 重点问题 "
        "根本解决 屡次 集中整治",
        planned=True,
    )
)
INCIDENT_REPORT = register(
    Control(
        "quality.incident_report",
        Kind.RECORD,
        _("不良事件上报"),
        _("任何人可上报差错、不良事件和隐患，可匿名、不惩罚，按级别限时。"),
        source=INCIDENT,
        parameters=(
            Parameter(
                "serious_hours",
                "integer",
                24,
                _("小时"),
                _("严重事件上报"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=24,
            ),
            Parameter(
                "other_hours",
                "integer",
                72,
                _("小时"),
                _("其他事件上报"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=168,
            ),
        ),
        words="不良事件 医疗差错 上报 报告 隐患 差错 事件报告 主动报告 医疗安全不良事件 "
        "安全事件 非惩罚 差错事故 匿名 事故报告",
        planned=True,
    )
)
INCIDENT_ANALYSIS = register(
    Control(
        "quality.incident_analysis",
        Kind.DUTY,
        _("事件根因分析"),
        _("对严重和反复事件限期完成根因分析，形成措施。"),
        source=INCIDENT,
        parameters=(
            Parameter(
                "days",
                "integer",
                45,
                _("天"),
                _("完成期限"),
                CONVENTION,
                stricter="lower",
                lowest=7,
                highest=60,
            ),
        ),
        words="根因分析 原因分析 分析原因 根本原因 鱼骨图 事件分析 查找原因 深入分析 "
        "经验教训 吸取教训 剖析 差错分析",
        planned=True,
    )
)
STATUTORY_REPORT = register(
    Control(
        "quality.statutory_report",
        Kind.DUTY,
        _("法定报告时限"),
        _("特大、重大、一般医疗质量安全事件分别按法定时限上报主管部门。"),
        source=STATUTORY,
        parameters=(
            Parameter(
                "extra_major_hours",
                "integer",
                2,
                _("小时"),
                _("特大事件"),
                STATUTORY,
                stricter="lower",
                lowest=1,
                highest=2,
                legal=STATUTORY,
            ),
            Parameter(
                "major_hours",
                "integer",
                12,
                _("小时"),
                _("重大事件"),
                STATUTORY,
                stricter="lower",
                lowest=1,
                highest=12,
                legal=STATUTORY,
            ),
            Parameter(
                "general_days",
                "integer",
                15,
                _("天"),
                _("一般事件"),
                STATUTORY,
                stricter="lower",
                lowest=1,
                highest=15,
                legal=STATUTORY,
            ),
        ),
        words="向卫生行政部门报告 上级部门 主管部门 法定 重大医疗 立即上报 报告时限 监管部门 "
        "卫生健康 重大事件 政府",
        planned=True,
    )
)
PRODUCT_EVENTS = register(
    Control(
        "quality.product_events",
        Kind.DUTY,
        _("药械不良事件报告"),
        _("药品不良反应和器械不良事件按类别限时报告。"),
        source=DRUG81,
        parameters=(
            Parameter(
                "drug_days",
                "integer",
                15,
                _("天"),
                _("新的或严重药品反应"),
                DRUG81,
                stricter="lower",
                lowest=1,
                highest=15,
            ),
            Parameter(
                "device_death_days",
                "integer",
                7,
                _("天"),
                _("器械致死"),
                DEVICE,
                stricter="lower",
                lowest=1,
                highest=7,
            ),
            Parameter(
                "device_injury_days",
                "integer",
                20,
                _("天"),
                _("器械严重伤害"),
                DEVICE,
                stricter="lower",
                lowest=1,
                highest=20,
            ),
        ),
        owner_role="pharmacist",
        words="药品不良反应 医疗器械不良事件 不良反应监测 报告 ADR 药害 不良反应报告 器械不良",
        planned=True,
    )
)
INFECTION_SURVEILLANCE = register(
    Control(
        "quality.infection_surveillance",
        Kind.DUTY,
        _("医院感染监测"),
        _("监测手术部位等感染，聚集时立即报告并调查。"),
        source=_("《医院感染管理办法》"),
        words="医院感染监测 感染病例 暴发 感染率 院感监测 感染管理 目标性监测 感染报告 院感管理",
        planned=True,
    )
)
INFECTIOUS_DISEASES = register(
    Control(
        "quality.infectious_diseases",
        Kind.DUTY,
        _("传染病与公共卫生报告"),
        _("发现传染病或突发公共卫生事件限时报告，隔离和消毒留记录。"),
        source=LAWINFECTIOUS,
        parameters=(
            Parameter(
                "hours",
                "integer",
                24,
                _("小时"),
                _("报告时限"),
                LAWINFECTIOUS,
                stricter="lower",
                lowest=1,
                highest=24,
            ),
        ),
        words="传染病 疫情 突发公共卫生事件 疫情报告 防控 隔离 公共卫生 流行病 传染病报告 疫情防控",
        planned=True,
    )
)
ANNUAL_EVALUATION = register(
    Control(
        "quality.annual_evaluation",
        Kind.DUTY,
        _("年度全面质量评估"),
        _("每年至少一次全面质量评估，记录方法、结果和改进。"),
        source=QM,
        parameters=(
            Parameter(
                "months",
                "integer",
                12,
                _("个月"),
                _("评估周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=12,
            ),
        ),
        words="全面的质量评估 年度评估 自我评估 每年至少进行一次 质量评价 评审 评估 综合评价 "
        "质量评估 内部评估 多方评价 评估机制 定期评估 评估报告",
        planned=True,
    )
)
THIRD_PARTY = register(
    Control(
        "quality.third_party",
        Kind.CHECK,
        _("第三方评估"),
        _("记录外部机构评估的范围、结果、差距和整改。"),
        source=CONVENTION,
        words="第三方 外部评估 专业机构 认证机构 外部评审 第三方评价 独立机构 专家评审 "
        "社会评价 第三方机构 行业评价 同行评议",
        planned=True,
    )
)
ACCREDITATION = register(
    Control(
        "quality.accreditation",
        Kind.CHECK,
        _("体系认证与标准符合"),
        _("按 ISO、JCI 等标准条款自评，记录差距、证书和有效期。"),
        source=ISO9001,
        words="ISO JCI 认证 质量管理体系 国际标准 标准认证 体系认证 等级评审 国际认证 "
        "达标 标准化管理 ISO9001 体系建设",
        planned=True,
    )
)
INDEPENDENT_SUPERVISION = register(
    Control(
        "quality.independent_supervision",
        Kind.CHECK,
        _("独立监督"),
        _("记录独立于被查科室的监督人、监督内容和直接报告。"),
        source=CONVENTION,
        words="独立监督 监督机构 监督员 监督机制 独立性 外部监督 内部监督 监督部门 社会监督 "
        "客观公正 监督小组 监督体系",
        planned=True,
    )
)
RESULTS_PUBLISHED = register(
    Control(
        "quality.results_published",
        Kind.RECORD,
        _("评估结果公开"),
        _("把评估、检查、整改结果在规定范围内公开并记录。"),
        source=CONVENTION,
        words="公布结果 结果公开 公示结果 通报 评估结果 公开透明 接受监督 向社会公布 结果反馈 公布 定期公布",
        planned=True,
    )
)
