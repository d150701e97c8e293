"""Who somebody is and what they may do where."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import RequestFactory

from liangyi.platform.access import queries, services
from liangyi.platform.access.models import Account, Grant, Role, Site
from liangyi.platform.audit.services import recorded

pytestmark = pytest.mark.django_db


def test_actor_for_holds_the_roles_permissions_at_their_site(person, site):
    actor = queries.actor_for(person("admin"))
    assert actor.may("access.manage_accounts", site.pk)
    assert actor.roles_at == {site.pk: frozenset({"admin"})}
    assert actor.site == site.pk


def test_actor_for_takes_one_statement(person, django_assert_num_queries):
    account = person("nurse")
    with django_assert_num_queries(1):
        queries.actor_for(account)


def test_actor_for_spreads_a_group_wide_grant_over_all_active_sites(person, site, other_site, setup_actor):
    account = person("quality")
    with recorded(setup_actor):
        Grant.objects.create(account=account, role=Role.objects.get(code="director"), site=None)
        Site.objects.filter(pk=site.pk).update(is_active=False)
    actor = queries.actor_for(account)
    assert actor.grants.keys() == {other_site.pk}


def test_actor_for_prefers_the_asked_site_then_the_usual_then_the_first(
    person, site, other_site, setup_actor
):
    account = person("director")
    with recorded(setup_actor):
        Grant.objects.create(account=account, role=Role.objects.get(code="director"), site=other_site)
        account.site = other_site
        account.save()
    assert queries.actor_for(account, site=site.pk).site == site.pk
    assert queries.actor_for(account).site == other_site.pk
    account.site = None
    assert queries.actor_for(account).site == min(site.pk, other_site.pk)


def test_actor_for_ignores_a_site_where_the_person_does_not_work(person, site, other_site):
    assert queries.actor_for(person("nurse"), site=other_site.pk).site == site.pk


@pytest.mark.parametrize("change", [{"is_active": False}, {"ended_at": "2026-01-01T00:00Z"}])
def test_actor_for_an_ended_account_may_nothing(person, setup_actor, change):
    account = person("director")
    with recorded(setup_actor):
        Account.objects.filter(pk=account.pk).update(**change)
    actor = queries.actor_for(account)
    assert (actor.grants, actor.site, actor.may("access.manage_accounts")) == ({}, None, False)


def test_actor_for_token_is_the_person_until_it_expires(
    person, site, at, setup_actor, django_assert_num_queries
):
    account = person("nurse")
    raw = _token(account, at, setup_actor)
    with django_assert_num_queries(1):
        actor = queries.actor_for_token(raw, at)
    assert actor is not None
    assert (actor.id, actor.site) == (account.pk, site.pk)
    assert queries.actor_for_token(raw, at + timedelta(hours=12)) is None


@pytest.mark.parametrize("raw", ["", "nonsense", "令牌", "\x00", "\ud800", "x" * 100_000])
def test_actor_for_token_knows_no_stranger(at, raw):
    assert queries.actor_for_token(raw, at) is None


def _token(account, at, setup_actor):
    with recorded(setup_actor):
        account.set_password("correct horse battery")
        account.save()
    request = RequestFactory().post("/")
    return services.issue_token(
        request=request, at=at, username=account.username, password="correct horse battery"
    ).raw
