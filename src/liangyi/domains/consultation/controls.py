"""What is kept about enquiries, and what consultation will do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register
from liangyi.platform.controls.proofs import Done, Kept, prove

CONVENTION = _("行业惯例，可由制度调整")
BEAUTY = _("《医疗美容服务管理办法》")
CORE = _("《医疗质量安全核心制度要点》")

ENQUIRY = register(
    Control(
        "consultation.enquiry",
        Kind.RECORD,
        _("咨询登记"),
        _("记录来访、来电、线上咨询者的需求、渠道、意向项目和结果。"),
        source=CONVENTION,
        owner_role="consultant",
        words="咨询 咨询记录 咨询登记 电话咨询 来访 现场咨询 咨询内容 咨询服务 咨询者 "
        "客户需求 解答 提供咨询 咨询流程 记录咨询",
    )
)
ENQUIRY_FOLLOW_UP = register(
    Control(
        "consultation.enquiry_follow_up",
        Kind.DUTY,
        _("咨询限期跟进"),
        _("每条咨询在规定工作日内有人跟进，逾期上报。"),
        source=CONVENTION,
        owner_role="consultant",
        words="跟进 及时回复 咨询跟踪 回复咨询 跟踪服务 后续联系 及时解答 未成交 意向客户 回访咨询 限时答复",
    )
)
NEEDS_ASSESSMENT = register(
    Control(
        "consultation.needs_assessment",
        Kind.RECORD,
        _("需求评估"),
        _("面诊时记录求美动机、期望、既往史和需求评估结论。"),
        source=CONVENTION,
        owner_role="consultant",
        words="需求评估 了解需求 面诊 初诊 期望 求美动机 审美 诉求 询问病史 需求分析 "
        "评估需求 沟通需求 了解患者 心理预期",
        planned=True,
    )
)
PRELIMINARY_ADVICE = register(
    Control(
        "consultation.preliminary_advice",
        Kind.RECORD,
        _("初步建议与方案"),
        _("记录给出的初步建议、可选方案、利弊和患者的选择。"),
        source=BEAUTY,
        owner_role="consultant",
        words="初步建议 专业建议 方案设计 个性化方案 方案确认 治疗建议 可选方案 制定方案 "
        "利弊 方案沟通 设计方案 推荐方案",
        planned=True,
    )
)
CONSULTANT_QUALIFIED = register(
    Control(
        "consultation.consultant_qualified",
        Kind.GATE,
        _("咨询人员资质"),
        _("未培训考核合格的人员不能接待咨询；诊断和治疗方案只能由医生作出。"),
        source=BEAUTY,
        owner_role="director",
        words="咨询人员 咨询师 咨询员 专业知识 具备资质 医学背景 不得诊断 专业咨询 咨询医生 胜任 医学专业",
        planned=True,
    )
)
KNOWLEDGE_BASE = register(
    Control(
        "consultation.knowledge_base",
        Kind.RECORD,
        _("咨询知识库"),
        _("分类保存常见问题与标准答复，按版本管理，记录引用。"),
        source=CONVENTION,
        owner_role="consultant",
        words="知识库 常见问题 标准答复 问题库 解答口径 分类整理 咨询问题 资料库 答案 汇总问题 统一口径",
        planned=True,
    )
)
KNOWLEDGE_REVIEW = register(
    Control(
        "consultation.knowledge_review",
        Kind.DUTY,
        _("知识库定期更新"),
        _("按周期提醒责任人更新条目，过期条目停止使用。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "months",
                "integer",
                6,
                _("个月"),
                _("更新周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=24,
            ),
        ),
        owner_role="consultant",
        words="定期更新 更新知识库 内容更新 补充完善 及时更新 过期 修订",
        planned=True,
    )
)
JOINT_CONSULT = register(
    Control(
        "consultation.joint_consult",
        Kind.RECORD,
        _("多学科会诊"),
        _("记录会诊申请、到场人员、意见和时限，急会诊单独计时。"),
        source=CORE,
        parameters=(
            Parameter(
                "hours",
                "integer",
                24,
                _("小时"),
                _("普通会诊时限"),
                CORE,
                stricter="lower",
                lowest=1,
                highest=72,
            ),
        ),
        owner_role="surgeon",
        words="会诊 多学科 疑难病例 联合诊疗 会诊意见 专家会诊 多部门 MDT 院外会诊 协作诊疗 讨论 会诊制度",
        planned=True,
    )
)
JOINT_CONSULT_FEEDBACK = register(
    Control(
        "consultation.joint_consult_feedback",
        Kind.DUTY,
        _("会诊结果反馈患者"),
        _("会诊结束后限时向患者说明结果并记录。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "days",
                "integer",
                1,
                _("天"),
                _("反馈期限"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=7,
            ),
        ),
        owner_role="consultant",
        words="会诊结果 反馈给患者 及时反馈 告知结果 会诊结论 说明结果",
        planned=True,
    )
)
FIRST_RECEIVER = register(
    Control(
        "consultation.first_receiver",
        Kind.CHECK,
        _("首诊负责"),
        _("检查首诊医生是否负责到底：检查、处理、会诊或转交有记录。"),
        source=CORE,
        owner_role="consultant",
        words="首诊负责制 首诊医师 首诊 负责到底 不得推诿 首接负责 推诿患者 拒诊 首问负责制 接诊医生",
        planned=True,
    )
)
ONLINE_REPLY = register(
    Control(
        "consultation.online_reply",
        Kind.MEASURE,
        _("线上与热线回复时长"),
        _("统计在线客服、热线的首次回复时间和未接比例。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "minutes",
                "integer",
                10,
                _("分钟"),
                _("首次回复时限"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=1440,
            ),
        ),
        owner_role="consultant",
        words="在线咨询 热线 客服 及时回复 响应时间 微信咨询 客服电话 在线客服 回复速度 "
        "服务热线 24小时热线 留言",
        planned=True,
    )
)
REMOTE_CONSULT = register(
    Control(
        "consultation.remote_consult",
        Kind.RECORD,
        _("互联网问诊与远程医疗"),
        _("在线问诊、复诊和远程会诊记录身份、病情、意见和医生资质。"),
        source=CONVENTION,
        owner_role="consultant",
        words="远程医疗 在线问诊 互联网诊疗 远程会诊 视频问诊 线上诊疗 互联网医院 图文咨询 "
        "远程 健康咨询 在线服务",
        planned=True,
    )
)
GUIDED_TRIAGE = register(
    Control(
        "consultation.guided_triage",
        Kind.RECORD,
        _("智能导诊"),
        _("按症状和需求问答引导患者选择科室，记录路径并可转人工。"),
        source=CONVENTION,
        owner_role="consultant",
        words="智能导诊 自助导诊 症状 选择科室 导诊系统 智能分诊 人工智能 自助查询 引导就医",
        planned=True,
    )
)

prove(ENQUIRY, Kept("consultation.enquiry", "consultation.Enquiry", moment="opened_at", site="site_id"))
prove(ENQUIRY_FOLLOW_UP, Done(("consultation.follow_up",)))
