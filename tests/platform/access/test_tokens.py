"""Tokens and the lock-out they share with the sign-in page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import RequestFactory

from liangyi.platform.access import queries, services
from liangyi.platform.access.errors import TooManyAttempts, WrongCredentials
from liangyi.platform.access.models import ApiToken
from liangyi.platform.errors import Missing

pytestmark = pytest.mark.django_db


def test_issue_token_keeps_only_its_digest_for_twelve_hours(person, give_password, sign_in, at):
    give_password(person("nurse"))
    raw = sign_in("NURSE ")
    token = ApiToken.objects.get()
    assert (token.digest, token.expires_at) == (queries.token_digest(raw), at + timedelta(hours=12))
    assert raw not in str(vars(token))


@pytest.mark.parametrize(
    ("username", "password"),
    [("nurse", "wrong"), ("nobody", "x"), ("", ""), ("\x00", "x"), ("\ud800", "x"), ("x" * 9999, "x")],
)
def test_issue_token_does_not_say_which_part_was_wrong(person, give_password, sign_in, username, password):
    give_password(person("nurse"))
    with pytest.raises(WrongCredentials) as wrong:
        sign_in(username, password)
    assert str(wrong.value) == "账号或密码不对"
    assert not ApiToken.objects.exists()


def test_issue_token_locks_out_after_five_wrong_passwords(person, give_password, sign_in):
    give_password(person("nurse"))
    for _ in range(4):
        with pytest.raises(WrongCredentials):
            sign_in("nurse", "wrong")
    with pytest.raises((TooManyAttempts, WrongCredentials)):
        sign_in("nurse", "wrong")
    with pytest.raises(TooManyAttempts):
        sign_in("nurse")
    assert sign_in("nurse", address="10.0.0.2")


def test_wrong_passwords_at_the_sign_in_page_count_too(person, give_password, sign_in, at):
    give_password(person("nurse"))
    for _ in range(5):
        request = RequestFactory().post("/sign-in/", REMOTE_ADDR="10.0.0.1")
        with pytest.raises((WrongCredentials, TooManyAttempts)):
            services.authenticated(request=request, at=at, username="nurse", password="wrong")
    with pytest.raises(TooManyAttempts):
        sign_in("nurse")


def test_issue_token_lets_no_ended_account_in(person, give_password, sign_in, setup_actor, at):
    account = give_password(person("nurse"))
    services.end_account(actor=setup_actor, at=at, account=account.pk)
    with pytest.raises(WrongCredentials):
        sign_in("nurse")


def test_revoke_token_ends_it_at_once_and_twice_changes_nothing(person, give_password, sign_in, at):
    actor = queries.actor_for(give_password(person("nurse")))
    raw = sign_in("nurse")
    for _ in range(2):
        services.revoke_token(actor=actor, at=at, raw=raw)
    assert queries.actor_for_token(raw, at) is None


def test_revoke_token_of_somebody_else_is_missing(person, give_password, sign_in, acting, at):
    give_password(person("nurse"))
    raw = sign_in("nurse")
    with pytest.raises(Missing):
        services.revoke_token(actor=acting("cashier"), at=at, raw=raw)
    assert queries.actor_for_token(raw, at) is not None
