"""What procedures will do from the theatre to leaving the clinic."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register

CORE = _("《医疗质量安全核心制度要点》")
RECORDS = _("《病历书写基本规范》")
OPNOTE = _("《病历书写基本规范》：手术记录术后 24 小时内完成")

THEATRE_SCHEDULE = register(
    Control(
        "procedures.theatre_schedule",
        Kind.GATE,
        _("手术室与人员同排"),
        _("手术室、主刀、麻醉、护士、设备未全部排定的手术不能开台。"),
        source=_("行业惯例，可由制度调整"),
        owner_role="surgeon",
        words="安排手术室 手术安排 医护人员 手术排程 手术通知 手术团队 手术时间 手术台 "
        "手术人员 人员到位 择期手术",
        planned=True,
    )
)
SITE_MARKING = register(
    Control(
        "procedures.site_marking",
        Kind.GATE,
        _("手术部位标识"),
        _("未由主刀与患者共同标识部位的手术不能进入核查。"),
        source=CORE,
        owner_role="surgeon",
        words="部位标识 手术部位 标记 画线 设计线 术前标记 左右侧 定位",
        planned=True,
    )
)
SAFETY_CHECK = register(
    Control(
        "procedures.safety_check",
        Kind.GATE,
        _("手术安全三方核查"),
        _("麻醉前、手术开始前、离室前未由医生、麻醉、护士核查签名的，不能进入下一步。"),
        source=_("《手术安全核查制度》"),
        owner_role="nurse",
        words="三方核查 安全核查 手术安全 核查 手术核查 手术安全核查 麻醉前 离室 核查表 "
        "核对手术 手术安全管理",
        planned=True,
    )
)
IDENTITY_MATCH = register(
    Control(
        "procedures.identity_match",
        Kind.GATE,
        _("操作前身份与项目核对"),
        _("未用两种以上标识核对患者、项目、部位和产品的，不能开始操作。"),
        source=CORE,
        owner_role="nurse",
        words="查对 三查七对 核对患者 身份识别 核对姓名 查对制度 核对信息 腕带 身份核对 "
        "确认身份 核对无误 核对药品",
        planned=True,
    )
)
SOP_FOLLOWED = register(
    Control(
        "procedures.sop_followed",
        Kind.CHECK,
        _("按操作规程实施"),
        _("操作中逐项确认关键步骤，偏离须说明原因。"),
        source=_("《医疗质量管理办法》"),
        owner_role="surgeon",
        words="严格按照 操作规程 规范操作 遵守操作规范 手术规范 严格执行 技术操作 按流程 "
        "手术操作 规范手术 遵循 违规操作 操作规范 诊疗常规",
        planned=True,
    )
)
ASEPTIC = register(
    Control(
        "procedures.aseptic",
        Kind.CHECK,
        _("无菌操作与感染控制"),
        _("检查无菌操作、隔离防护和感染控制措施是否落实。"),
        source=_("《医院感染管理办法》"),
        owner_role="nurse",
        words="无菌操作 感染控制 院感 防止感染 交叉感染 无菌技术 隔离 医院感染 无菌原则 "
        "预防感染 消毒隔离 感染防控",
        planned=True,
    )
)
ANAESTHESIA = register(
    Control(
        "procedures.anaesthesia",
        Kind.RECORD,
        _("麻醉评估与记录"),
        _("记录麻醉前访视、分级、用药、监测和苏醒，由有资质的麻醉医师签名。"),
        source=CORE,
        owner_role="anaesthetist",
        words="麻醉 麻醉记录 麻醉医师 麻醉方式 麻醉评估 术中监测 镇静 全麻 局麻 麻醉前访视 "
        "麻醉安全 生命体征监测",
        planned=True,
    )
)
OPERATION_NOTE = register(
    Control(
        "procedures.operation_note",
        Kind.WATCH,
        _("手术记录按时完成"),
        _("找出手术结束后规定时限内没有手术记录的手术。"),
        source=RECORDS,
        parameters=(
            Parameter(
                "hours",
                "integer",
                24,
                _("小时"),
                _("完成时限"),
                OPNOTE,
                stricter="lower",
                lowest=1,
                highest=24,
                legal=OPNOTE,
            ),
        ),
        owner_role="surgeon",
        words="手术记录 术后记录 手术过程 记录手术 手术经过 术中情况 详细记录手术 手术名称 出血量",
        planned=True,
    )
)
TREATMENT_SESSION = register(
    Control(
        "procedures.treatment_session",
        Kind.RECORD,
        _("治疗操作记录"),
        _("记录每次注射、激光、牙科等治疗的操作人、产品、批号、参数和反应。"),
        source=RECORDS,
        owner_role="nurse",
        words="治疗记录 操作记录 治疗过程 治疗次数 操作者 治疗单 疗程 记录治疗 治疗操作 治疗情况",
        planned=True,
    )
)
RECOVERY = register(
    Control(
        "procedures.recovery",
        Kind.RECORD,
        _("恢复室观察"),
        _("记录术后恢复室生命体征、疼痛、意识和处置。"),
        source=CORE,
        owner_role="nurse",
        words="恢复室 离院标准 离室评分 术后观察 苏醒 生命体征 观察 麻醉恢复 术后监护 "
        "密切观察 留观 复苏 术后护理 疼痛",
        planned=True,
    )
)
