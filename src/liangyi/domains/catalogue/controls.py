"""What catalogue keeps, and what is still to come for SOPs and new techniques."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register
from liangyi.platform.controls.proofs import Standing, prove

QM = _("《医疗质量管理办法》")
CONVENTION = _("行业惯例，可由制度调整")

PRICE_VERSIONS = register(
    Control(
        "catalogue.price_versions",
        Kind.RECORD,
        _("价格版本"),
        _("每个项目的价格按生效日期和院区保留全部版本，记录定价人。"),
        source=_("《明码标价和禁止价格欺诈规定》"),
        owner_role="director",
        words="价格 收费标准 价目表 定价 收费项目 价格调整 明码标价 物价 调价 标准 费用标准 合理定价",
    )
)
SERVICE_LEVELS = register(
    Control(
        "catalogue.service_levels",
        Kind.RECORD,
        _("项目目录与分级"),
        _("登记每个服务项目的诊疗科目、手术级别、时长、所需用房、设备和授权要求。"),
        source=_("《医疗美容项目分级管理目录》"),
        owner_role="director",
        words="服务项目 项目目录 诊疗项目 项目分级 手术级别 分级管理 美容项目 服务内容 "
        "诊疗服务 项目设置 医疗美容项目 业务范围",
    )
)
SOP_REGISTER = register(
    Control(
        "catalogue.sop_register",
        Kind.RECORD,
        _("操作规程登记"),
        _("每个项目登记操作规程：适应证、禁忌证、操作步骤、质控要点，按版本保存。"),
        source=QM,
        words="操作规程 操作规范 技术操作规范 标准操作程序 SOP 操作步骤 质控要点 "
        "作业指导书 技术规范 标准化 流程规范 制定规程 操作流程 诊疗流程 规范化 "
        "工作流程 服务流程",
        planned=True,
    )
)
SOP_REVIEW = register(
    Control(
        "catalogue.sop_review",
        Kind.DUTY,
        _("操作规程定期复审"),
        _("按周期提醒责任人复审操作规程，逾期未复审的标出。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "months",
                "integer",
                12,
                _("个月"),
                _("复审周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=36,
            ),
        ),
        words="定期修订 复审 更新规程 审查更新 优化流程 完善流程 修订 规程更新 流程再造 简化流程",
        planned=True,
    )
)
SOP_KNOWN = register(
    Control(
        "catalogue.sop_known",
        Kind.GATE,
        _("先学规程再操作"),
        _("未阅读并通过现行规程测试的人员，不能被安排实施该项目。"),
        source=CONVENTION,
        words="学习规程 熟悉规程 掌握操作 熟练掌握 规程培训 知晓流程 按规程培训 操作技能",
        planned=True,
    )
)
CLINICAL_PATHWAY = register(
    Control(
        "catalogue.clinical_pathway",
        Kind.RECORD,
        _("诊疗指南与临床路径"),
        _("为病种或项目登记采用的诊疗指南、临床路径及变异记录。"),
        source=QM,
        words="临床路径 诊疗指南 诊疗规范 临床指南 循证医学 诊疗方案 专家共识 规范诊疗 "
        "合理检查 合理治疗 技术指南",
        planned=True,
    )
)
SERVICE_STANDARD = register(
    Control(
        "catalogue.service_standard",
        Kind.RECORD,
        _("服务标准"),
        _("登记各环节服务标准（用语、时限、动作），供检查和评分引用。"),
        source=CONVENTION,
        words="服务标准 服务规范 质量标准 服务质量标准 标准体系 标准化服务 服务要求 工作标准 "
        "统一标准 制定标准 行业标准",
        planned=True,
    )
)
NEW_TECHNIQUE = register(
    Control(
        "catalogue.new_technique",
        Kind.GATE,
        _("新技术新项目准入"),
        _("新技术未经论证、安全性有效性评估、伦理审查和备案，不能开放预约。"),
        source=_("《医疗技术临床应用管理办法》"),
        owner_role="director",
        words="新技术 新项目 准入 论证 安全性 有效性 可行性 备案 审批 引进技术 技术准入 "
        "伦理 首次开展 评估 创新 试点",
        planned=True,
    )
)

prove(PRICE_VERSIONS, Standing("catalogue.service", "catalogue.PriceVersion", subject_id="service_id"))
prove(SERVICE_LEVELS, Standing("catalogue.service", "catalogue.Service", where=Q(is_active=True)))
