"""Declared permissions and the built-in roles' rows."""

from __future__ import annotations

import pytest

from liangyi.platform.access import registry
from liangyi.platform.access.builtin import BUILTIN_ROLES
from liangyi.platform.access.models import Role
from liangyi.platform.audit.models import History


@pytest.fixture
def declared(monkeypatch):
    """Declarations made in a test are forgotten after it."""
    monkeypatch.setattr(registry, "_declared", dict(registry._declared))


def test_declare_makes_a_permission_known(declared):
    registry.declare("kitchen.cook", "做饭", roles=("nurse",))
    assert registry.permissions()["kitchen.cook"].area == "kitchen"
    assert "kitchen.cook" in registry.permissions_of("nurse")


@pytest.mark.parametrize(
    ("code", "roles"),
    [("kitchen", ()), (".cook", ()), ("kitchen.cook", ("chef",)), ("access.manage_roles", ())],
)
def test_declare_refuses_what_makes_no_sense(declared, code, roles):
    with pytest.raises(ValueError):  # noqa: PT011 the message names the code
        registry.declare(code, "x", roles=roles)


@pytest.mark.django_db
def test_after_migrate_every_built_in_role_holds_what_is_declared():
    rows = {role.code: role for role in Role.objects.filter(is_builtin=True)}
    assert rows.keys() == BUILTIN_ROLES.keys()
    assert all(role.permissions == registry.permissions_of(code) for code, role in rows.items())


@pytest.mark.django_db
def test_sync_roles_writes_only_what_changed(declared):
    assert registry.sync_roles() == 0
    registry.declare("kitchen.cook", "做饭", roles=("nurse",))
    assert registry.sync_roles() == 1
    row = History.objects.filter(table="access_role").latest("id")
    assert (row.actor_name, row.new["code"]) == ("migrate", "nurse")
