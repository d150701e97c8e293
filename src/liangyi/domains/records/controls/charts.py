"""What records will write down at a visit."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register

RECORDS = _("《病历书写基本规范》")
RESCUE = _("《医疗纠纷预防和处理条例》第十五条")
CORE = _("《医疗质量安全核心制度要点》")
CONVENTION = _("行业惯例，可由制度调整")

VISIT_NOTE = register(
    Control(
        "records.visit_note",
        Kind.RECORD,
        _("门诊病历书写"),
        _("记录主诉、现病史、既往史、体格检查、诊断和处理，接诊医生签名。"),
        source=RECORDS,
        owner_role="surgeon",
        words="病历 门诊病历 主诉 现病史 既往史 体格检查 诊断 病历书写 电子病历 书写病历 "
        "医疗文书 详细记录 症状 诊疗记录 如实记录 检查结果 病史",
        planned=True,
    )
)
NOTE_TIMELY = register(
    Control(
        "records.note_timely",
        Kind.WATCH,
        _("病历按时完成"),
        _("找出超过规定时限仍未完成或未签名的病历。"),
        source=RECORDS,
        parameters=(
            Parameter(
                "hours",
                "integer",
                24,
                _("小时"),
                _("完成时限"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=72,
            ),
        ),
        words="及时完成 病历时限 及时书写 当日完成 24小时内 按时 规定时间内 完成病历 补记 未完成",
        planned=True,
    )
)
TREATMENT_PLAN = register(
    Control(
        "records.treatment_plan",
        Kind.RECORD,
        _("治疗方案与签字快照"),
        _("记录治疗方案、分期和费用，签字后锁定，变更另立新版。"),
        source=RECORDS,
        owner_role="surgeon",
        words="治疗方案 治疗计划 诊疗计划 方案制定 个体化 制定治疗 诊疗方案 手术方案 "
        "治疗措施 合理的治疗 科学合理",
        planned=True,
    )
)
PRESCRIPTION = register(
    Control(
        "records.prescription",
        Kind.RECORD,
        _("处方开具"),
        _("有处方权的医生开具处方，记录诊断、药名、规格、用法用量。"),
        source=_("《处方管理办法》"),
        owner_role="surgeon",
        words="处方 开具处方 处方权 用法用量 开药 医嘱 药品名称 合理用药 处方医师 规范处方 用药方案",
        planned=True,
    )
)
ORDERS_RESULTS = register(
    Control(
        "records.orders_results",
        Kind.RECORD,
        _("检查检验申请与报告"),
        _("记录检查检验申请、标本、报告和医生阅读确认。"),
        source=RECORDS,
        owner_role="surgeon",
        words="检查报告 检验报告 化验单 检查申请 报告单 影像资料 检查检验 标本 结果 病理 诊断准确 检验结果",
        planned=True,
    )
)
NURSING_NOTE = register(
    Control(
        "records.nursing_note",
        Kind.RECORD,
        _("护理记录"),
        _("护士按时记录生命体征、护理措施和病情变化。"),
        source=RECORDS,
        owner_role="nurse",
        words="护理记录 护理 生命体征 护理措施 病情观察 护理文书 护士 体温 血压 护理质量 护理工作 分级护理",
        planned=True,
    )
)
RESCUE_NOTE = register(
    Control(
        "records.rescue_note",
        Kind.WATCH,
        _("抢救记录补记时限"),
        _("找出抢救结束后规定时限内没有据实补记的抢救记录。"),
        source=RESCUE,
        parameters=(
            Parameter(
                "hours",
                "integer",
                6,
                _("小时"),
                _("补记时限"),
                RESCUE,
                stricter="lower",
                lowest=1,
                highest=6,
                legal=RESCUE,
            ),
        ),
        owner_role="surgeon",
        words="抢救记录 抢救 补记 急救记录 危重 抢救过程 据实补记 加以注明",
        planned=True,
    )
)
DIFFICULT_CASE = register(
    Control(
        "records.difficult_case",
        Kind.RECORD,
        _("疑难与死亡病例讨论"),
        _("记录疑难、危重和死亡病例的讨论、参加者和结论。"),
        source=CORE,
        owner_role="surgeon",
        words="疑难病例讨论 死亡病例 病例讨论 危重病例 讨论记录 集体讨论 术后讨论 案例讨论",
        planned=True,
    )
)
CRITICAL_VALUE = register(
    Control(
        "records.critical_value",
        Kind.DUTY,
        _("危急值报告"),
        _("危急值限时通知医生，记录接收、处理和时间。"),
        source=CORE,
        parameters=(
            Parameter(
                "minutes",
                "integer",
                30,
                _("分钟"),
                _("通知时限"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=60,
            ),
        ),
        owner_role="surgeon",
        words="危急值 异常结果 立即报告 及时通知 检验危急 危急 处置",
        planned=True,
    )
)
DENTAL_CHART = register(
    Control(
        "records.dental_chart",
        Kind.RECORD,
        _("牙位与牙周图"),
        _("按牙位记录现状、治疗、牙周探诊和材料批号。"),
        source=CONVENTION,
        owner_role="dentist",
        words="牙位 牙周 口腔检查 龋齿 种植 正畸 牙体 口腔 根管 拔牙 洁治 牙齿 口腔病历 修复体",
        planned=True,
    )
)
INJECTION_MAP = register(
    Control(
        "records.injection_map",
        Kind.RECORD,
        _("注射图谱与产品"),
        _("在面部或身体图上记录注射部位、产品、批号、剂量和层次。"),
        source=CONVENTION,
        owner_role="surgeon",
        words="注射 肉毒毒素 玻尿酸 填充 注射部位 剂量 透明质酸 注射美容 产品批号 微整形 注射材料",
        planned=True,
    )
)
LASER_PARAMETERS = register(
    Control(
        "records.laser_parameters",
        Kind.RECORD,
        _("激光光电参数"),
        _("记录设备、波长、能量、光斑、次数、冷却和皮肤反应。"),
        source=CONVENTION,
        owner_role="surgeon",
        words="激光 光电 光子 射频 能量参数 波长 光斑 皮肤反应 激光治疗 治疗参数 超声刀",
        planned=True,
    )
)
PHOTOGRAPHS = register(
    Control(
        "records.photographs",
        Kind.RECORD,
        _("标准影像"),
        _("按标准体位拍摄术前术后照片，加密保存，查看留痕。"),
        source=_("《个人信息保护法》"),
        owner_role="nurse",
        words="照片 影像 拍照 术前术后照片 对比照 摄影 留存影像 图像 照相 录像",
        planned=True,
    )
)
DENTAL_LAB = register(
    Control(
        "records.dental_lab",
        Kind.RECORD,
        _("义齿加工单"),
        _("记录送出与收回日期、加工单位资质、材料、比色和返工。"),
        source=CONVENTION,
        owner_role="dentist",
        words="义齿 加工 技工 外加工 制作 修复 比色 加工单位 义齿加工 返工",
        planned=True,
    )
)
