"""What is kept about people, and what proves it."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, register
from liangyi.platform.controls.proofs import Standing, prove

CONVENTION = _("行业惯例，可由制度调整")

CREDENTIAL_FILE = register(
    Control(
        "staff.credential_file",
        Kind.RECORD,
        _("执业证书档案"),
        _("逐人登记资格证、执业证、备案的编号、执业地点、执业范围、有效期和核验日期。"),
        source=_("《医师法》第十四、十七条"),
        owner_role="admin",
        words="执业医师资格证书 医师执业证书 护士执业证书 资格证 执业证 主诊医师 备案 "
        "执业地点 执业范围 注册 持证上岗 资质 资格 证书 执业类别 具备相应资质",
    )
)
STAFF_FILE = register(
    Control(
        "staff.staff_file",
        Kind.RECORD,
        _("员工档案"),
        _("为每名员工建立档案：基本信息、职业、职称、科室、入职和离职日期，修改留痕。"),
        source=CONVENTION,
        owner_role="admin",
        words="员工档案 人事档案 建立档案 基本信息 人员信息 职称 学历 简历 入职 离职 "
        "档案管理 花名册 个人资料",
    )
)
POSTS_HELD = register(
    Control(
        "staff.posts_held",
        Kind.RECORD,
        _("任职记录"),
        _("记录谁在哪个院区、从何时到何时担任哪个岗位。"),
        source=CONVENTION,
        owner_role="admin",
        words="任职 聘任 聘用 任命 配备 人员配备 配置 专人 专人负责 负责人 指定 上岗 "
        "调岗 定岗 兼职 编制 科主任 护士长",
    )
)
PRIVILEGES = register(
    Control(
        "staff.privileges",
        Kind.RECORD,
        _("手术与项目授权"),
        _("记录每名医生被授权实施的项目、授权人、起止日期，以及暂停授权的原因。"),
        source=_("《医疗技术临床应用管理办法》"),
        owner_role="director",
        words="手术授权 授权 分级授权 手术分级 权限 医师授权 动态管理 准予 取消授权 资格准入 技术能力 主刀",
    )
)

prove(CREDENTIAL_FILE, Standing("staff.credential", "staff.Credential", where=Q(revoked_on=None)))
prove(STAFF_FILE, Standing("staff.member", "staff.StaffMember"))
prove(POSTS_HELD, Standing("staff.member", "staff.PostHeld", site="site_id", subject_id="staff_id"))
prove(
    PRIVILEGES, Standing("staff.member", "staff.Privilege", where=Q(suspended_on=None), subject_id="staff_id")
)
