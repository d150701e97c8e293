"""What procedures will ask for before an operation or treatment."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register

BEAUTY = _("《医疗美容服务管理办法》")
CONVENTION = _("行业惯例，可由制度调整")
ASA = _("ASA 术前禁食指南 2017")

ASSESSMENT = register(
    Control(
        "procedures.assessment",
        Kind.GATE,
        _("术前评估完成"),
        _("健康状况、适应证、风险和预期效果未评估的，不能安排手术或治疗。"),
        source=BEAUTY,
        owner_role="surgeon",
        words="术前评估 健康状况 身体状况 适应症 适应证 风险评估 预期效果 全面评估 综合评估 "
        "手术风险 评估患者 手术适应症 身体检查 术前诊断",
        planned=True,
    )
)
CONTRAINDICATIONS = register(
    Control(
        "procedures.contraindications",
        Kind.GATE,
        _("禁忌证拦截"),
        _("存在禁忌证的患者不能实施该项目，除非按规定由两人越过并说明。"),
        source=BEAUTY,
        owner_role="surgeon",
        words="禁忌症 禁忌证 不适合手术 妊娠 感染 瘢痕体质 凝血 不宜 不符合手术条件 禁忌 慢性病",
        planned=True,
    )
)
PREOP_TESTS = register(
    Control(
        "procedures.preop_tests",
        Kind.GATE,
        _("术前检查有效"),
        _("应做的术前检查缺失、异常未处理或过期的，不能开始手术。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "blood_days",
                "integer",
                14,
                _("天"),
                _("血液检查有效期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=30,
            ),
            Parameter(
                "infection_days",
                "integer",
                90,
                _("天"),
                _("感染筛查有效期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=180,
            ),
        ),
        owner_role="surgeon",
        words="术前检查 血常规 凝血 心电图 检查完善 化验 术前化验 必要的检查 传染病筛查 "
        "辅助检查 检查项目 术前准备",
        planned=True,
    )
)
PREOP_DISCUSSION = register(
    Control(
        "procedures.preop_discussion",
        Kind.GATE,
        _("术前讨论"),
        _("没有术前讨论结论的手术不能下医嘱和签署同意书，急救除外。"),
        source=_("《医疗质量安全核心制度要点》"),
        owner_role="surgeon",
        words="术前讨论 手术方案讨论 讨论 手术指征 手术审批 重大手术 集体讨论 制定手术方案 手术计划",
        planned=True,
    )
)
PSYCHOLOGICAL_SCREEN = register(
    Control(
        "procedures.psychological_screen",
        Kind.RECORD,
        _("心理评估"),
        _("术前筛查体像障碍、动机和心理状态，阳性者转介。"),
        source=CONVENTION,
        owner_role="consultant",
        words="心理评估 心理状态 心理疏导 体像障碍 动机 心理准备 心理咨询 心理辅导 情绪 心理 焦虑",
        planned=True,
    )
)
PREOP_INSTRUCTIONS = register(
    Control(
        "procedures.preop_instructions",
        Kind.RECORD,
        _("术前须知送达确认"),
        _("按项目发送术前须知（停药、禁食、清洁、陪同），记录患者确认。"),
        source=CONVENTION,
        owner_role="nurse",
        words="术前须知 术前注意事项 术前准备 告知注意事项 停用药物 术前指导 陪同 术前告知 清洁皮肤 术前教育",
        planned=True,
    )
)
FASTING = register(
    Control(
        "procedures.fasting",
        Kind.GATE,
        _("禁食禁水核对"),
        _("麻醉前未达到禁食禁水小时数的，不能开始麻醉。"),
        source=ASA,
        parameters=(
            Parameter(
                "solid_hours",
                "integer",
                6,
                _("小时"),
                _("禁食固体"),
                ASA,
                stricter="higher",
                lowest=4,
                highest=12,
            ),
            Parameter(
                "clear_hours",
                "integer",
                2,
                _("小时"),
                _("禁清饮"),
                ASA,
                stricter="higher",
                lowest=1,
                highest=6,
            ),
        ),
        owner_role="anaesthetist",
        words="禁食 禁水 禁饮 空腹 术前禁食禁水 进食 禁食水",
        planned=True,
    )
)
CONSENT_SIGNED = register(
    Control(
        "procedures.consent_signed",
        Kind.GATE,
        _("知情同意书已签"),
        _("应签的知情同意书缺失、过期、方案已变或签署人不对的，不能开始手术或治疗。"),
        source=_("《民法典》第一千二百一十九条"),
        parameters=(
            Parameter(
                "valid_days",
                "integer",
                30,
                _("天"),
                _("同意书有效期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=90,
            ),
        ),
        owner_role="surgeon",
        words="知情同意书 签署 知情同意 同意书 手术同意书 签字 书面同意 签订 麻醉同意书 "
        "签署同意 本人签字 家属签字 术前签字",
        planned=True,
    )
)
CONSENT_CONTENT = register(
    Control(
        "procedures.consent_content",
        Kind.RECORD,
        _("告知内容完整"),
        _("同意书按模板写明必要性、风险、替代方案、恢复过程、预期效果和费用。"),
        source=BEAUTY,
        owner_role="surgeon",
        words="告知 风险 并发症 替代方案 恢复过程 预期效果 必要性 充分告知 详细说明 "
        "如实告知 说明义务 告知义务 手术风险 详细告知 病情告知 可能出现",
        planned=True,
    )
)
CONSENT_UNDERSTANDING = register(
    Control(
        "procedures.consent_understanding",
        Kind.CHECK,
        _("沟通充分与理解确认"),
        _("确认用通俗语言讲解、给足时间提问，并由患者复述要点。"),
        source=CONVENTION,
        owner_role="surgeon",
        words="充分沟通 通俗易懂 提问 理解 足够的时间 耐心解答 医患沟通 解释清楚 疑问 "
        "反复沟通 有效沟通 术前沟通 沟通 语言",
        planned=True,
    )
)
FREE_CHOICE = register(
    Control(
        "procedures.free_choice",
        Kind.CHECK,
        _("自愿选择不夸大"),
        _("确认患者自愿选择，未受诱导，未夸大效果、隐瞒风险。"),
        source=BEAUTY,
        owner_role="surgeon",
        words="自愿 自主选择 不夸大 不隐瞒 诱导 强迫 虚假承诺 尊重患者选择 过度医疗 误导 "
        "承诺效果 不得强制消费 诚信 选择权 推销 欺骗",
        planned=True,
    )
)
