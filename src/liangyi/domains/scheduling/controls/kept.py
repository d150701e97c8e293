"""What scheduling keeps, does every day and counts, and what proves it."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, register
from liangyi.platform.controls.proofs import Counted, Done, Kept, Standing, prove

CONVENTION = _("行业惯例，可由制度调整")

APPOINTMENT_RECORD = register(
    Control(
        "scheduling.appointment_record",
        Kind.RECORD,
        _("预约登记"),
        _("每个预约记录患者、项目、医生、时间、渠道和预约人，各渠道进同一日历。"),
        source=CONVENTION,
        owner_role="reception",
        words="预约 预约登记 预约挂号 预约服务 电话预约 现场预约 预约信息 预约记录 预约管理 "
        "挂号 多渠道预约 就诊时间 预约渠道 预约制度",
    )
)
NO_DOUBLE_BOOKING = register(
    Control(
        "scheduling.no_double_booking",
        Kind.RECORD,
        _("资源不重复占用"),
        _("预约同时占住医生、诊室和设备，数据库拒绝重叠，日历实时更新。"),
        source=CONVENTION,
        owner_role="reception",
        words="实时更新 动态管理 号源 时间冲突 重复预约 避免冲突 合理安排 时段 排期 占用 "
        "预约系统 号源管理 资源分配",
    )
)
STATUS_TIMES = register(
    Control(
        "scheduling.status_times",
        Kind.RECORD,
        _("就诊各步时间"),
        _("记录到诊、叫号、开始、结束、取消的时间和操作人。"),
        source=CONVENTION,
        owner_role="reception",
        words="到诊 就诊流程 签到 叫号 就诊时间 流程记录 报到 接诊 结束就诊 各环节 时间节点 取消预约",
    )
)
QUEUE_TICKET = register(
    Control(
        "scheduling.queue_ticket",
        Kind.RECORD,
        _("排队叫号"),
        _("到诊即发排队号，按约定时间和到诊顺序叫号。"),
        source=CONVENTION,
        owner_role="reception",
        words="排队 叫号 候诊 排队号 秩序 先后顺序 按序就诊 分诊叫号 等候 有序 取号 候诊秩序",
    )
)
DAY_CLOSING = register(
    Control(
        "scheduling.day_closing",
        Kind.DUTY,
        _("每日日终结账"),
        _("每日结束时核对未到者和未结束就诊，确认爽约并关闭当日。"),
        source=CONVENTION,
        owner_role="reception",
        words="日终 每日核对 当日 总结 爽约登记 下班前 清点 日结 每日 未到诊 核对预约",
    )
)
REBOOKING = register(
    Control(
        "scheduling.rebooking",
        Kind.DUTY,
        _("停诊改约"),
        _("医生请假、停诊或用房关闭后，受影响的预约逐个成为改约任务。"),
        source=CONVENTION,
        owner_role="reception",
        words="改约 停诊 改期 重新预约 调整预约 另约 医生请假 临时停诊 变更 取消 协助重新预约 通知患者 调班",
    )
)
CONFIRMATION = register(
    Control(
        "scheduling.confirmation",
        Kind.RECORD,
        _("预约确认通知"),
        _("预约成功后发出含时间、地点、医生、注意事项的确认消息，记录是否送出。"),
        source=CONVENTION,
        owner_role="reception",
        words="预约确认 确认 通知 短信 告知时间 就诊地点 注意事项 预约成功 确认信息 回复 发送 提前告知",
    )
)
TOLD_BY_PHONE = register(
    Control(
        "scheduling.told_by_phone",
        Kind.DUTY,
        _("电话告知预约"),
        _("收不到消息的患者，由前台在期限内电话确认、提醒或告知取消。"),
        source=CONVENTION,
        owner_role="reception",
        words="电话确认 电话通知 打电话 致电 电话提醒 人工通知 联系患者 电话联系 回电",
    )
)
REFUSAL_REASONS = register(
    Control(
        "scheduling.refusal_reasons",
        Kind.RECORD,
        _("预约失败说明原因"),
        _("预约被拒绝时列出全部原因、可补救的办法和相近的可约时间，并留存判定。"),
        source=CONVENTION,
        owner_role="reception",
        words="未能成功预约 告知原因 说明原因 预约失败 协助 无法预约 解释 替代时间 其他时间 推荐其他",
    )
)
ROTA = register(
    Control(
        "scheduling.rota",
        Kind.RECORD,
        _("医生排班"),
        _("按周和单日登记每名医生在各院区的出诊时间，按生效日期保存。"),
        source=CONVENTION,
        owner_role="director",
        words="排班 出诊 医生排班 值班表 排班表 坐诊 出诊时间 班次 合理排班 人力安排 弹性排班 专家门诊",
    )
)
LEAVE = register(
    Control(
        "scheduling.leave",
        Kind.RECORD,
        _("请假登记"),
        _("登记医生请假时段，请假期间不接受预约。"),
        source=CONVENTION,
        owner_role="director",
        words="请假 休假 外出 停诊 缺勤 考勤 年假 调休 离岗",
    )
)
WAITING_TIME = register(
    Control(
        "scheduling.waiting_time",
        Kind.MEASURE,
        _("候诊时间"),
        _("统计从到诊（不早于约定时间）到叫号的平均时间和九成患者等候时间。"),
        source=CONVENTION,
        owner_role="reception",
        words="等待时间 候诊时间 等候时间 缩短 排队时间 减少等待 就诊效率 等候过长 就医等待 平均等待",
    )
)
NO_SHOW = register(
    Control(
        "scheduling.no_show",
        Kind.MEASURE,
        _("爽约率"),
        _("统计未按预约到诊且未提前取消的比例。"),
        source=CONVENTION,
        owner_role="reception",
        words="爽约 失约 未到诊 爽约率 预约履约 违约 到诊率 履约率",
    )
)
LEAD_TIME = register(
    Control(
        "scheduling.lead_time",
        Kind.MEASURE,
        _("预约提前期"),
        _("统计从预约到就诊相隔的天数，反映约号难易。"),
        source=CONVENTION,
        owner_role="reception",
        words="预约周期 预约等待 约不上 提前预约 预约天数 候约时间 号源紧张 预约难",
    )
)

prove(
    APPOINTMENT_RECORD,
    Kept(
        "scheduling.appointment",
        "scheduling.Appointment",
        moment="starts_at",
        site="site_id",
        where=Q(source=""),
    ),
)
prove(
    NO_DOUBLE_BOOKING,
    Kept(
        "scheduling.appointment",
        "scheduling.Reservation",
        moment="appointment__starts_at",  # where the appointment's index by site and moment finds it
        site="appointment__site_id",
        subject_id="appointment_id",
    ),
)
prove(
    STATUS_TIMES,
    Kept(
        "scheduling.appointment",
        "scheduling.StatusChange",
        moment="at",
        site="appointment__site_id",
        where=Q(recorded_at=None),
        subject_id="appointment_id",
    ),
)
prove(
    QUEUE_TICKET,
    Kept(
        "scheduling.appointment",
        "scheduling.Appointment",
        moment="starts_at",
        site="site_id",
        where=~Q(ticket=""),
    ),
)
prove(DAY_CLOSING, Kept("", "scheduling.DayClosing", moment="day", site="site_id", what=_("日终结账")))
prove(REBOOKING, Done(("scheduling.rebook",)))
prove(
    CONFIRMATION,
    Kept(
        "scheduling.appointment",
        "messages.Message",
        moment="created_at",
        site="site_id",
        where=Q(account=None, template="scheduling.confirmation"),
        failing=Q(failed_at__isnull=False),
        subject_id="subject_id",
    ),
)
prove(
    TOLD_BY_PHONE,
    Done(("scheduling.confirm_by_phone", "scheduling.remind_by_phone", "scheduling.cancel_by_phone")),
)
prove(
    REFUSAL_REASONS,
    Kept(
        "controls.verdict",
        "controls.Verdict",
        moment="at",
        site="site_id",
        where=Q(decision="BookAppointment", outcome="refused"),
    ),
)
prove(ROTA, Standing("staff.member", "scheduling.RotaRule", site="site_id", subject_id="staff_id"))
prove(
    LEAVE,
    Kept(
        "staff.member",
        "scheduling.Leave",
        moment="starts_at",
        site="staff__site_id",
        subject_id="staff_id",
        what=_("请假"),
    ),
)
prove(WAITING_TIME, Counted("WAIT"))
prove(NO_SHOW, Counted("NOSHOW"))
prove(LEAD_TIME, Counted("LEAD"))
