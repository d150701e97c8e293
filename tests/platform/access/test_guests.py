"""Accounts for somebody from outside: read at one site, until a named hour, change nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError

from liangyi.platform.access import queries, services
from liangyi.platform.access.errors import OutsideValidity, WrongCredentials
from liangyi.platform.access.models import Account, ApiToken, Grant, Session
from liangyi.platform.access.services import Guest
from liangyi.platform.audit.services import log_read, recorded
from liangyi.platform.errors import Denied, Invalid, Missing

pytestmark = pytest.mark.django_db
PERMISSION = "access.manage_accounts"
HOUR = timedelta(hours=1)


@pytest.fixture
def opened(acting, site, at) -> Guest:
    """A guest from an hour ago until in an hour."""
    return services.create_guest(
        actor=acting("director"),
        at=at,
        permission=PERMISSION,
        site=site.id,
        role="inspector",
        display_name="卫健委 李检查员",
        valid_from=at - HOUR,
        valid_until=at + HOUR,
    )


@pytest.mark.parametrize(
    ("offset", "may"), [(-2 * HOUR, False), (-HOUR, True), (HOUR / 2, True), (HOUR, False), (9 * HOUR, False)]
)
def test_guest_may_something_only_in_its_time(opened, site, at, offset, may):
    actor = queries.actor_for(opened.account, at=at + offset)
    assert bool(actor.grants) is may
    assert actor.reads_only
    assert set(actor.grants) <= {site.id}


def test_guest_without_a_given_moment_is_asked_for_now(opened):
    """The story plays in the future: now, the time has not come."""
    assert not queries.actor_for(opened.account).grants


def test_guest_signs_in_with_the_password_shown_once(opened, sign_in, at):
    raw = sign_in(opened.account.username, opened.password)
    actor = queries.actor_for_token(raw, at)
    assert actor is not None
    assert actor.reads_only
    assert Account.objects.get(pk=opened.account.pk).must_change_password


def test_token_stops_at_the_hour(opened, sign_in, at):
    raw = sign_in(opened.account.username, opened.password)
    assert queries.actor_for_token(raw, at + HOUR - timedelta(seconds=1)) is not None
    assert queries.actor_for_token(raw, at + HOUR) is None


def test_sign_in_outside_the_time_says_so_only_to_whoever_knows_the_password(
    opened, sign_in, setup_actor, at
):
    with recorded(setup_actor):
        Account.objects.filter(pk=opened.account.pk).update(valid_until=at - HOUR / 2)
    with pytest.raises(OutsideValidity, match="2026-11-23 08:30 到 2026-11-23 09:00"):
        sign_in(opened.account.username, opened.password)
    with pytest.raises(WrongCredentials, match="账号或密码不对"):
        sign_in(opened.account.username, "wrong-password-here")


def test_ended_guest_is_out_at_once(opened, sign_in, acting, site, at):
    raw = sign_in(opened.account.username, opened.password)
    director = acting("director", "second")
    for _twice in range(2):
        services.end_guest(
            actor=director, at=at, permission=PERMISSION, site=site.id, account=opened.account.pk
        )
    assert queries.actor_for_token(raw, at) is None
    assert not queries.actor_for(Account.objects.get(pk=opened.account.pk), at=at).grants
    assert ApiToken.objects.get().revoked_at == at
    assert not Session.objects.filter(account=opened.account).exists()


def test_reactivated_guest_is_still_over(opened, admin, at):
    late = at + 2 * HOUR
    services.end_account(actor=admin, at=at, account=opened.account.pk)
    services.reactivate_account(actor=admin, at=late, account=opened.account.pk)
    assert not queries.actor_for(Account.objects.get(pk=opened.account.pk), at=late).grants


def test_guest_changes_nothing_below_every_service(opened, site, at):
    guest = queries.actor_for(opened.account, at=at)
    with pytest.raises(Denied), recorded(guest):
        site.save()
    log_read(actor=guest, at=at, subject_type="access.site", subject_id=site.id, what="page")


def test_guest_changes_its_own_password_and_language(opened, at):
    guest = queries.actor_for(opened.account, at=at)
    new = "wohlgemuth-5082"
    services.change_password(actor=guest, at=at, old=opened.password, new=new)
    services.set_language(actor=guest, at=at, language="en")
    account = Account.objects.get(pk=opened.account.pk)
    assert account.check_password(new)
    assert (account.language, account.must_change_password) == ("en", False)


def test_guest_reads_only_even_where_the_account_was_made_another_way(person, at):
    assert queries.actor_for(person("inspector"), at=at).reads_only


def test_nothing_is_granted_to_a_guest_and_nobody_is_made_one(opened, admin, acting, person, site, at):
    nurse = person("nurse")
    for account, role in ((opened.account.pk, "director"), (nurse.pk, "inspector")):
        with pytest.raises(Invalid):
            services.grant_role(actor=admin, at=at, account=account, role=role, site=site.id)
    assert Grant.objects.filter(account=opened.account).count() == 1


def test_only_holders_of_the_permission_open_and_end_guests(opened, acting, site, other_site, at):
    nurse, stranger = acting("nurse"), acting("director", "stranger", other_site)
    for actor, error in ((nurse, Denied), (stranger, Missing)):
        with pytest.raises(error):
            services.end_guest(
                actor=actor, at=at, permission=PERMISSION, site=site.id, account=opened.account.pk
            )
    assert Account.objects.get(pk=opened.account.pk).is_active


def test_end_guest_is_for_guests_alone(acting, person, site, at):
    nurse = person("nurse")
    with pytest.raises(Missing):
        services.end_guest(
            actor=acting("director"), at=at, permission=PERMISSION, site=site.id, account=nurse.pk
        )


def test_guest_without_an_end_is_impossible(setup_actor, db):
    with pytest.raises(IntegrityError), recorded(setup_actor):
        Account.objects.create(username="forever", display_name="x", reads_only=True)


def test_other_roles_are_no_guests(acting, site, at):
    with pytest.raises(ValueError, match="no guest role"):
        services.create_guest(
            actor=acting("director"),
            at=at,
            permission=PERMISSION,
            site=site.id,
            role="director",
            display_name="x",
            valid_from=at,
            valid_until=at + HOUR,
        )
