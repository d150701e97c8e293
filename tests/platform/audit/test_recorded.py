"""The frame around every write: who, why, and what happens when it goes wrong."""

from __future__ import annotations

from contextlib import suppress
from contextvars import copy_context
from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor, staff, system
from liangyi.platform.audit.models import History
from liangyi.platform.audit.services import recorded

NURSE = staff(uuid4(), "护士甲", {}, request_id="r1")
JOB = system("job:test")

pytestmark = pytest.mark.django_db


def make(name: str) -> Site:
    return Site.objects.create(name=name)


def written(name: str) -> tuple[str, str, str]:
    """(actor, reason, request) that history has for the site's making."""
    row = History.objects.filter(table="access_site", op="I", new__name=name).latest("id")
    return (row.actor_name, row.reason, row.request_id)


def test_recorded_writes_who_why_and_for_which_request():
    with recorded(NURSE, reason="新开"):
        make("一")
    row = History.objects.filter(table="access_site").latest("id")
    assert (row.actor_kind, row.actor_id, row.actor_name) == ("staff", NURSE.id, "护士甲")
    assert (row.op, row.old, row.reason, row.request_id) == ("I", None, "新开", "r1")


def test_history_keeps_only_the_changed_fields_of_before_and_the_whole_row_after():
    with recorded(NURSE):
        site = make("一")
        site.name_en = "One"
        site.save()
    row = History.objects.filter(table="access_site").latest("id")
    assert (row.old, row.new["name"], row.new["name_en"]) == ({"name_en": ""}, "一", "One")


def test_history_leaves_out_an_update_that_changes_nothing():
    with recorded(NURSE):
        site = make("一")
        site.save()
    assert History.objects.filter(row_id=str(site.pk)).count() == 1


def test_a_write_outside_a_frame_is_refused_without_telling_the_data():
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        make("密")
    assert refusal.value.__cause__.sqlstate == "LY001"
    assert "without an actor" in str(refusal.value)
    assert "密" not in str(refusal.value)
    assert not Site.objects.filter(name="密").exists()


def test_a_write_after_a_frame_is_refused_though_the_transaction_goes_on():
    with recorded(NURSE):
        make("一")
    with pytest.raises(DatabaseError), transaction.atomic():
        make("二")


def test_an_inner_frame_names_another_actor_and_gives_the_outer_one_back():
    with recorded(NURSE, reason="外"):
        make("一")
        with recorded(JOB, reason="内"):
            make("二")
        make("三")
    assert [written(name) for name in "一二三"] == [
        ("护士甲", "外", "r1"),
        ("job:test", "内", "r1"),
        ("护士甲", "外", "r1"),
    ]


def test_an_inner_frame_without_a_reason_takes_the_outer_one():
    with recorded(NURSE, reason="外"), recorded(NURSE):
        make("一")
    assert written("一") == ("护士甲", "外", "r1")


def test_an_inner_frame_of_the_same_actor_costs_no_statement(django_assert_num_queries):
    with recorded(NURSE, reason="外"), django_assert_num_queries(0), recorded(NURSE):
        pass


def test_an_error_undoes_the_whole_frame_and_leaves_none_behind():
    with pytest.raises(LookupError), recorded(NURSE), recorded(JOB):
        _make_and_fail("一")
    assert not Site.objects.filter(name="一").exists()
    with recorded(JOB):
        make("三")
    assert written("三")[0] == "job:test"


def test_a_swallowed_error_of_an_inner_frame_is_not_lost():
    with pytest.raises(transaction.TransactionManagementError), recorded(NURSE):
        _make_and_swallow_an_error("一")
    assert not Site.objects.filter(name="一").exists()


def test_a_savepoint_around_an_inner_frame_keeps_the_outer_alive():
    with recorded(NURSE, reason="外"):
        with pytest.raises(LookupError), transaction.atomic(), recorded(JOB, reason="内"):
            _make_and_fail("一")
        make("二")
    assert not Site.objects.filter(name="一").exists()
    assert written("二") == ("护士甲", "外", "r1")


def test_texts_that_the_database_cannot_hold_are_freed_of_it():
    with recorded(Actor("staff", uuid4(), "甲\x00乙"), reason="因\x00为"):
        make("一")
    assert written("一") == ("甲乙", "因为", "")


@pytest.mark.django_db(transaction=True)
def test_a_frame_commits_and_the_next_transaction_has_none():
    with recorded(NURSE):
        make("一")
    assert not connection.in_atomic_block
    with pytest.raises(DatabaseError):
        make("二")
    assert list(Site.objects.values_list("name", flat=True)) == ["一"]


@pytest.mark.django_db(transaction=True)
def test_a_context_copied_to_another_thread_does_not_carry_the_transaction_along():
    def elsewhere() -> None:
        with recorded(NURSE, reason="外"):
            make("二")
        connection.close()

    with recorded(NURSE, reason="外"):
        thread = Thread(target=copy_context().run, args=(elsewhere,))
        thread.start()
        thread.join()
    assert written("二") == ("护士甲", "外", "r1")


@pytest.mark.django_db(transaction=True)
def test_what_follows_the_commit_stands_outside_the_frame():
    with recorded(NURSE):
        transaction.on_commit(lambda: _record_as(JOB, "二"))
        make("一")
    assert written("二") == ("job:test", "", "")


def _make_and_fail(name: str) -> None:
    make(name)
    raise LookupError


def _make_and_swallow_an_error(name: str) -> None:
    make(name)
    with suppress(LookupError), recorded(JOB):
        raise LookupError


def _record_as(actor: Actor, name: str) -> None:
    with recorded(actor):
        make(name)
