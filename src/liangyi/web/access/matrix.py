"""Roles against permissions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from liangyi.platform.access.builtin import BUILTIN_ROLES, GUEST_ROLES
from liangyi.platform.access.models import Role
from liangyi.platform.access.registry import Permission, permissions
from liangyi.web.access.names import name_of

AREAS = {
    "scheduling": _("预约与排班"),
    "patients": _("患者"),
    "consultation": _("咨询"),
    "staff": _("人员与资质"),
    "facilities": _("设备"),
    "catalogue": _("服务与价格"),
    "organisation": _("机构设置"),
    "controls": _("规则与闸口"),
    "worklist": _("工作事项"),
    "measures": _("指标"),
    "messages": _("消息"),
    "imports": _("导入"),
    "access": _("账号与权限"),
    "audit": _("留痕"),
}


@dataclass(frozen=True)
class Line:
    """A permission and, in the order of the columns, who holds it."""

    permission: Permission
    held: list[bool]


@dataclass(frozen=True)
class Area:
    """The permissions of one part of the product."""

    code: str
    title: Any
    lines: list[Line]


def roles_in_order() -> list[Role]:
    """The built-in roles in the product's order, then the clinic's own by name."""
    order = {code: position for position, code in enumerate(BUILTIN_ROLES)}
    roles = Role.objects.annotate(
        holders=Count("grants__account", distinct=True, filter=Q(grants__account__is_active=True))
    )
    return sorted(roles, key=lambda role: (order.get(role.code, len(order)), role.name))


def role_matrix() -> dict[str, Any]:
    """Columns are roles, lines permissions, grouped by area."""
    roles = roles_in_order()
    held = [frozenset(role.permissions) for role in roles]
    areas = [
        Area(code, title, [Line(p, [p.code in codes for codes in held]) for p in lines])
        for code, title, lines in _by_area()
    ]
    return {"roles": roles, "areas": areas, "own": [role for role in roles if not role.is_builtin]}


def role_choices() -> list[tuple[str, str]]:
    """(code, name) of every role that can be granted: a guest's comes with their account."""
    return [(role.code, name_of(role)) for role in roles_in_order() if role.code not in GUEST_ROLES]


def permission_choices() -> list[tuple[str, str]]:
    """(code, "area: title") of every permission, by area."""
    return [(p.code, f"{title}：{p.title}") for _code, title, lines in _by_area() for p in lines]


def _by_area() -> list[tuple[str, Any, list[Permission]]]:
    grouped: dict[str, list[Permission]] = defaultdict(list)
    for permission in permissions().values():
        grouped[permission.area].append(permission)
    order = {code: position for position, code in enumerate(AREAS)}
    codes = sorted(grouped, key=lambda code: (order.get(code, len(order)), code))
    return [(code, AREAS.get(code, code), grouped[code]) for code in codes]
