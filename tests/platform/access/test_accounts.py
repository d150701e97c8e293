"""Making, changing and ending accounts, and their passwords."""

from __future__ import annotations

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.utils import timezone

from liangyi.platform.access import queries, services
from liangyi.platform.access.errors import LastAdministrator
from liangyi.platform.access.models import Account, ApiToken, Session
from liangyi.platform.access.sessions import SessionStore
from liangyi.platform.audit.queries import history_of
from liangyi.platform.errors import Denied, Invalid, Missing

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db


def signed_in(account: Account) -> SessionStore:
    session = SessionStore()
    session["_auth_user_id"] = str(account.pk)
    session.create()
    return session


def test_create_account_lets_somebody_in_who_must_choose_a_password(admin, site, at, sign_in):
    account = services.create_account(
        actor=admin, at=at, username=" Li.Mei ", display_name="李梅", password=PASSWORD, site=site.pk
    )
    assert (account.username, account.must_change_password, account.site_id) == ("li.mei", True, site.pk)
    assert queries.actor_for_token(sign_in("li.mei"), at).grants == {}


def test_create_account_without_a_password_lets_nobody_in(admin, site, at):
    account = services.create_account(actor=admin, at=at, username="li", display_name="李", site=site.pk)
    assert not account.has_usable_password()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", ""),
        ("username", "李梅"),
        ("username", "x" * 65),
        ("username", "a b"),
        ("username", "<script>"),
        ("display_name", ""),
        ("display_name", "字" * 65),
        ("display_name", "李\x00梅"),
        ("email", "nobody"),
        ("language", "tlh"),
        ("password", "short"),
        ("password", "password123"),
        ("password", "x" * 201),
    ],
)
def test_create_account_names_the_field_it_cannot_accept(admin, site, at, field, value):
    given = {"username": "li.mei", "display_name": "李梅", "site": site.pk} | {field: value}
    with pytest.raises(Invalid) as wrong:
        services.create_account(actor=admin, at=at, **given)
    assert list(wrong.value.fields) == [field]
    assert not Account.objects.filter(display_name="李梅").exists()


def test_create_account_refuses_a_taken_name_in_any_case(admin, site, at, person):
    person("nurse", "li.mei")
    with pytest.raises(Invalid):
        services.create_account(actor=admin, at=at, username="LI.MEI", display_name="李", site=site.pk)


def test_create_account_is_denied_to_others_and_changes_nothing(acting, site, at):
    nurse = acting("nurse")
    with pytest.raises(Denied):
        services.create_account(actor=nurse, at=at, username="x1", display_name="x", site=site.pk)
    assert not Account.objects.filter(username="x1").exists()


def test_create_account_at_another_site_is_missing(admin, other_site, at):
    with pytest.raises(Missing):
        services.create_account(actor=admin, at=at, username="x1", display_name="x", site=other_site.pk)


def test_create_account_for_the_whole_group_needs_the_whole_group(admin, group_admin, other_site, at):
    with pytest.raises(Denied):
        services.create_account(actor=admin, at=at, username="x1", display_name="x")
    everywhere = queries.actor_for(Account.objects.get(pk=group_admin.id))
    assert services.create_account(actor=everywhere, at=at, username="x2", display_name="x").site is None


def test_change_password_ends_every_other_session_and_token(person, give_password, sign_in, at):
    account = give_password(person("nurse"))
    actor, token = queries.actor_for(account), sign_in("nurse")
    mine, other = signed_in(account), signed_in(account)
    services.change_password(
        actor=actor, at=at, old=PASSWORD, new="a new long one 7", keep_session=mine.session_key
    )
    assert list(Session.objects.values_list("pk", flat=True)) == [mine.session_key]
    assert queries.actor_for_token(token, at) is None
    with pytest.raises(UpdateError):
        other.save()


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [("wrong", "a new long one 7", "old"), (PASSWORD, PASSWORD, "new"), (PASSWORD, "short", "new")],
)
def test_change_password_names_what_is_wrong_and_keeps_the_old_one(
    person, give_password, at, old, new, field
):
    account = give_password(person("nurse"))
    with pytest.raises(Invalid) as wrong:
        services.change_password(actor=queries.actor_for(account), at=at, old=old, new=new)
    assert list(wrong.value.fields) == [field]
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_a_password_is_nowhere_in_the_clear_in_history(person, give_password):
    account = give_password(person("nurse"))
    assert all(PASSWORD not in str((row.old, row.new)) for row in history_of("access_account", account.pk))


def test_reset_password_ends_sessions_and_asks_for_a_new_one(admin, person, give_password, sign_in, at):
    account = give_password(person("nurse"))
    token = sign_in("nurse")
    signed_in(account)
    changed = services.reset_password(actor=admin, at=at, account=account.pk, password="temporary words 9")
    assert changed.must_change_password
    assert not Session.objects.exists()
    assert queries.actor_for_token(token, at) is None


def test_reset_password_of_somebody_at_two_sites_needs_both(admin, group_admin, at, setup_actor, other_site):
    """Who could reset the group administrator's password would be the group administrator."""
    before = Account.objects.get(pk=group_admin.id).password
    with pytest.raises(Denied):
        services.reset_password(actor=admin, at=at, account=group_admin.id, password="temporary words 9")
    assert Account.objects.get(pk=group_admin.id).password == before


