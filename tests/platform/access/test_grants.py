"""Who may give which role where, and that somebody always can."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from liangyi.platform.access import queries, services
from liangyi.platform.access.errors import LastAdministrator
from liangyi.platform.access.models import Account, Grant, Role
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Denied, Invalid, LiangyiError, Missing

from .conftest import roles_of

pytestmark = pytest.mark.django_db


def test_grant_role_lets_somebody_work_and_is_idempotent(admin, person, site, at):
    account = person("nurse")
    for _ in range(2):
        services.grant_role(actor=admin, at=at, account=account.pk, role="cashier", site=site.pk)
    assert roles_of(account) == {("nurse", site), ("cashier", site)}


def test_grant_role_at_another_site_is_missing(admin, person, site, other_site, at):
    account = person("nurse")
    with pytest.raises(Missing):
        services.grant_role(actor=admin, at=at, account=account.pk, role="nurse", site=other_site.pk)
    assert roles_of(account) == {("nurse", site)}


def test_grant_role_for_the_whole_group_needs_the_whole_group(admin, person, site, other_site, at):
    account = person("nurse")
    with pytest.raises(Denied):
        services.grant_role(actor=admin, at=at, account=account.pk, role="nurse", site=None)
    assert roles_of(account) == {("nurse", site)}


def test_grant_role_hands_out_no_power_one_does_not_have(person, site, at, setup_actor):
    """A role of one's own that manages accounts cannot make administrators."""
    account = person("nurse", "deputy")
    with recorded(setup_actor):
        deputy = Role.objects.create(code="own-x", name="副手", permissions=["access.manage_accounts"])
        Grant.objects.create(account=account, role=deputy, site=site)
    actor = queries.actor_for(account)
    services.grant_role(actor=actor, at=at, account=account.pk, role="cashier", site=site.pk)
    with pytest.raises(Denied):
        services.grant_role(actor=actor, at=at, account=account.pk, role="admin", site=site.pk)
    assert ("admin", site) not in roles_of(account)


def test_revoke_role_takes_it_away(admin, person, site, at):
    account = person("nurse")
    services.revoke_role(actor=admin, at=at, account=account.pk, role="nurse", site=site.pk)
    assert roles_of(account) == set()
    with pytest.raises(Missing):
        services.revoke_role(actor=admin, at=at, account=account.pk, role="nurse", site=site.pk)


def test_revoke_role_keeps_the_last_administrator_of_a_site(admin, site, at):
    with pytest.raises(LastAdministrator):
        services.revoke_role(actor=admin, at=at, account=admin.id, role="admin", site=site.pk)
    assert queries.actor_for(Account.objects.get(pk=admin.id)).may("access.manage_accounts", site.pk)


def test_revoke_role_does_not_count_an_ended_account_as_administrator(admin, person, site, at, setup_actor):
    person("admin", "gone")
    with recorded(setup_actor):
        Account.objects.filter(username="gone").update(is_active=False)
    with pytest.raises(LastAdministrator):
        services.revoke_role(actor=admin, at=at, account=admin.id, role="admin", site=site.pk)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_administrators_removing_each_other_leave_one(person, site, at):
    first, second = person("admin", "first"), person("admin", "second")
    start = Barrier(2)

    def remove(who: Account, whom: Account) -> bool:
        actor = queries.actor_for(who)
        start.wait(10)
        try:
            services.revoke_role(actor=actor, at=at, account=whom.pk, role="admin", site=site.pk)
        except LiangyiError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(remove, (first, second), (second, first)))
    assert sorted(outcomes) == [False, True]
    assert Grant.objects.filter(role__code="admin").count() == 1


def test_create_role_is_the_clinics_own_and_can_be_granted(group_admin, person, site, at):
    role = services.create_role(
        actor=group_admin, at=at, name="档案员", permissions=["audit.view_history", "access.view_sessions"]
    )
    services.grant_role(actor=group_admin, at=at, account=person("nurse").pk, role=role.code, site=site.pk)
    assert (role.is_builtin, role.permissions) == (False, ["access.view_sessions", "audit.view_history"])


