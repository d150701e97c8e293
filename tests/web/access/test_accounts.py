"""Accounts, roles and sessions on screen."""

from __future__ import annotations

import pytest
from django.urls import reverse

from liangyi.platform.access.models import Account, Grant, Role, Session
from liangyi.platform.audit.services import recorded

pytestmark = pytest.mark.django_db
GOOD = {"username": "li.mei", "display_name": "李梅", "password": "right and long 7", "language": "zh-hans"}
NASTY = ["", "x" * 5000, "<script>alert(1)</script>", "😀", "\x00", "' OR 1=1 --"]


def to(name, *args):
    return reverse(f"access:{name}", args=args)


def test_accounts_lists_the_people_of_ones_sites(signed_in, person, other_site):
    person("nurse"), person("dentist", "outsider", other_site)
    page = signed_in("admin").get(to("accounts")).content.decode()
    assert "nurse" in page
    assert "outsider" not in page


@pytest.mark.parametrize("role", ["reception", "nurse", "quality", "cashier"])
@pytest.mark.parametrize("name", ["accounts", "add_account", "roles", "add_role", "sessions"])
def test_accounts_are_denied_to_others(signed_in, role, name):
    assert signed_in(role).get(to(name)).status_code == 403


def test_accounts_costs_the_same_for_one_and_for_three(signed_in, person, django_assert_num_queries):
    admin = signed_in("admin")
    admin.get(to("accounts"))
    with django_assert_num_queries(9) as first:
        admin.get(to("accounts"))
    for number in range(2):
        person("nurse", f"nurse{number}")
    with django_assert_num_queries(len(first)):
        admin.get(to("accounts"))


def test_accounts_are_found_by_name_and_state(signed_in, person):
    person("nurse", "wang.li")
    admin = signed_in("admin")
    assert "wang.li" in admin.get(to("accounts"), {"q": "WANG"}).content.decode()
    assert "wang.li" not in admin.get(to("accounts"), {"state": "ended"}).content.decode()


def test_accounts_are_paged_by_user_name(signed_in, person):
    for number in range(51):
        person("nurse", f"nurse{number:02}")
    admin = signed_in("admin")
    first = admin.get(to("accounts")).content.decode()
    second = admin.get(to("accounts"), {"after": "nurse48"}).content.decode()
    assert "after=nurse48" in first
    assert "nurse50" in second
    assert "nurse48" not in second.replace("after=nurse48", "")


def test_add_account_then_grant_a_role(signed_in, site):
    admin = signed_in("admin")
    answer = admin.post(to("add_account"), GOOD | {"site": str(site.pk)})
    account = Account.objects.get(username="li.mei")
    assert answer.url == to("account", account.pk)
    admin.post(to("grant", account.pk), {"role": "nurse", "site": str(site.pk), "reason": "入职"})
    page = admin.get(to("account", account.pk)).content.decode()
    assert "护士" in page
    assert "授予角色" in page


@pytest.mark.parametrize("field", ["username", "display_name", "email", "password", "language", "site"])
@pytest.mark.parametrize("value", NASTY)
def test_add_account_answers_any_input_beside_the_field(signed_in, site, field, value):
    answer = signed_in("admin").post(to("add_account"), GOOD | {"site": str(site.pk)} | {field: value})
    assert answer.status_code in (303, 422)
    assert "<script>alert" not in answer.content.decode()


def test_edit_account_changes_it(signed_in, person, site):
    account = person("nurse")
    given = {"display_name": "王", "email": "", "site": str(site.pk), "language": "en"}
    signed_in("admin").post(to("edit_account", account.pk), given)
    account.refresh_from_db()
    assert (account.display_name, account.language) == ("王", "en")


def test_revoke_takes_the_role_away_and_needs_a_reason(signed_in, person):
    account = person("nurse")
    held, admin = account.grants.get(), signed_in("admin")
    assert admin.post(to("revoke", account.pk, held.pk), {"reason": ""}).status_code == 422
    assert account.grants.exists()
    admin.post(to("revoke", account.pk, held.pk), {"reason": "调岗"})
    assert not account.grants.exists()


def test_revoke_of_the_last_administrator_says_why_not(signed_in):
    admin = signed_in("admin")
    held = Grant.objects.get(role__code="admin")
    answer = admin.post(to("revoke", held.account_id, held.pk), {"reason": "x"})
    assert answer.status_code == 409
    assert "至少要保留一位" in answer.content.decode()
    assert Grant.objects.filter(pk=held.pk).exists()


def test_reset_password_end_and_reactivate(signed_in, person):
    account, admin = person("nurse"), signed_in("admin")
    admin.post(to("reset_password", account.pk), {"password": "temporary words 9"})
    account.refresh_from_db()
    assert account.check_password("temporary words 9")
    admin.post(to("end_account", account.pk), {"reason": "离职"})
    account.refresh_from_db()
    assert not account.is_active
    admin.post(to("reactivate_account", account.pk), {"reason": "返聘"})
    account.refresh_from_db()
    assert account.is_active


@pytest.mark.parametrize(
    "name", ["account", "edit_account", "grant", "reset_password", "end_account", "reactivate_account"]
)
def test_another_sites_account_is_not_found(signed_in, person, other_site, name):
    outsider = person("dentist", "outsider", other_site)
    assert signed_in("admin").get(to(name, outsider.pk)).status_code == 404


@pytest.mark.parametrize(
    "name", ["account", "edit_account", "grant", "reset_password", "end_account", "reactivate_account"]
)
def test_every_form_of_an_account_opens(signed_in, person, name):
    assert signed_in("admin").get(to(name, person("nurse").pk)).status_code == 200


def test_roles_show_every_permission_by_area(signed_in):
    page = signed_in("director").get(to("roles")).content.decode()
    assert "管理账号与授权" in page
    assert "质量经理" in page


def test_own_roles_are_made_and_changed(signed_in):
    admin = signed_in("admin")
    admin.post(to("add_role"), {"name": "档案员", "permissions": ["audit.view_history"]})
    role = Role.objects.get(name="档案员")
    assert admin.get(to("edit_role", role.pk)).status_code == 200
    admin.post(to("edit_role", role.pk), {"name": "档案管理员", "permissions": []})
    role.refresh_from_db()
    assert (role.name, role.permissions) == ("档案管理员", [])


def test_built_in_roles_have_no_form(signed_in):
    nurse = Role.objects.get(code="nurse")
    assert signed_in("admin").get(to("edit_role", nurse.pk)).status_code == 404


def test_sessions_are_listed_and_ended_without_showing_their_keys(signed_in):
    admin, _nurse = signed_in("admin"), signed_in("nurse")
    theirs = Session.objects.get(account__username="nurse")
    page = admin.get(to("sessions")).content.decode()
    assert theirs.reference in page
    assert theirs.session_key not in page
    admin.post(to("sessions"), {"session": theirs.reference})
    assert not Session.objects.filter(pk=theirs.pk).exists()


def test_a_person_at_two_sites_sees_the_account_page_in_english(signed_in, person, setup_actor):
    account = person("nurse")
    admin = signed_in("admin")
    with recorded(setup_actor):
        Account.objects.filter(username="admin").update(language="en")
    page = admin.get(to("account", account.pk)).content.decode()
    assert "Nurse" in page
