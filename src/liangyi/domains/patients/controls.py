"""What is kept about the people the clinic cares for, and what is still to come."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register
from liangyi.platform.controls.proofs import Kept, prove
from liangyi.platform.controls.registers import entered

CONVENTION = _("行业惯例，可由制度调整")
PIPL51 = _("《个人信息保护法》第五十一条")
PIPL44 = _("《个人信息保护法》第四十四至五十条")

REGISTRATION = register(
    Control(
        "patients.registration",
        Kind.RECORD,
        _("患者登记建档"),
        _("登记姓名、性别、出生日期、联系方式等信息，建立唯一病历号。"),
        source=CONVENTION,
        owner_role="reception",
        words="登记 建档 姓名 性别 年龄 联系方式 电话 患者信息 客户信息 基本资料 个人信息 "
        "建立档案 客户档案 信息采集 初诊登记 病历号 患者档案",
    )
)
IDENTITY_CHECK = register(
    Control(
        "patients.identity_check",
        Kind.RECORD,
        _("证件登记核验"),
        _("登记身份证件并校验号码、出生日期和性别是否一致。"),
        source=_("《医疗质量安全核心制度要点》"),
        owner_role="reception",
        words="身份证 实名 核对身份 证件 有效证件 护照 身份核验 身份信息 实名制 真实身份",
    )
)
CONSENTS = register(
    Control(
        "patients.consents",
        Kind.RECORD,
        _("个人信息同意记录"),
        _("按用途分别记录隐私告知、敏感信息、消息、营销、影像的同意与撤回，注明文本版本。"),
        source=_("《个人信息保护法》"),
        owner_role="reception",
        words="个人信息 同意 授权书 隐私政策 告知 隐私告知 信息收集 知情同意 单独同意 撤回 "
        "收集使用 个人信息保护 处理规则",
    )
)
ALLERGIES = register(
    Control(
        "patients.allergies",
        Kind.RECORD,
        _("过敏史登记"),
        _("登记过敏原、程度和反应，预约和接诊时醒目提示。"),
        source=_("《病历书写基本规范》"),
        owner_role="nurse",
        words="过敏史 药物过敏 过敏 过敏原 过敏反应 既往史 病史询问 用药史 过敏体质",
    )
)
GUARDIANS = register(
    Control(
        "patients.guardians",
        Kind.RECORD,
        _("监护人登记"),
        _("为未成年人或无民事行为能力者登记监护人、关系和电话。"),
        source=_("《民法典》第十七条"),
        owner_role="reception",
        words="监护人 未成年人 家属 法定代理人 近亲属 委托人 无民事行为能力 限制民事行为能力 家长 陪同人",
    )
)
DUPLICATES = register(
    Control(
        "patients.duplicates",
        Kind.RECORD,
        _("重复档案合并"),
        _("登记时提示疑似重复，合并档案可还原，并写明理由。"),
        source=CONVENTION,
        owner_role="reception",
        words="重复建档 重复档案 合并档案 一人一档 唯一标识 主索引 信息一致 准确 查重",
    )
)
IDENTITY_SEALED = register(
    Control(
        "patients.identity_sealed",
        Kind.RECORD,
        _("证件号加密保存"),
        _("证件号码加密存储，只显示末四位，查找用不可逆的索引。"),
        source=PIPL51,
        owner_role="admin",
        words="加密 加密存储 数据加密 敏感信息 加密技术 脱敏 去标识化 信息安全 加密传输 密码技术 防止泄露",
    )
)
PHONE_REVEAL = register(
    Control(
        "patients.phone_reveal",
        Kind.RECORD,
        _("手机号掩码与查看留痕"),
        _("手机号默认掩码，查看完整号码时记录何人、何时、看了谁。"),
        source=PIPL51,
        words="手机号 电话号码 隐藏 掩码 脱敏 客户资料 不得泄露 联系方式保密 外泄 倒卖 客户隐私",
    )
)
DATA_REQUESTS = register(
    Control(
        "patients.data_requests",
        Kind.DUTY,
        _("个人信息请求答复"),
        _("患者要求查阅、复制、更正、删除个人信息的，限期答复并记录结果。"),
        source=PIPL44,
        parameters=(
            Parameter(
                "days",
                "integer",
                15,
                _("天"),
                _("答复期限"),
                PIPL44,
                stricter="lower",
                lowest=1,
                highest=30,
            ),
        ),
        words="查阅 复制 更正 删除 个人信息权利 撤回同意 注销 请求 查询个人信息 申请",
        planned=True,
    )
)
RIGHTS_NOTICE = register(
    Control(
        "patients.rights_notice",
        Kind.CHECK,
        _("患者权利告知"),
        _("检查知情权、选择权、隐私权、投诉权是否已告知并公示。"),
        source=_("《医疗纠纷预防和处理条例》"),
        words="患者权利 知情权 选择权 隐私权 投诉权 权益 合法权益 保障权利 尊重 平等 "
        "权利与义务 消费者权益 自主权 不得歧视",
        planned=True,
    )
)
VISIT_PRIVACY = register(
    Control(
        "patients.visit_privacy",
        Kind.CHECK,
        _("就诊环境私密"),
        _("检查一人一诊室、遮挡、谈话私密等现场隐私保护。"),
        source=CONVENTION,
        owner_role="nurse",
        words="隐私保护 一人一诊室 私密 单独诊室 遮挡 拉帘 保护患者隐私 谈话 环境私密 隐私 独立空间 陪同",
        planned=True,
    )
)
OUTSIDE_SHARING = register(
    Control(
        "patients.outside_sharing",
        Kind.GATE,
        _("对外提供须单独同意"),
        _("未取得单独同意，不能向第三方提供患者资料；提供时记录对象、目的和种类。"),
        source=_("《个人信息保护法》第二十三条"),
        words="第三方 对外提供 泄露 不得向 披露 公开患者信息 未经同意 转让 共享 保密 "
        "商业用途 严禁泄露 保守秘密",
        planned=True,
    )
)
ACCESS_LOG = register(
    Control(
        "patients.access_log",
        Kind.RECORD,
        _("患者可见查阅记录"),
        _("患者可以看到谁在何时查看过自己的病历。"),
        source=PIPL44,
        words="查阅记录 访问记录 知情 谁看过 透明 患者查询访问 病历访问",
        planned=True,
    )
)

prove(
    REGISTRATION,
    Kept(
        "patients.patient",
        "patients.Registration",
        moment="registered_at",
        site="site_id",
        subject_id="patient_id",
    ),
)
prove(
    IDENTITY_CHECK,
    entered("patients.patient", "patients_identitypaper", what=_("证件登记"), subject_id="new__patient_id"),
)
prove(
    CONSENTS,
    Kept(
        "patients.patient",
        "patients.Consent",
        moment="given_at",
        site="patient__registrations__site_id",
        subject_id="patient_id",
    ),
)
prove(
    ALLERGIES, entered("patients.patient", "patients_allergy", what=_("过敏史"), subject_id="new__patient_id")
)
prove(
    GUARDIANS,
    entered("patients.patient", "patients_guardian", what=_("监护人"), subject_id="new__patient_id"),
)
prove(
    DUPLICATES,
    Kept(
        "patients.patient",
        "audit.History",
        moment="at",
        where=Q(table="patients_patient", op="U") & ~Q(new__merged_into_id=None),
        subject_id="row_id",
    ),
)
prove(
    IDENTITY_SEALED,
    entered(
        "patients.patient",
        "patients_identitypaper",
        what=_("证件登记"),
        subject_id="new__patient_id",
        where=Q(op="I"),
    ),
)
prove(
    PHONE_REVEAL,
    Kept(
        "patients.patient",
        "audit.ReadLog",
        moment="at",
        site="site_id",
        where=Q(what="phone", subject_type="patients.patient"),
        subject_id="subject_id",
    ),
)
