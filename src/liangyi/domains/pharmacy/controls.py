"""What pharmacy will do: review, dispensing, controlled drugs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register

RX = _("《处方管理办法》")

PRESCRIPTION_REVIEW = register(
    Control(
        "pharmacy.prescription_review",
        Kind.GATE,
        _("处方审核"),
        _("药师未审核适宜性的处方不能调配。"),
        source=_("《药品管理法》第七十二条"),
        owner_role="pharmacist",
        words="处方审核 审方 药师审核 适宜性 用药合理 配伍禁忌 审核处方 不合理处方 处方审查 用药安全",
        planned=True,
    )
)
DISPENSING_CHECK = register(
    Control(
        "pharmacy.dispensing_check",
        Kind.CHECK,
        _("四查十对"),
        _("调配发药时逐项完成四查十对，双人核对签名。"),
        source=RX,
        owner_role="pharmacist",
        words="四查十对 调配 发药 核对 查处方 查药品 调剂 双人核对 药名 剂型 规格 凭处方 "
        "药品调配 查对 按处方发药",
        planned=True,
    )
)
PRESCRIPTION_VALID = register(
    Control(
        "pharmacy.prescription_valid",
        Kind.GATE,
        _("处方时效与限量"),
        _("超过有效天数、用量或药品种数的处方不能调配。"),
        source=RX,
        parameters=(
            Parameter(
                "valid_days",
                "integer",
                3,
                _("天"),
                _("处方最长有效"),
                RX,
                stricter="lower",
                lowest=1,
                highest=3,
                legal=RX,
            ),
            Parameter(
                "supply_days",
                "integer",
                7,
                _("天"),
                _("最长用量"),
                RX,
                stricter="lower",
                lowest=1,
                highest=7,
            ),
            Parameter(
                "drugs",
                "integer",
                5,
                _("种"),
                _("每方药品数"),
                RX,
                stricter="lower",
                lowest=1,
                highest=5,
                legal=RX,
            ),
        ),
        owner_role="pharmacist",
        words="处方有效期 处方限量 用量 7日用量 当日有效 超量 处方有效 三日 五种药品",
        planned=True,
    )
)
CONTROLLED_DRUGS = register(
    Control(
        "pharmacy.controlled_drugs",
        Kind.RECORD,
        _("特殊药品管理"),
        _("麻醉、精神、毒性药品专人、专柜、专账、专用处方，双人双锁登记。"),
        source=_("《麻醉药品和精神药品管理条例》《医疗用毒性药品管理办法》"),
        owner_role="pharmacist",
        words="麻醉药品 精神药品 毒性药品 特殊药品 双人双锁 专柜 专账 专人管理 专用处方 "
        "肉毒毒素 五专 专册登记 高危药品",
        planned=True,
    )
)
ANTIBIOTICS = register(
    Control(
        "pharmacy.antibiotics",
        Kind.GATE,
        _("抗菌药物分级使用"),
        _("超出医生抗菌药物权限的处方不能开具，紧急越级限一日量。"),
        source=_("《抗菌药物临床应用管理办法》"),
        owner_role="pharmacist",
        words="抗菌药物 抗生素 分级管理 预防用药 合理使用抗菌药物 滥用 耐药 围手术期用药 限制使用",
        planned=True,
    )
)
ALLERGY_BLOCK = register(
    Control(
        "pharmacy.allergy_block",
        Kind.GATE,
        _("过敏与禁忌拦截"),
        _("与患者过敏史、妊娠、禁忌或相互作用冲突的用药不能开具和发出。"),
        source=_("《医疗质量安全核心制度要点》"),
        owner_role="pharmacist",
        words="药物过敏 过敏史 用药禁忌 皮试 相互作用 询问过敏 禁忌用药 过敏试验",
        planned=True,
    )
)
PRESCRIPTION_AUDIT = register(
    Control(
        "pharmacy.prescription_audit",
        Kind.DUTY,
        _("处方点评"),
        _("按月抽取处方点评，结果反馈并干预不合理用药。"),
        source=RX,
        parameters=(
            Parameter(
                "sample",
                "integer",
                100,
                _("张"),
                _("每月抽查张数"),
                _("《医院处方点评管理规范（试行）》"),
                stricter="higher",
                lowest=1,
                highest=10000,
            ),
        ),
        owner_role="pharmacist",
        words="处方点评 抽查处方 合理用药 不合理用药 用药监测 处方质量 点评 用药评价",
        planned=True,
    )
)
MEDICATION_GUIDANCE = register(
    Control(
        "pharmacy.medication_guidance",
        Kind.RECORD,
        _("用药交代"),
        _("发药时说明用法、注意事项和不良反应，记录并可打印。"),
        source=RX,
        owner_role="pharmacist",
        words="用药指导 用药交代 用法 用药说明 服药 用药教育 药物不良反应 用药注意事项 "
        "遵医嘱 用药咨询 药学服务",
        planned=True,
    )
)
