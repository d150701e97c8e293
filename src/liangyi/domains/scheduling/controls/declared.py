"""The controls of scheduling: codes that policies point to, parameters that they may set."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register

CONVENTION = _("行业惯例，可由制度调整")
EMERGENCIES = ("director",)
"""Who answers for going ahead where a life is at stake and nobody can be asked."""
MOST_REMINDER_HOURS = 14 * 24
MOST_RECORDED_LATE_DAYS = 90

SUBJECT_LICENSED = register(
    Control(
        "scheduling.subject_licensed",
        Kind.GATE,
        _("诊疗科目已登记"),
        _("服务所属的诊疗科目须在本院区当天有效的执业许可证上"),
        source=_("《医疗机构管理条例》"),
        words="诊疗科目 超范围 不得超范围经营 核准登记 许可范围 执业许可 登记的科目 超出范围 "
        "开展诊疗活动 依法执业 经营范围 擅自开展 非法行医",
    )
)
LEVEL_ALLOWED = register(
    Control(
        "scheduling.level_allowed",
        Kind.GATE,
        _("手术级别在许可之内"),
        _("服务的手术级别不得高于本院区执业许可证允许的最高级别"),
        source=_("《医疗美容项目分级管理目录》"),
        words="手术级别 分级管理 手术分级 项目级别 超级别 高风险手术 级别许可 开展手术 "
        "越级手术 资质相应 禁止开展",
    )
)
PRACTITIONER_LICENSED = register(
    Control(
        "scheduling.practitioner_licensed",
        Kind.GATE,
        _("医生执业证有效"),
        _("执业证书须在就诊当天有效，执业地点含本院区，执业范围含该诊疗科目"),
        source=_("《医师法》第十四、十七条，《护士条例》第八条"),
        words="执业医师 注册 执业地点 执业范围 执业资格 合法执业 有效的执业证书 无证行医 "
        "非卫生技术人员 主诊医师 资格证书 超范围执业 具有资质的医生",
    )
)
PRACTITIONER_PRIVILEGED = register(
    Control(
        "scheduling.practitioner_privileged",
        Kind.GATE,
        _("医生有手术授权"),
        _("须授权的项目只能由当天持有本院书面授权的医生实施"),
        source=CONVENTION,
        words="手术授权 授权医师 主刀资格 未经授权 手术权限 资质审核 经验丰富 有资质的医生 "
        "主诊医师 技术准入 能力相适应",
    )
)
EQUIPMENT_CALIBRATED = register(
    Control(
        "scheduling.equipment_calibrated",
        Kind.GATE,
        _("设备在校准期内"),
        _("服务所需的设备须在就诊当天处于校准有效期内"),
        source=_("《医疗器械监督管理条例》第五十条，强制检定要求"),
        words="设备校准 检定合格 校准有效 计量合格 超期设备 不得使用 未经检定 停用 检测合格 "
        "不合格的设备 设备安全 精准",
    )
)
MINOR_HAS_GUARDIAN = register(
    Control(
        "scheduling.minor_has_guardian",
        Kind.GATE,
        _("未成年人有监护人"),
        _("未成年人预约前须登记监护人"),
        source=_(
            "《医疗美容服务管理办法》第十八至二十条，《民法典》第十七条；"
            "紧急情况经负责人批准可放行：《民法典》第一千二百二十条"
        ),
        parameters=(
            Parameter(
                "age",
                "integer",
                18,
                _("岁"),
                _("未满多少岁须有监护人"),
                _("《民法典》第十七条"),
                stricter="higher",
                lowest=18,
                highest=25,
                legal=_("《民法典》第十七条"),
            ),
        ),
        overridable_by=EMERGENCIES,
        words="未成年人 监护人 法定代理人 陪同 家长同意 年龄 未满十八周岁 未满18周岁 "
        "限制民事行为能力 监护人同意 儿童",
    )
)
PRIVACY_CONSENT = register(
    Control(
        "scheduling.privacy_consent",
        Kind.GATE,
        _("已同意隐私告知"),
        _("预约和接诊前患者须已同意个人信息处理告知"),
        source=_("《个人信息保护法》第十四至十七条；紧急情况为保护生命健康可放行：同法第十三条第一款第四项"),
        overridable_by=EMERGENCIES,
        words="隐私告知 个人信息同意 授权同意 隐私政策 同意书 未经同意 收集个人信息 知情 保护隐私 告知同意",
    )
)
PATIENT_FREE = register(
    Control(
        "scheduling.patient_free",
        Kind.GATE,
        _("患者不同时在两处"),
        _("同一患者的两个预约不得在时间上重叠，不论医生和院区；合并过的档案算同一个人"),
        source=CONVENTION,
        words="重复预约 时间冲突 预约冲突 同一时间 重叠",
    )
)
NOT_IN_PAST = register(
    Control(
        "scheduling.not_in_past",
        Kind.GATE,
        _("不预约过去的时间"),
        _("预约的开始时间不得早于现在"),
        source=CONVENTION,
        words="预约时间 补登记 倒签 过去时间 提前预约 时间有效 预约规则 当日预约 不得补约",
    )
)
SITE_OPEN = register(
    Control(
        "scheduling.site_open",
        Kind.GATE,
        _("不预约停诊日"),
        _("停诊日和不开诊的星期不接受预约"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "grid_minutes", "integer", 15, _("分钟"), _("号源间隔"), CONVENTION, lowest=5, highest=120
            ),
        ),
        words="停诊日 节假日 开诊时间 营业时间 休息日 不接受预约 非工作时间 门诊时间 "
        "号源开放 预约时段 工作日",
    )
)
REMINDED = register(
    Control(
        "scheduling.reminded",
        Kind.WATCH,
        _("预约前已提醒"),
        _("临近的预约须已有提醒消息或电话提醒任务"),
        source=CONVENTION,
        # Neither way is stricter: too early is forgotten, too late cannot be followed.
        parameters=(
            Parameter(
                "hours",
                "integer",
                24,
                _("小时"),
                _("提前提醒"),
                CONVENTION,
                lowest=1,
                highest=MOST_REMINDER_HOURS,
            ),
        ),
        owner_role="reception",
        words="预约提醒 提醒 短信提醒 电话提醒 就诊前 提前一天 提前通知 按时就诊 温馨提示 "
        "就诊提醒 提醒患者 前一日",
    )
)
RECORDED_LATE = register(
    Control(
        "scheduling.recorded_late",
        Kind.WATCH,
        _("补录"),
        _("事后补录的就诊须有人过目"),
        source=_("病历书写规范：事后补记须注明"),
        parameters=(
            Parameter(
                "days",
                "integer",
                7,
                _("天"),
                _("关注期"),
                CONVENTION,
                stricter="higher",
                lowest=1,
                highest=MOST_RECORDED_LATE_DAYS,
            ),
        ),
        words="补录 事后补记 补登 迟录 漏登 及时录入 事后登记 补充记录 当日录入 追记",
    )
)
BOOKED_WITHOUT_AUTHORITY = register(
    Control(
        "scheduling.booked_without_authority",
        Kind.WATCH,
        _("已约而当天无资质"),
        _("已有预约的医生在就诊当天须有执业证书和授权，已留的设备须在用并在校准期内"),
        source=_("《医师法》第十四、十七条，《医疗器械监督管理条例》第五十条"),
        owner_role="director",
        words="资质 执业证 授权 校准 到期 预约 停用",
    )
)
