"""The clinic's own roles beside the built-in ones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.platform.access.models import Role
from liangyi.platform.access.permissions import MANAGE_ROLES
from liangyi.platform.access.registry import permissions as declared
from liangyi.platform.access.services.authority import (
    POWERS,
    administered_sites,
    lock_administration,
    require_everywhere,
    require_still_administered,
)
from liangyi.platform.access.validation import check_row
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Invalid, Missing
from liangyi.platform.ids import new_secret_id


def create_role(
    *, actor: Actor, at: datetime, name: str, permissions: Iterable[str], name_en: str = ""
) -> Role:
    """A role of the clinic's own. Roles count in the whole group, so the actor must reach all of it."""
    role = Role(code=f"own-{new_secret_id().hex[:12]}", name=name.strip(), name_en=name_en.strip())
    role.permissions = _allowed(actor, permissions, before=())
    _check_role(role)
    with recorded(actor):
        role.save()
    return role


def change_role(
    *, actor: Actor, at: datetime, role: UUID, name: str, permissions: Iterable[str], name_en: str = ""
) -> Role:
    """Change one of the clinic's own roles for everybody who holds it. Built-in ones are Invalid."""
    require_everywhere(actor, MANAGE_ROLES)
    with recorded(actor):
        lock_administration()
        row = Role.objects.select_for_update(no_key=True).filter(pk=role).first()
        if row is None:
            raise Missing()
        if row.is_builtin:
            raise Invalid({"": [_("内置角色随产品而定，不能修改；可以另建自有角色")]})
        before = administered_sites()
        row.permissions = _allowed(actor, permissions, before=row.permissions)
        row.name, row.name_en = name.strip(), name_en.strip()
        _check_role(row)
        row.save()
        require_still_administered(before)
    return row


def _allowed(actor: Actor, wanted: Iterable[str], *, before: Iterable[str]) -> list[str]:
    """The wanted codes, sorted. Powers over others, given or taken away, must be the actor's own."""
    codes = set(wanted)
    require_everywhere(actor, MANAGE_ROLES)
    for code in POWERS & (codes ^ set(before)):
        require_everywhere(actor, code)
    if codes - declared().keys() - set(before):
        raise Invalid({"permissions": [_("没有这项权限")]})
    return sorted(codes)


def _check_role(role: Role) -> None:
    if Role.objects.filter(name=role.name).exclude(pk=role.pk).exists():
        raise Invalid({"name": [_("已有同名角色")]})
    check_row(role, exclude=["permissions"])