def test_create_role_hands_out_no_power_one_does_not_have(person, at, setup_actor):
    account = person("nurse", "deputy")
    with recorded(setup_actor):
        deputy = Role.objects.create(code="own-x", name="副手", permissions=["access.manage_roles"])
        Grant.objects.create(account=account, role=deputy, site=None)
    with pytest.raises(Denied):
        services.create_role(
            actor=queries.actor_for(account), at=at, name="总管", permissions=["access.manage_accounts"]
        )
    assert not Role.objects.filter(name="总管").exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "护士"}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"permissions": ["no.such"]}, "permissions"),
    ],
)
def test_create_role_names_the_field_it_cannot_accept(group_admin, at, given, field):
    with pytest.raises(Invalid) as wrong:
        services.create_role(actor=group_admin, at=at, **({"name": "新", "permissions": []} | given))
    assert list(wrong.value.fields) == [field]


def test_change_role_leaves_built_in_ones_alone(group_admin, at):
    nurse = Role.objects.get(code="nurse")
    with pytest.raises(Invalid):
        services.change_role(actor=group_admin, at=at, role=nurse.pk, name="护", permissions=[])
    nurse.refresh_from_db()
    assert nurse.name == "护士"


def test_change_role_cannot_take_away_the_last_administrators_power(
    person, site, at, setup_actor, other_site
):
    account = person("nurse", "solo")
    with recorded(setup_actor):
        powers = ["access.manage_accounts", "access.manage_roles"]
        role = Role.objects.create(code="own-x", name="总管", permissions=powers)
        Grant.objects.create(account=account, role=role, site=None)
    with pytest.raises(LastAdministrator):
        services.change_role(
            actor=queries.actor_for(account), at=at, role=role.pk, name="总管", permissions=powers[1:]
        )
    role.refresh_from_db()
    assert role.permissions == powers


def test_change_role_needs_the_whole_group(admin, site, other_site, at, setup_actor):
    with recorded(setup_actor):
        role = Role.objects.create(code="own-x", name="档案员", permissions=[])
    with pytest.raises(Denied):
        services.change_role(actor=admin, at=at, role=role.pk, name="x", permissions=[])
    role.refresh_from_db()
    assert role.name == "档案员"


def test_create_site_makes_its_founder_its_administrator(admin, at):
    founded = services.create_site(actor=admin, at=at, name="第三院区")
    account = Account.objects.get(pk=admin.id)
    assert queries.actor_for(account).may("access.manage_accounts", founded.pk)


@pytest.mark.parametrize(
    ("given", "field"),
    [({"name": ""}, "name"), ({"name": "x" * 101}, "name"), ({"time_zone": "Mars/Base"}, "time_zone")],
)
def test_create_site_names_the_field_it_cannot_accept(admin, at, given, field):
    with pytest.raises(Invalid) as wrong:
        services.create_site(actor=admin, at=at, **({"name": "新"} | given))
    assert list(wrong.value.fields) == [field]


def test_create_site_and_unit_are_denied_to_others(acting, site, at):
    nurse = acting("nurse")
    with pytest.raises(Denied):
        services.create_site(actor=nurse, at=at, name="新")
    with pytest.raises(Denied):
        services.create_unit(actor=nurse, at=at, site=site.pk, name="新")
    assert not site.units.exists()


def test_units_stand_below_units_of_their_own_site(admin, site, other_site, at, setup_actor):
    parent = services.create_unit(actor=admin, at=at, site=site.pk, name="外科")
    child = services.create_unit(actor=admin, at=at, site=site.pk, name="整形", parent=parent.pk)
    foreign = services.create_unit(actor=setup_actor, at=at, site=other_site.pk, name="口腔")
    assert child.parent_id == parent.pk
    with pytest.raises(Invalid):
        services.create_unit(actor=admin, at=at, site=site.pk, name="种植", parent=foreign.pk)
    assert services.change_unit(actor=admin, at=at, unit=child.pk, name="整形外科").name == "整形外科"


def test_change_site_closes_it_for_everybody(admin, site, at):
    services.change_site(
        actor=admin, at=at, site=site.pk, name="旧址", name_en="", time_zone="Asia/Shanghai", is_active=False
    )
    assert queries.actor_for(Account.objects.get(pk=admin.id)).grants == {}
