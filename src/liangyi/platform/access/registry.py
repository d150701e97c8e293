"""What can be permitted at all, and to which built-in roles: each domain declares its own permissions.

After every migrate the built-in roles' rows are brought in line with these declarations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from liangyi.platform import actors
from liangyi.platform.access.builtin import BUILTIN_ROLES

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Permission:
    """One thing that can be allowed. `code` is "<area>.<verb>", `roles` are built-in role codes."""

    code: str
    title: str | StrPromise
    roles: frozenset[str]

    @property
    def area(self) -> str:
        """The part of the product it belongs to: the code up to the dot."""
        return self.code.partition(".")[0]


_declared: dict[str, Permission] = {}


def declare(code: str, title: str | StrPromise, roles: Iterable[str] = ()) -> Permission:
    """Make a permission known. Raises ValueError for a malformed or taken code or an unknown role."""
    permission = Permission(code, title, frozenset(roles))
    area, dot, verb = code.partition(".")
    if not (area and dot and verb):
        raise ValueError(f"{code!r} must look like 'area.verb'")
    if unknown := permission.roles - BUILTIN_ROLES.keys():
        raise ValueError(f"{code}: no built-in roles {sorted(unknown)}")
    if code in _declared:
        raise ValueError(f"{code} is declared twice")
    _declared[code] = permission
    return permission


def permissions() -> Mapping[str, Permission]:
    """Every declared permission by its code."""
    return MappingProxyType(_declared)


def permissions_of(role: str) -> list[str]:
    """The sorted permission codes a built-in role is declared to hold."""
    return sorted(code for code, permission in _declared.items() if role in permission.roles)


def sync_roles() -> int:
    """Bring the built-in roles' rows in line with the declarations; how many rows changed."""
    from liangyi.platform.access.models import Role
    from liangyi.platform.audit.services import recorded

    kept = {role.code: role for role in Role.objects.filter(code__in=BUILTIN_ROLES)}
    changed = 0
    with recorded(actors.system("migrate")):
        for code, (name, name_en) in BUILTIN_ROLES.items():
            role = kept.get(code) or Role(code=code)
            wanted = (name, name_en, permissions_of(code), True)
            if (role.name, role.name_en, role.permissions, role.is_builtin) != wanted:
                role.name, role.name_en, role.permissions, role.is_builtin = wanted
                role.save()
                changed += 1
    return changed
