"""What followup will do after a treatment."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register

CONVENTION = _("行业惯例，可由制度调整")

INSTRUCTIONS = register(
    Control(
        "followup.instructions",
        Kind.RECORD,
        _("术后须知"),
        _("按项目发放术后须知（用药、饮食、休息、复查、求助电话），记录确认。"),
        source=CONVENTION,
        owner_role="nurse",
        words="术后须知 术后指导 术后注意事项 饮食 休息 用药 护理指导 术后护理 注意事项 "
        "出院指导 告知术后 术后用药 活动",
        planned=True,
    )
)
REHABILITATION = register(
    Control(
        "followup.rehabilitation",
        Kind.RECORD,
        _("康复指导"),
        _("记录恢复期各阶段的康复指导和患者执行情况。"),
        source=CONVENTION,
        owner_role="nurse",
        words="康复 康复指导 功能锻炼 恢复期 康复计划 恢复过程 术后恢复 康复训练 恢复情况 生活方式 健康指导",
        planned=True,
    )
)
RECALL_PLAN = register(
    Control(
        "followup.recall_plan",
        Kind.DUTY,
        _("复查计划"),
        _("治疗后按项目排出复查日期，到期提醒、未到追踪。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "first_days",
                "integer",
                7,
                _("天"),
                _("首次复查"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=30,
            ),
        ),
        owner_role="reception",
        words="复查 复诊 定期复查 随访计划 复查时间 拆线 复诊提醒 预约复查 按时复诊 定期检查 复查计划",
        planned=True,
    )
)
CONTACT = register(
    Control(
        "followup.contact",
        Kind.DUTY,
        _("电话与上门回访"),
        _("按期电话、线上或上门回访，记录恢复情况、问题和处理。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "days",
                "integer",
                3,
                _("天"),
                _("首次回访期限"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=30,
            ),
        ),
        owner_role="nurse",
        words="回访 随访 电话回访 上门回访 术后随访 定期回访 跟踪服务 术后跟踪 随访记录 "
        "跟踪 家访 微信随访 了解恢复情况 患者随访",
        planned=True,
    )
)
OUTCOME = register(
    Control(
        "followup.outcome",
        Kind.RECORD,
        _("治疗效果评估"),
        _("按时间点由医生和患者评价效果，与术前影像和预期对照。"),
        source=CONVENTION,
        owner_role="surgeon",
        words="效果评估 疗效 治疗效果 术后效果 评价效果 疗效评价 手术效果 效果评价 术后评估 满意 疗效评估",
        planned=True,
    )
)
ADJUSTMENT = register(
    Control(
        "followup.adjustment",
        Kind.RECORD,
        _("必要时调整与修复"),
        _("效果不理想时记录原因、调整或修复方案和费用承担。"),
        source=CONVENTION,
        owner_role="surgeon",
        words="调整 修复 必要时进行调整 修改方案 二次修复 不理想 补救 后续治疗 调整治疗方案 优化方案",
        planned=True,
    )
)
COMPLICATIONS = register(
    Control(
        "followup.complications",
        Kind.DUTY,
        _("并发症处理"),
        _("并发症登记分级，限时处理、上报、告知患者并跟踪到结束。"),
        source=_("《医疗质量管理办法》"),
        owner_role="surgeon",
        words="并发症 并发症处理 不良反应 术后并发症 感染 血肿 及时处理 异常情况 后遗症 "
        "处理流程 意外情况 副作用",
        planned=True,
    )
)
COMPLETION = register(
    Control(
        "followup.completion",
        Kind.MEASURE,
        _("随访完成率"),
        _("统计应随访者中在窗口期内完成的比例和失访率。"),
        source=CONVENTION,
        words="随访率 回访率 随访完成率 失访 覆盖率 复诊率 随访覆盖",
        planned=True,
    )
)
