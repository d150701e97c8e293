"""What access itself lets people do, and the two questions about accounts: may act on, are visible."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.access.registry import declare
from liangyi.platform.audit.permissions import VIEW_HISTORY, VIEW_READS

MANAGE_ACCOUNTS = "access.manage_accounts"
MANAGE_ROLES = "access.manage_roles"
MANAGE_SITES = "access.manage_sites"
VIEW_SESSIONS = "access.view_sessions"
BREAK_GLASS = "access.break_glass"
REVIEW_BREAK_GLASS = "access.review_break_glass"

declare(MANAGE_ACCOUNTS, _("管理账号与授权"), roles=("admin", "director"))
declare(MANAGE_ROLES, _("管理角色"), roles=("admin", "director"))
declare(MANAGE_SITES, _("设立院区与科室"), roles=("admin", "director"))
declare(VIEW_SESSIONS, _("查看登录会话"), roles=("admin", "director"))
declare(
    BREAK_GLASS,
    _("紧急查阅"),
    roles=("consultant", "surgeon", "dentist", "nurse", "anaesthetist", "pharmacist"),
)
declare(REVIEW_BREAK_GLASS, _("复核紧急查阅"), roles=("quality", "director"))
declare(VIEW_HISTORY, _("查看变更历史"), roles=("quality", "director", "admin"))
declare(VIEW_READS, _("查看敏感信息查阅记录"), roles=("quality", "director", "admin"))
