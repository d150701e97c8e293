"""How records will be signed, reviewed, kept and handed out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register

CONVENTION = _("行业惯例，可由制度调整")
KEEPING_RULES = _("《医疗机构病历管理规定》")

AMENDMENT = register(
    Control(
        "records.amendment",
        Kind.RECORD,
        _("病历修改留痕"),
        _("修改不覆盖原文，保留修改人、时间、理由和前后对照。"),
        source=_("《病历书写基本规范》"),
        owner_role="surgeon",
        words="病历修改 修改 签名 注明修改日期 涂改 更改 不得涂改 伪造 篡改 修改痕迹 "
        "保留原记录 刮 粘 隐匿 销毁病历",
        planned=True,
    )
)
SIGNED = register(
    Control(
        "records.signed",
        Kind.RECORD,
        _("病历电子签名"),
        _("病历和文书由本人签名，签名与内容绑定，内容变动即失效。"),
        source=_("《电子病历应用管理规范（试行）》"),
        owner_role="surgeon",
        words="电子签名 签字 签名 本人签名 签章 署名 代签 不得代签 身份认证 可靠电子签名 签字确认",
        planned=True,
    )
)
CHART_QUALITY = register(
    Control(
        "records.chart_quality",
        Kind.DUTY,
        _("病历质控抽查"),
        _("按周期和比例抽取运行及归档病历评审，分派评审人。"),
        source=_("《医疗质量管理办法》"),
        parameters=(
            Parameter(
                "percent",
                "integer",
                5,
                _("%"),
                _("抽查比例"),
                CONVENTION,
                stricter="higher",
                lowest=1,
                highest=100,
            ),
        ),
        words="病历质控 病历检查 病历评审 文书审核 医疗文书审核 抽查病历 病历质量 终末质控 "
        "运行病历 审核制度 病案质量 质量检查 定期抽查",
        planned=True,
    )
)
CHART_DEFECTS = register(
    Control(
        "records.chart_defects",
        Kind.RECORD,
        _("病历缺陷评分"),
        _("按缺陷条目扣分定级，单项否决单列，反馈到书写人。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "grade_a",
                "integer",
                90,
                _("分"),
                _("甲级分数线"),
                CONVENTION,
                stricter="higher",
                lowest=80,
                highest=100,
            ),
        ),
        words="缺陷 评分 病历等级 甲级病历 扣分 单项否决 病历缺陷 不合格病历 评分标准 质量评定",
        planned=True,
    )
)
CHART_CORRECTION = register(
    Control(
        "records.chart_correction",
        Kind.DUTY,
        _("病历整改复查"),
        _("病历缺陷限期整改，复查合格才关闭。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "days",
                "integer",
                7,
                _("天"),
                _("整改期限"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=30,
            ),
        ),
        words="整改 及时整改 复查 病历整改 限期 整改落实 问题反馈 纠正 补正 发现问题",
        planned=True,
    )
)
GRADE_A_RATE = register(
    Control(
        "records.grade_a_rate",
        Kind.MEASURE,
        _("甲级病历率"),
        _("统计抽查病历中达到甲级的比例。"),
        source=CONVENTION,
        words="甲级率 甲级病历率 病历合格率 病案合格率 优良率 病历质量指标",
        planned=True,
    )
)
ARCHIVE = register(
    Control(
        "records.archive",
        Kind.RECORD,
        _("病历归档"),
        _("就诊或出院后归档锁定，缺件提示，归档后更正须审批。"),
        source=KEEPING_RULES,
        words="归档 病案 存档 病案管理 病历归档 档案保存 整理 装订 分类存放 资料保存 建档 档案室",
        planned=True,
    )
)
RETENTION = register(
    Control(
        "records.retention",
        Kind.GATE,
        _("病历保存年限"),
        _("未到保存期限的病历不能删除或销毁，到期处理须审批。"),
        source=KEEPING_RULES,
        parameters=(
            Parameter(
                "outpatient_years",
                "integer",
                15,
                _("年"),
                _("门诊病历保存"),
                KEEPING_RULES,
                stricter="higher",
                lowest=15,
                highest=100,
                legal=KEEPING_RULES,
            ),
            Parameter(
                "inpatient_years",
                "integer",
                30,
                _("年"),
                _("住院病历保存"),
                KEEPING_RULES,
                stricter="higher",
                lowest=30,
                highest=100,
                legal=KEEPING_RULES,
            ),
        ),
        words="保存期限 保管 保存年限 规定的期限 销毁 保存时间 妥善保管 15年 30年 长期保存 不少于",
        planned=True,
    )
)
RETRIEVAL = register(
    Control(
        "records.retrieval",
        Kind.RECORD,
        _("病历检索与借阅"),
        _("按姓名、日期、诊断、项目检索病历，借阅须登记用途和归还。"),
        source=KEEPING_RULES,
        words="检索 查询 借阅 调阅 查找 病历查询 借阅登记 统计分析 病历统计 方便查询 利用",
        planned=True,
    )
)
COPYING = register(
    Control(
        "records.copying",
        Kind.DUTY,
        _("病历复制提供"),
        _("患者申请复制病历的，核验身份、限期提供并加盖证明。"),
        source=_("《医疗纠纷预防和处理条例》第十六条"),
        parameters=(
            Parameter(
                "days",
                "integer",
                3,
                _("天"),
                _("提供期限"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=15,
            ),
        ),
        owner_role="reception",
        words="复印 复制病历 病历复印 提供病历 申请人 查阅病历 病历资料 复印件 打印 索取",
        planned=True,
    )
)
EVIDENCE_SEALING = register(
    Control(
        "records.evidence_sealing",
        Kind.RECORD,
        _("病历与实物封存"),
        _("发生争议时双方在场封存病历和可疑药品器械，记录清单、签名和启封。"),
        source=_("《医疗纠纷预防和处理条例》第二十四、二十五条"),
        words="封存 启封 封存病历 双方在场 现场实物 封存清单 证据保全 保全证据 争议病历",
        planned=True,
    )
)
PHOTO_USE = register(
    Control(
        "records.photo_use",
        Kind.GATE,
        _("影像公开使用须同意"),
        _("未就渠道和期限取得单独同意的照片、案例不能用于宣传；撤回后停止使用。"),
        source=_("《个人信息保护法》第二十五条"),
        words="肖像 案例 宣传使用 照片使用 肖像权 未经同意 公开照片 患者形象 案例展示 宣传照片",
        planned=True,
    )
)
PATIENT_ACCESS = register(
    Control(
        "records.patient_access",
        Kind.RECORD,
        _("患者查看结果与账单"),
        _("患者登录后查看检查结果、病历摘要、账单和处方。"),
        source=CONVENTION,
        owner_role="reception",
        words="在线查询 报告查询 查询结果 患者端 检查结果查询 自助打印 自助查询 账单查询 电子报告 健康档案",
        planned=True,
    )
)
