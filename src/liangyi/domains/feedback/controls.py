"""What feedback will do: surveys, complaints, disputes, communication."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register

CONVENTION = _("行业惯例，可由制度调整")
COMPLAINT = _("《医疗机构投诉管理办法》")
DISP = _("《医疗纠纷预防和处理条例》")

SURVEY = register(
    Control(
        "feedback.survey",
        Kind.RECORD,
        _("满意度调查"),
        _("就诊后自动发放问卷，也可电话和面访，按模板版本保存答复。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "months",
                "integer",
                1,
                _("个月"),
                _("调查周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=12,
            ),
        ),
        words="满意度调查 问卷 问卷调查 客户满意度 患者满意度 调查 电话调查 访谈 面谈 评价 "
        "意见征集 调查问卷 患者评价 服务评价 定期调查 收集反馈",
        planned=True,
    )
)
SATISFACTION = register(
    Control(
        "feedback.satisfaction",
        Kind.MEASURE,
        _("满意度"),
        _("统计满意答复占有效答复的比例，按科室、环节和医生分列。"),
        source=CONVENTION,
        words="满意度 满意率 患者满意 客户满意 满意度指标 提高满意度 满意程度 NPS 推荐 "
        "提升患者满意度 就医体验 患者体验",
        planned=True,
    )
)
SURVEY_ACTIONS = register(
    Control(
        "feedback.survey_actions",
        Kind.DUTY,
        _("调查结果改进"),
        _("按期分析调查结果，低分项形成改进措施并跟踪。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "months",
                "integer",
                3,
                _("个月"),
                _("分析周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=12,
            ),
        ),
        words="调查结果 结果分析 分析反馈 反馈意见 根据反馈 患者反馈 评价结果 满意度分析 低分项 "
        "意见分析 不满意 改进服务",
        planned=True,
    )
)
PATIENT_SUGGESTIONS = register(
    Control(
        "feedback.patient_suggestions",
        Kind.RECORD,
        _("意见建议收集"),
        _("通过意见箱、线上和现场收集患者意见建议，答复并记录采纳。"),
        source=CONVENTION,
        words="意见箱 意见建议 患者意见 收集意见 建议 听取意见 患者参与 反馈渠道 征求意见 "
        "患者建议 患者反馈 座谈会 社会监督",
        planned=True,
    )
)
COMPLAINT_INTAKE = register(
    Control(
        "feedback.complaint_intake",
        Kind.RECORD,
        _("投诉登记"),
        _("各渠道投诉统一登记：投诉人、时间、事项、诉求、材料，首接负责。"),
        source=COMPLAINT,
        words="投诉 投诉登记 受理 投诉受理 客户投诉 接待投诉 投诉处理 投诉记录 首诉负责 "
        "投诉内容 患者投诉 登记投诉 投诉机制 投诉管理",
        planned=True,
    )
)
COMPLAINT_CHANNELS = register(
    Control(
        "feedback.complaint_channels",
        Kind.CHECK,
        _("投诉渠道公开"),
        _("检查投诉电话、部门、流程是否在醒目处和网上公布并有人接听。"),
        source=_("《医疗纠纷预防和处理条例》第十八条"),
        words="投诉渠道 投诉电话 公布 投诉箱 渠道畅通 举报电话 投诉方式 监督电话 投诉部门 "
        "设立 公开渠道 多种渠道",
        planned=True,
    )
)
COMPLAINT_ROUTE = register(
    Control(
        "feedback.complaint_route",
        Kind.RECORD,
        _("投诉分级分流"),
        _("按严重程度区分当场解决、调查处理和多部门处理，分派责任人。"),
        source=COMPLAINT,
        words="简单投诉 复杂投诉 分级 分类处理 当场解决 转交 现场解决 相关部门 严重程度 分派 重大投诉 移交",
        planned=True,
    )
)
COMPLAINT_DEADLINE = register(
    Control(
        "feedback.complaint_deadline",
        Kind.DUTY,
        _("投诉限期答复"),
        _("按工作日倒计时答复投诉人，临期提醒、逾期上报。"),
        source=COMPLAINT,
        parameters=(
            Parameter(
                "working_days",
                "integer",
                5,
                _("个工作日"),
                _("一般投诉答复"),
                COMPLAINT,
                stricter="lower",
                lowest=1,
                highest=10,
                legal=COMPLAINT,
            ),
            Parameter(
                "complex_working_days",
                "integer",
                10,
                _("个工作日"),
                _("复杂投诉答复"),
                COMPLAINT,
                stricter="lower",
                lowest=1,
                highest=30,
            ),
        ),
        words="规定的时间内 答复 限期 及时答复 回复投诉 工作日 答复期限 处理时限 反馈结果 "
        "尽快处理 处理结果 反馈投诉人 时限内 个工作日内",
        planned=True,
    )
)
COMPLAINT_INVESTIGATION = register(
    Control(
        "feedback.complaint_investigation",
        Kind.RECORD,
        _("投诉调查核实"),
        _("记录调查经过、证据、当事人陈述和处理意见，审批后反馈。"),
        source=COMPLAINT,
        words="调查 核实 调查核实 了解情况 查明原因 取证 处理意见 事实 公正 调查处理 客观 "
        "公平 沟通协商 妥善处理",
        planned=True,
    )
)
COMPLAINT_CAUSES = register(
    Control(
        "feedback.complaint_causes",
        Kind.RECORD,
        _("投诉原因分析"),
        _("对投诉按类别和根因归类，重复发生的转入改进。"),
        source=COMPLAINT,
        words="投诉分析 原因分析 根源 汇总 投诉统计 总结 避免类似 类似问题再次发生 投诉整改 "
        "典型案例 举一反三 投诉数据",
        planned=True,
    )
)
COMPLAINT_FOLLOW_UP = register(
    Control(
        "feedback.complaint_follow_up",
        Kind.DUTY,
        _("投诉回访"),
        _("处理后回访投诉人是否满意，不满意的重新处理。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "days",
                "integer",
                7,
                _("天"),
                _("回访期限"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=30,
            ),
        ),
        words="投诉回访 跟踪回访 处理结果 满意 回访投诉人 再次处理 跟踪处理 对处理结果",
        planned=True,
    )
)
COMPLAINT_RATE = register(
    Control(
        "feedback.complaint_rate",
        Kind.MEASURE,
        _("投诉率与按时答复率"),
        _("统计每千人次投诉数、按时答复率和重复投诉率。"),
        source=CONVENTION,
        words="投诉率 投诉数量 投诉次数 降低投诉 处理满意率 投诉指标 投诉处理率",
        planned=True,
    )
)
DISPUTE_PREVENTION = register(
    Control(
        "feedback.dispute_prevention",
        Kind.DUTY,
        _("纠纷预防预警"),
        _("从投诉、退费、不良事件识别纠纷苗头，指定人员及早沟通。"),
        source=DISP,
        words="纠纷预防 预警 医疗纠纷 防范 苗头 纠纷隐患 医患矛盾 防范纠纷 化解 医患关系 "
        "减少纠纷 和谐 医疗风险",
        planned=True,
    )
)
DISPUTE_HANDLING = register(
    Control(
        "feedback.dispute_handling",
        Kind.DUTY,
        _("医疗纠纷处理"),
        _("按预案处理纠纷：告知途径、封存、协商、调解、诉讼，各步计时留痕。"),
        source=DISP,
        words="医疗纠纷 纠纷处理 应急预案 协商 调解 诉讼 医疗事故 赔偿 法律途径 鉴定 医闹 "
        "仲裁 纠纷应急 保险 依法",
        planned=True,
    )
)
COMMUNICATION_MEETING = register(
    Control(
        "feedback.communication_meeting",
        Kind.DUTY,
        _("医患沟通会"),
        _("按周期召开医患沟通会或工休座谈会，记录议题和落实。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "months",
                "integer",
                3,
                _("个月"),
                _("召开周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=12,
            ),
        ),
        words="医患沟通会 座谈会 沟通会议 恳谈会 医患座谈 沟通制度 沟通机制 定期召开 交流 医患互动",
        planned=True,
    )
)
COMMUNICATION_EFFECT = register(
    Control(
        "feedback.communication_effect",
        Kind.MEASURE,
        _("沟通效果指标"),
        _("统计患者对病情和方案的理解度、满意度和配合度。"),
        source=CONVENTION,
        words="沟通效果 理解程度 配合度 满意度 沟通评价 沟通质量 依从性 信任 沟通评估",
        planned=True,
    )
)