def test_reset_password_of_another_sites_account_is_missing(admin, person, other_site, at):
    outsider = person("nurse", "outsider", other_site)
    with pytest.raises(Missing):
        services.reset_password(actor=admin, at=at, account=outsider.pk, password="temporary words 9")


def test_end_account_shuts_sessions_and_tokens_at_once(admin, person, give_password, sign_in, at):
    account = give_password(person("nurse"))
    token, session = sign_in("nurse"), signed_in(account)
    services.end_account(actor=admin, at=at, account=account.pk, reason="离职")
    assert queries.actor_for_token(token, at) is None
    assert not SessionStore(session.session_key).load()
    assert not ApiToken.objects.filter(revoked_at=None).exists()
    assert history_of("access_account", account.pk).first().reason == "离职"


def test_end_account_refuses_the_last_administrator(admin, at):
    with pytest.raises(LastAdministrator):
        services.end_account(actor=admin, at=at, account=admin.id)
    assert Account.objects.get(pk=admin.id).is_active


def test_end_account_is_denied_to_others(acting, person, at):
    nurse, other = acting("nurse"), person("cashier")
    with pytest.raises(Denied):
        services.end_account(actor=nurse, at=at, account=other.pk)
    other.refresh_from_db()
    assert other.is_active


def test_reactivate_account_opens_it_with_its_grants_and_without_a_password(admin, person, site, at):
    account = person("nurse")
    services.end_account(actor=admin, at=at, account=account.pk)
    account = services.reactivate_account(actor=admin, at=at, account=account.pk)
    assert queries.actor_for(account).grants.keys() == {site.pk}
    assert not account.has_usable_password()


def test_change_account_moves_somebody_to_another_site_only_where_one_manages(
    admin, person, site, other_site, at
):
    account = person("nurse")
    given = {"display_name": "王", "email": "w@x.cn", "language": "en"}
    services.change_account(actor=admin, at=at, account=account.pk, site=site.pk, **given)
    with pytest.raises(Missing):
        services.change_account(actor=admin, at=at, account=account.pk, site=other_site.pk, **given)
    account.refresh_from_db()
    assert (account.display_name, account.site_id, account.language) == ("王", site.pk, "en")


def test_set_language_is_for_oneself_and_for_known_languages(acting, at):
    nurse = acting("nurse")
    services.set_language(actor=nurse, at=at, language="en")
    with pytest.raises(Invalid):
        services.set_language(actor=nurse, at=at, language="tlh")
    assert Account.objects.get(pk=nurse.id).language == "en"


def test_an_outdated_hash_is_renewed_when_the_password_is_right(person, setup_actor, settings):
    settings.PASSWORD_HASHERS = [*settings.PASSWORD_HASHERS, "django.contrib.auth.hashers.MD5PasswordHasher"]
    from django.contrib.auth.hashers import make_password

    from liangyi.platform.audit.services import recorded

    account = person("nurse")
    with recorded(setup_actor):
        account.password = make_password(PASSWORD, hasher="md5")
        account.save()
    assert not account.check_password("wrong")
    assert account.check_password(PASSWORD)
    account.refresh_from_db()
    assert account.password.startswith("argon2")


def test_end_session_by_its_reference_and_never_by_its_key(admin, person, at):
    session = Session.objects.get(pk=signed_in(person("nurse")).session_key)
    with pytest.raises(Missing):
        services.end_session(actor=admin, at=at, session=session.session_key)
    services.end_session(actor=admin, at=at, session=session.reference)
    assert not Session.objects.exists()


def test_end_session_of_somebody_else_is_denied_to_others(acting, person, at):
    session = Session.objects.get(pk=signed_in(person("cashier")).session_key)
    with pytest.raises(Denied):
        services.end_session(actor=acting("nurse"), at=at, session=session.reference)
    assert Session.objects.exists()


def test_end_sessions_of_oneself(person, at):
    account = person("nurse")
    signed_in(account), signed_in(account)
    actor = queries.actor_for(account)
    assert queries.sessions_of(actor, timezone.now()).count() == 2
    assert services.end_sessions(actor=actor, at=at, account=account.pk) == 2


def test_sessions_visible_to_shows_those_of_the_sites_one_manages(admin, acting, person, other_site):
    signed_in(person("cashier"))
    signed_in(person("nurse", "outsider", other_site))
    nurse, now = acting("nurse"), timezone.now()
    assert [s.account.username for s in queries.sessions_visible_to(admin, now)] == ["cashier"]
    assert not queries.sessions_visible_to(nurse, now).exists()


def test_remove_expired_sessions_keeps_running_ones(person, setup_actor):
    signed_in(person("nurse"))
    session = signed_in(person("cashier"))
    Session.objects.filter(pk=session.session_key).update(expire_date="2020-01-01T00:00Z")
    assert services.remove_expired_sessions(actor=setup_actor, at=timezone.now()) == 1
    assert Session.objects.get().account.username == "nurse"
