"""The controls of scheduling: codes that policies point to, parameters that they may set."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register

CONVENTION = _("行业惯例，可由制度调整")
MOST_REMINDER_HOURS = 14 * 24
MOST_RECORDED_LATE_DAYS = 90

SUBJECT_LICENSED = register(
    Control(
        "scheduling.subject_licensed",
        Kind.GATE,
        _("诊疗科目已登记"),
        _("服务所属的诊疗科目须在本院区当天有效的执业许可证上"),
        source=_("《医疗机构管理条例》"),
    )
)
LEVEL_ALLOWED = register(
    Control(
        "scheduling.level_allowed",
        Kind.GATE,
        _("手术级别在许可之内"),
        _("服务的手术级别不得高于本院区执业许可证允许的最高级别"),
        source=_("《医疗美容项目分级管理目录》"),
    )
)
PRACTITIONER_LICENSED = register(
    Control(
        "scheduling.practitioner_licensed",
        Kind.GATE,
        _("医生执业证有效"),
        _("执业证书须在就诊当天有效，执业地点含本院区，执业范围含该诊疗科目"),
        source=_("《医师法》第十四、十七条，《护士条例》第八条"),
    )
)
PRACTITIONER_PRIVILEGED = register(
    Control(
        "scheduling.practitioner_privileged",
        Kind.GATE,
        _("医生有手术授权"),
        _("须授权的项目只能由当天持有本院书面授权的医生实施"),
        source=CONVENTION,
    )
)
EQUIPMENT_CALIBRATED = register(
    Control(
        "scheduling.equipment_calibrated",
        Kind.GATE,
        _("设备在校准期内"),
        _("服务所需的设备须在就诊当天处于校准有效期内"),
        source=_("《医疗器械监督管理条例》第五十条，强制检定要求"),
    )
)
MINOR_HAS_GUARDIAN = register(
    Control(
        "scheduling.minor_has_guardian",
        Kind.GATE,
        _("未成年人有监护人"),
        _("未成年人预约前须登记监护人"),
        source=_("《医疗美容服务管理办法》第十八至二十条，《民法典》第十七条"),
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
    )
)
PRIVACY_CONSENT = register(
    Control(
        "scheduling.privacy_consent",
        Kind.GATE,
        _("已同意隐私告知"),
        _("预约和接诊前患者须已同意个人信息处理告知"),
        source=_("《个人信息保护法》第十四至十七条"),
    )
)
NOT_IN_PAST = register(
    Control(
        "scheduling.not_in_past",
        Kind.GATE,
        _("不预约过去的时间"),
        _("预约的开始时间不得早于现在"),
        source=CONVENTION,
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
    )
)
