"""What scheduling will do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register

CONVENTION = _("行业惯例，可由制度调整")
CORE = _("《医疗质量安全核心制度要点》")

ONLINE_BOOKING = register(
    Control(
        "scheduling.online_booking",
        Kind.RECORD,
        _("线上与自助预约"),
        _("网页、微信和自助机预约与前台共用同一号源，患者可自行改期取消。"),
        source=CONVENTION,
        owner_role="reception",
        words="网上预约 微信预约 线上预约 自助预约 公众号 小程序 官网 APP 自助机 互联网 "
        "网络平台 在线预约 手机预约",
        planned=True,
    )
)
RECOMMENDATION = register(
    Control(
        "scheduling.recommendation",
        Kind.RECORD,
        _("按需求推荐科室医生"),
        _("根据患者需求、医生专长和排班推荐科室、医生和时间。"),
        source=CONVENTION,
        owner_role="reception",
        words="推荐医生 推荐科室 患者需求 匹配 合适的医生 专长 根据需求安排 指导选择 医生排班 选择医生",
        planned=True,
    )
)
EXAM_APPOINTMENTS = register(
    Control(
        "scheduling.exam_appointments",
        Kind.RECORD,
        _("检查预约"),
        _("检查检验项目分时段预约，告知准备事项，与门诊同日安排。"),
        source=CONVENTION,
        owner_role="reception",
        words="检查预约 预约检查 检验 影像检查 辅助检查 拍片 检查项目 检查时间 化验 集中预约",
        planned=True,
    )
)
CAPACITY_REVIEW = register(
    Control(
        "scheduling.capacity_review",
        Kind.DUTY,
        _("按就诊趋势调整排班"),
        _("按期用就诊量、候诊时间和爽约趋势提出增减号源和排班的建议。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "months",
                "integer",
                1,
                _("个月"),
                _("评估周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=12,
            ),
        ),
        owner_role="director",
        words="就诊趋势 调整排班 增加号源 增加预约名额 时段 高峰 错峰 分流 就诊高峰 弹性 "
        "预约名额 合理调配 人流 就诊量",
        planned=True,
    )
)
WAITLIST = register(
    Control(
        "scheduling.waitlist",
        Kind.DUTY,
        _("候补名单"),
        _("有人取消时按顺序通知候补患者，限时确认。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "minutes",
                "integer",
                60,
                _("分钟"),
                _("确认时限"),
                CONVENTION,
                stricter="lower",
                lowest=5,
                highest=1440,
            ),
        ),
        owner_role="reception",
        words="候补 等候名单 补位 空出时段 递补 加号",
        planned=True,
    )
)
RECEPTION = register(
    Control(
        "scheduling.reception",
        Kind.CHECK,
        _("接待与导诊"),
        _("检查患者到院时是否有人迎接、询问需求、引导陪同。"),
        source=CONVENTION,
        owner_role="reception",
        words="接待 导诊 导医 迎接 热情接待 引导 陪同 前台 问候 咨询台 服务台 全程陪同 "
        "主动询问 指引 引领 首问负责 接诊",
        planned=True,
    )
)
TRIAGE = register(
    Control(
        "scheduling.triage",
        Kind.CHECK,
        _("预检分诊"),
        _("到诊时评估症状轻重，急危重患者优先，发热和传染病患者分流。"),
        source=CORE,
        owner_role="nurse",
        words="分诊 预检 轻重缓急 优先就诊 急诊 急危重 发热 筛查 病情评估 绿色通道 危重 紧急情况 老年人优先",
        planned=True,
    )
)
VISIT_ROUTING = register(
    Control(
        "scheduling.visit_routing",
        Kind.RECORD,
        _("就诊路线安排"),
        _("为一次就诊排出检查、治疗、缴费的先后和地点，走完一步提示下一步。"),
        source=CONVENTION,
        owner_role="reception",
        words="就诊流程 流程指引 就医流程 一站式 一站式服务 下一步 缴费 取药 动线 流程图 减少往返 就诊环节",
        planned=True,
    )
)
HANDOVER = register(
    Control(
        "scheduling.handover",
        Kind.DUTY,
        _("值班与交接班"),
        _("按班次交接在院患者、未完成事项和设备状态，双方签名。"),
        source=CORE,
        owner_role="nurse",
        words="交接班 值班 交班 接班 晨会 值班制度 值守 24小时 床旁交接 交接记录 夜班",
        planned=True,
    )
)
REFERRAL = register(
    Control(
        "scheduling.referral",
        Kind.RECORD,
        _("转诊跟踪"),
        _("记录转出转入的机构、原因、资料和结果回报。"),
        source=CONVENTION,
        owner_role="consultant",
        words="转诊 转院 上级医院 转介 双向转诊 绿色通道 外院 医联体 转送 转科",
        planned=True,
    )
)
ROTA_PROPOSAL = register(
    Control(
        "scheduling.rota_proposal",
        Kind.RECORD,
        _("排班与手术间优化"),
        _("按授权、设备、清洁时间和偏好给出排班和手术间安排建议，并说明理由。"),
        source=CONVENTION,
        owner_role="director",
        words="优化排班 手术排程 资源优化 智能排班 利用率 资源配置 优化配置 提高效率 统筹安排 合理配置",
        planned=True,
    )
)
