"""What staff will do: hiring, training, continuing education, conduct."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register

DOC = _("《医师法》第十四、十七条")
DOC42 = _("《医师法》第四十二条")
CONVENTION = _("行业惯例，可由制度调整")
DRUG50 = _("《药品管理法》第五十条")

HIRE_CHECK = register(
    Control(
        "staff.hire_check",
        Kind.GATE,
        _("录用前核验资格"),
        _("未核验资格证书和执业注册的卫生技术人员，不能录用和排班。"),
        source=DOC,
        owner_role="director",
        words="招聘 录用 聘用 引进 入职审核 核验 背景调查 审查资格 严格筛选 选拔 准入 "
        "不得聘用 无资质 无证人员 非卫生技术人员",
        planned=True,
    )
)
PERIODIC_ASSESSMENT = register(
    Control(
        "staff.periodic_assessment",
        Kind.DUTY,
        _("医师定期考核"),
        _("按周期对医师的业务水平、工作业绩和职业道德进行考核并记录结果。"),
        source=DOC42,
        parameters=(
            Parameter(
                "months",
                "integer",
                36,
                _("个月"),
                _("考核周期"),
                DOC42,
                stricter="lower",
                lowest=1,
                highest=36,
                legal=DOC42,
            ),
        ),
        owner_role="director",
        words="定期考核 业务水平 工作业绩 职业道德 医师考核 技术考核 三基三严 业务考核 资格考评 医德考评",
        planned=True,
    )
)
TRAINING_PLAN = register(
    Control(
        "staff.training_plan",
        Kind.RECORD,
        _("年度培训计划"),
        _("每年按岗位编制培训计划：主题、方式、对象、时间、讲师，并显示完成进度。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "hours_a_year",
                "integer",
                20,
                _("学时"),
                _("每人每年培训学时"),
                CONVENTION,
                stricter="higher",
                lowest=0,
                highest=400,
            ),
        ),
        words="年度培训计划 培训计划 培训体系 制定培训 培训内容 培训形式 案例分析 角色扮演 "
        "情景模拟 模拟演练 讲座 外出进修 分层培训 培训需求 专题培训 定期组织培训",
        planned=True,
    )
)
TRAINING_ATTENDANCE = register(
    Control(
        "staff.training_attendance",
        Kind.RECORD,
        _("培训签到与记录"),
        _("记录每次培训的内容、讲师、签到和时长，归入员工档案。"),
        source=CONVENTION,
        words="培训记录 签到 参加培训 组织培训 学习 开展培训 业务学习 加强培训 参训 "
        "培训档案 强化培训 全员培训 员工培训",
        planned=True,
    )
)
TRAINING_EXAM = register(
    Control(
        "staff.training_exam",
        Kind.RECORD,
        _("培训考核"),
        _("培训后考核，记录成绩、是否合格和补考。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "pass_mark",
                "integer",
                80,
                _("分"),
                _("合格分数"),
                CONVENTION,
                stricter="higher",
                lowest=0,
                highest=100,
            ),
        ),
        words="考核 考试 测试 成绩 合格 评估 笔试 实操 操作考核 培训考核 技能考核 理论 及格",
        planned=True,
    )
)
TRAINED_BEFORE_DUTY = register(
    Control(
        "staff.trained_before_duty",
        Kind.GATE,
        _("考核合格后上岗"),
        _("岗前培训未完成或考核不合格的人员，不能排班和接诊。"),
        source=CONVENTION,
        words="岗前培训 新员工培训 上岗培训 考核合格后方可上岗 合格后上岗 方可上岗 入职培训 "
        "先培训后上岗 未经培训不得上岗 试用期 转岗",
        planned=True,
    )
)
RETRAINING = register(
    Control(
        "staff.retraining",
        Kind.DUTY,
        _("不合格再培训"),
        _("考核不合格的，限期安排再次培训和补考，直到达到标准。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "days",
                "integer",
                30,
                _("天"),
                _("补考期限"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=180,
            ),
        ),
        words="考核不合格 再次培训 重新培训 补考 补训 暂停工作 直至合格 达到标准 不合格 离岗培训 强化训练",
        planned=True,
    )
)
TRAINING_COVERAGE = register(
    Control(
        "staff.training_coverage",
        Kind.MEASURE,
        _("培训覆盖率"),
        _("统计应参加培训者中按期完成并合格的比例。"),
        source=CONVENTION,
        words="培训覆盖率 参训率 培训率 合格率 全员 培训完成率 百分比 普及 覆盖",
        planned=True,
    )
)
TRAINING_EFFECT = register(
    Control(
        "staff.training_effect",
        Kind.CHECK,
        _("培训效果评估"),
        _("培训后按行为改变、差错和满意度评价效果，结论用于改进下一期培训。"),
        source=CONVENTION,
        words="培训效果 效果评估 培训评估 跟踪评估 反馈 调整培训 培训质量 改进培训 满意 学以致用",
        planned=True,
    )
)
CONTINUING_EDUCATION = register(
    Control(
        "staff.continuing_education",
        Kind.RECORD,
        _("继续教育与学术活动"),
        _("记录每人的继续医学教育学分、学术会议、进修和论文，提示未达年度要求者。"),
        source=DOC,
        parameters=(
            Parameter(
                "credits_a_year",
                "integer",
                25,
                _("学分"),
                _("每年学分"),
                CONVENTION,
                stricter="higher",
                lowest=0,
                highest=200,
            ),
        ),
        words="继续医学教育 继续教育 学分 学术活动 学术交流 进修 学术会议 论文 科研 新知识 "
        "新技术 研讨会 专业发展 更新知识 鼓励员工参加",
        planned=True,
    )
)
SERVICE_TRAINING = register(
    Control(
        "staff.service_training",
        Kind.DUTY,
        _("服务与沟通培训"),
        _("定期安排服务礼仪、沟通技巧、人文关怀的培训。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "months",
                "integer",
                6,
                _("个月"),
                _("培训周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=24,
            ),
        ),
        words="沟通技巧 服务礼仪 服务意识 沟通培训 人文关怀 礼仪培训 服务技能 沟通能力 话术 "
        "态度 心理学 职业素养 倾听 同理心",
        planned=True,
    )
)
SECURITY_TRAINING = register(
    Control(
        "staff.security_training",
        Kind.DUTY,
        _("信息安全培训与考核"),
        _("定期安排信息安全、患者隐私和系统操作培训，考核不合格的不开放账号。"),
        source=_("GB/T 22239—2019 网络安全等级保护基本要求"),
        parameters=(
            Parameter(
                "months",
                "integer",
                12,
                _("个月"),
                _("培训周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=24,
            ),
        ),
        owner_role="admin",
        words="信息安全培训 信息系统培训 操作人员培训 保密教育 隐私保护培训 安全意识 系统操作 "
        "网络安全教育 保密协议 考核",
        planned=True,
    )
)
CONDUCT = register(
    Control(
        "staff.conduct",
        Kind.CHECK,
        _("仪容、挂牌与行为规范"),
        _("检查员工着装、佩戴胸牌、用语和行为是否符合规范，记录发现。"),
        source=CONVENTION,
        words="着装 工牌 胸牌 佩戴 仪容仪表 文明用语 行为规范 微笑 礼貌 热情 职业道德 "
        "医德医风 廉洁 不得收受 红包 服务态度 尊重患者 主动 耐心",
        planned=True,
    )
)
HEALTH_CHECK = register(
    Control(
        "staff.health_check",
        Kind.DUTY,
        _("人员健康检查"),
        _("直接接触药品和从事有职业危害岗位的人员，按期健康检查并存档。"),
        source=DRUG50,
        parameters=(
            Parameter(
                "months",
                "integer",
                12,
                _("个月"),
                _("检查周期"),
                DRUG50,
                stricter="lower",
                lowest=1,
                highest=12,
                legal=DRUG50,
            ),
        ),
        words="健康检查 体检 健康档案 职业健康 传染病 疫苗 接种 健康证 定期体检 接触药品",
        planned=True,
    )
)
