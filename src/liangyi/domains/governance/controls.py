"""What governance keeps about policies, and how it shows them to others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance.queries.receipts import late_receipts
from liangyi.domains.governance.services.laws import ANSWER_KIND, CHECK_KIND
from liangyi.domains.governance.services.life import REVIEW_KIND, VERSION_KIND
from liangyi.domains.governance.services.receipts import READ_KIND
from liangyi.domains.governance.subjects import CLAUSE, INSPECTION, PACK, POLICY, RECEIPT, VERSION
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.controls.catalogue import Control, Finding, Kind, Parameter, register, watch
from liangyi.platform.controls.proofs import Done, Kept, prove

QM = _("《医疗质量管理办法》")
CONVENTION = _("行业惯例，可由制度调整")

POLICY_VERSIONS = register(
    Control(
        "governance.policy_versions",
        Kind.RECORD,
        _("制度文件版本"),
        _("制度文件逐版保存原文、条款和导入人，新旧版本逐条对照。"),
        source=QM,
        words="规章制度 制度 管理制度 制度汇编 建立健全 制定制度 完善制度 文件管理 制度文件 "
        "制度建设 规范性文件 版本 管理办法 建立制度 实施细则 健全",
    )
)
POLICY_REVIEW = register(
    Control(
        "governance.policy_review",
        Kind.DUTY,
        _("制度定期复审"),
        _("复审周期将满时派给质量经理：确认仍然适用，或导入新版本；逾期标出。"),
        source=QM,
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
            Parameter(
                "days_before",
                "integer",
                30,
                _("天"),
                _("提前派发天数"),
                CONVENTION,
                stricter="higher",
                lowest=0,
                highest=180,
            ),
        ),
        words="定期审查 更新制度 修订制度 制度复审 修订完善 定期修订 评审 更新质量管理制度 "
        "适应 修改完善 废止 制度修订",
    )
)
POLICY_APPROVAL = register(
    Control(
        "governance.policy_approval",
        Kind.RECORD,
        _("制度审批发布"),
        _("制度经审核、批准后发布，写明生效日期、发布人和废止版本。"),
        source=CONVENTION,
        owner_role="director",
        words="发布 批准 审批 生效 施行 颁布 解释权 实施日期 自发布之日起 审议通过 印发 本制度 由 负责解释",
    )
)
READING_RECEIPTS = register(
    Control(
        "governance.reading_receipts",
        Kind.DUTY,
        _("制度学习确认"),
        _("相关岗位限期读完、确认，有测验的要全部答对；每人一份回执。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "days",
                "integer",
                14,
                _("个工作日"),
                _("阅读期限"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=60,
            ),
        ),
        words="学习制度 制度培训 熟悉制度 阅读 知晓 遵守制度 宣贯 制度宣传 组织学习 "
        "贯彻执行 传达 严格遵守 掌握制度 学习法律法规",
    )
)
REGULATION_WATCH = register(
    Control(
        "governance.regulation_watch",
        Kind.DUTY,
        _("法规标准查新"),
        _("登记适用的法律、规章、标准，按周期查新，变动对应到条款。"),
        source=CONVENTION,
        parameters=(
            Parameter(
                "months",
                "integer",
                6,
                _("个月"),
                _("查新周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=12,
            ),
        ),
        words="法律法规 行业标准 法规 动态适应 政策变化 遵守法律 国家标准 合规 相关规定 "
        "依法执业 法规更新 遵循法规 国家法律 政策法规 依法依规 卫生法规",
    )
)
READING_LATE = register(
    Control(
        "governance.reading_late",
        Kind.WATCH,
        _("制度阅读逾期"),
        _("应读制度的人在期限内没有读完、确认并通过测验。"),
        source=CONVENTION,
        words="未读 未学习 逾期 学习情况 督促学习 学习督查 未按时学习 未签收 通报批评 学习考勤",
    )
)
READING_TEST = register(
    Control(
        "governance.reading_test",
        Kind.CHECK,
        _("制度测验"),
        _("读完制度后答题，全部答对才算完成；每次作答都留下。"),
        source=CONVENTION,
        words="制度考核 制度考试 测验 学习考核 考核合格 知晓率 掌握情况 制度知识考试 应知应会",
    )
)
CLAUSE_MAPPING = register(
    Control(
        "governance.clause_mapping",
        Kind.RECORD,
        _("条款落实对照"),
        _("逐条记录制度条款由哪个控制落实、或尚无控制可落实，由谁何时确认。"),
        source=CONVENTION,
        words="落实 执行 制度落实 落到实处 贯彻 执行力 条款 对照检查 制度执行 责任落实 确保执行",
    )
)
INSPECTION_ACCESS = register(
    Control(
        "governance.inspection_access",
        Kind.RECORD,
        _("检查人员限时查阅"),
        _("为外部检查人员开通限时、只读的访问，全程留痕。"),
        source=CONVENTION,
        words="监督检查 配合检查 卫生监督 主管部门检查 接受检查 执法 提供资料 行政检查 检查组",
    )
)
EVIDENCE_PACK = register(
    Control(
        "governance.evidence_pack",
        Kind.RECORD,
        _("条款证据包"),
        _("按条款和期间导出记录、清单和签名，可验证是否被改动。"),
        source=CONVENTION,
        words="证据 佐证材料 检查材料 资料备查 留存备查 台账 存档备查 记录完整 可查 支撑材料 举证",
    )
)

prove(
    POLICY_VERSIONS,
    Kept(POLICY, "governance.PolicyVersion", moment="imported_at", subject_id="policy_id"),
)
prove(POLICY_REVIEW, Done((REVIEW_KIND,)))
prove(
    POLICY_APPROVAL,
    Kept(
        VERSION,
        "approvals.ApprovalStep",
        moment="decided_at",
        where=Q(approval__kind=VERSION_KIND, is_approved=True),
        subject_id="approval__subject_id",
    ),
)
prove(READING_RECEIPTS, Done((READ_KIND,)))
prove(REGULATION_WATCH, Done((CHECK_KIND, ANSWER_KIND)))
prove(
    READING_TEST,
    Kept(
        RECEIPT,
        "governance.Attempt",
        moment="at",
        site="receipt__site_id",
        where=Q(right=F("total")),
        subject_id="receipt_id",
    ),
)
prove(
    CLAUSE_MAPPING,
    Kept(CLAUSE, "governance.Match", moment="decided_at", where=Q(state="confirmed"), subject_id="clause_id"),
)
prove(INSPECTION_ACCESS, Kept(INSPECTION, "governance.Inspection", moment="opened_at", site="site_id"))
prove(
    EVIDENCE_PACK,
    Kept(PACK, "governance.Pack", moment="finished_at", site="site_id", where=Q(state="done")),
)


@watch(READING_LATE)
def readings_late(at: datetime) -> Iterator[Finding]:
    """Receipts whose term is over, at the site of whoever should have read."""
    for receipt in late_receipts(at).iterator(500):
        facts = {
            "policy": receipt.version.policy.title,
            "version": receipt.version.number,
            "reader": receipt.account.display_name,
            "read_by": local_day(receipt.due_at, HOME_ZONE).isoformat(),
        }
        yield Finding(RECEIPT, receipt.id, receipt.site_id, facts)
