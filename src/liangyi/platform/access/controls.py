"""What access keeps about who may do what, and what is still to come."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, Parameter, register
from liangyi.platform.controls.proofs import Done, Kept, Standing, prove

MLPS = _("GB/T 22239—2019 网络安全等级保护基本要求")
CONVENTION = _("行业惯例，可由制度调整")

ROLES = register(
    Control(
        "access.roles",
        Kind.RECORD,
        _("按角色授权访问"),
        _("账号按院区授予角色，只能看和做角色允许的事，授权变更留痕。"),
        source=MLPS,
        owner_role="admin",
        words="访问权限 权限 授权 权限管理 严格限制 访问控制 授权人员 最小权限 用户权限 "
        "未经授权 不得访问 权限设置 分级授权 系统权限 越权",
    )
)
SITES = register(
    Control(
        "access.sites",
        Kind.RECORD,
        _("院区数据隔离"),
        _("授权限于院区，跨院区须单独授予。"),
        source=MLPS,
        owner_role="admin",
        words="多院区 分院 数据隔离 连锁 集团 院区 分店 机构之间 跨院区",
    )
)
ACCOUNT_ENDING = register(
    Control(
        "access.account_ending",
        Kind.RECORD,
        _("离职停用账号"),
        _("离职或转岗即停用账号、结束会话，记录时间和操作人。"),
        source=MLPS,
        owner_role="admin",
        words="离职 停用账号 注销账号 账号管理 收回权限 调离 离岗 账户 删除账号 离职人员",
    )
)
BREAK_GLASS = register(
    Control(
        "access.break_glass",
        Kind.DUTY,
        _("紧急查阅复核"),
        _("越权紧急查阅须写理由、限时有效，并由另一人限期复核。"),
        source=_("《个人信息保护法》第五十一条"),
        words="紧急访问 紧急查阅 特殊情况 越权访问 应急授权 例外 事后审查 特批 临时授权",
    )
)
API_TOKENS = register(
    Control(
        "access.api_tokens",
        Kind.RECORD,
        _("接口凭证登记"),
        _("外部程序凭个人凭证调用接口，凭证有期限、可吊销。"),
        source=MLPS,
        owner_role="admin",
        words="接口 系统对接 开放接口 外部系统 第三方系统 数据接口 接入 API 信息系统集成",
    )
)
TWO_FACTOR = register(
    Control(
        "access.two_factor",
        Kind.GATE,
        _("登录强认证"),
        _("口令不合要求、连续输错或未通过第二因素的登录被拒绝。"),
        source=MLPS,
        owner_role="admin",
        words="口令 密码 登录 身份认证 双因素 身份验证 账号密码 密码强度 定期更换 认证 复杂度 账号锁定",
        planned=True,
    )
)
VULNERABILITY_SCAN = register(
    Control(
        "access.vulnerability_scan",
        Kind.DUTY,
        _("漏洞扫描与测评"),
        _("定期漏洞扫描、补丁和等级测评，问题限期修复。"),
        source=MLPS,
        parameters=(
            Parameter(
                "months",
                "integer",
                3,
                _("个月"),
                _("扫描周期"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=12,
            ),
        ),
        owner_role="admin",
        words="漏洞扫描 安全漏洞 安全检测 等级保护 系统维护 补丁 防火墙 病毒 网络安全 杀毒 "
        "入侵检测 安全评估 定期检测 系统安全 黑客 防病毒 信息系统维护",
        planned=True,
    )
)
SECURITY_INCIDENT = register(
    Control(
        "access.security_incident",
        Kind.DUTY,
        _("信息安全事件处置"),
        _("泄露、篡改、中断等事件限时报告主管部门和受影响者，记录补救。"),
        source=_("《个人信息保护法》第五十七条"),
        parameters=(
            Parameter(
                "hours",
                "integer",
                72,
                _("小时"),
                _("报告时限"),
                CONVENTION,
                stricter="lower",
                lowest=1,
                highest=72,
            ),
        ),
        owner_role="admin",
        words="信息安全事件 数据泄露 系统故障 网络攻击 信息泄露 安全事件 瘫痪 信息安全预案 "
        "数据安全 网络故障 应急 泄密 系统崩溃",
        planned=True,
    )
)

prove(ROLES, Standing("", "access.Grant", what=_("角色授权"), named="role__name"))
prove(
    SITES,
    Standing(
        "",
        "access.Grant",
        site="site_id",
        where=Q(site__isnull=False),
        what=_("角色授权"),
        named="role__name",
    ),
)
prove(
    ACCOUNT_ENDING,
    Kept(
        "",
        "audit.History",
        moment="at",
        where=Q(table="access_account", op="U") & ~Q(new__ended_at=None),
        subject_id="row_id",
        what=_("账号已停用"),
    ),
)
prove(BREAK_GLASS, Done(("access.review_break_glass",)))
prove(API_TOKENS, Kept("", "access.ApiToken", moment="created_at", what=_("接口凭证")))
