"""Sessions stand in a table of ours that tells whose they are."""

from __future__ import annotations

import pytest
from django.test import Client

from liangyi.platform.access.models import Session
from liangyi.platform.access.sessions import SessionStore

pytestmark = pytest.mark.django_db


def test_a_session_tells_whose_it_is_and_where_from(person, client: Client):
    account = person("nurse")
    client.force_login(account)
    row = Session.objects.get()
    assert row.account_id == account.pk
    assert row.started_at is not None


def test_a_session_without_anybody_belongs_to_nobody():
    store = SessionStore()
    store["x"] = 1
    store.save()
    assert Session.objects.get().account_id is None
    assert SessionStore(store.session_key)["x"] == 1


def test_a_session_keeps_its_start_and_notes_its_last_use():
    store = SessionStore()
    store.save()
    started = Session.objects.get().started_at
    again = SessionStore(store.session_key)
    again["seen_at"] = 1_795_000_000
    again.save()
    row = Session.objects.get()
    assert (row.started_at, int(row.seen_at.timestamp())) == (started, 1_795_000_000)
