"""What was typed and not saved: the owner's only, sealed, gone after a week."""

from __future__ import annotations

from datetime import timedelta

import pytest

from liangyi.platform import actors
from liangyi.platform.access import services
from liangyi.platform.access.models import Draft
from liangyi.platform.audit.models import History
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Denied, Invalid

pytestmark = pytest.mark.django_db
TYPED = {"name": ["王小明"], "tags": ["a", "b"], "": ["😀\ud800"]}


def test_save_draft_gives_it_back_to_its_owner_only(acting, at):
    nurse, cashier = acting("nurse"), acting("cashier")
    services.save_draft(actor=nurse, at=at, form="/patients/new/", fields={"name": ["王小明"]})
    kept = services.draft_for(actor=nurse, form="/patients/new/")
    assert (kept.saved_at, kept.fields) == (at, {"name": ["王小明"]})
    assert services.draft_for(actor=cashier, form="/patients/new/") is None


def test_save_draft_replaces_the_last_one_and_is_sealed(acting, at):
    nurse = acting("nurse")
    for _ in range(2):
        services.save_draft(actor=nurse, at=at, form="f", fields=TYPED)
    assert "王小明".encode() not in bytes(Draft.objects.get().sealed)
    assert not History.objects.filter(table="access_draft").exists()


def test_discard_draft_forgets_it(acting, at):
    nurse = acting("nurse")
    services.save_draft(actor=nurse, at=at, form="f", fields=TYPED)
    services.discard_draft(actor=nurse, form="f")
    assert services.draft_for(actor=nurse, form="f") is None


@pytest.mark.parametrize(
    ("form", "fields"), [("f", {"x": ["字" * 30_000]}), ("", {}), ("x" * 201, {}), ("\x00", {})]
)
def test_save_draft_refuses_what_it_cannot_hold(acting, at, form, fields):
    with pytest.raises(Invalid):
        services.save_draft(actor=acting("nurse"), at=at, form=form, fields=fields)
    assert not Draft.objects.exists()


def test_drafts_are_for_people_with_accounts(at):
    with pytest.raises(Denied):
        services.save_draft(actor=actors.system("x"), at=at, form="f", fields={})


def test_draft_for_an_unreadable_draft_is_none(acting, at, setup_actor):
    nurse = acting("nurse")
    with recorded(setup_actor):
        Draft.objects.create(account_id=nurse.id, form="f", sealed=b"\x01" * 40, saved_at=at)
    assert services.draft_for(actor=nurse, form="f") is None


def test_remove_old_drafts_after_a_week(acting, at, setup_actor):
    nurse = acting("nurse")
    services.save_draft(actor=nurse, at=at - timedelta(days=8), form="old", fields=TYPED)
    services.save_draft(actor=nurse, at=at, form="new", fields=TYPED)
    assert services.remove_old_drafts(actor=setup_actor, at=at) == 1
    assert Draft.objects.get().form == "new"
