"""The sealer: what it takes, in which order, and what it leaves for later."""

from __future__ import annotations

from threading import Event, Thread

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from liangyi.platform.access.models import Site
from liangyi.platform.actors import system
from liangyi.platform.audit import sealing
from liangyi.platform.audit.models import Seal
from liangyi.platform.audit.services import log_read, recorded


def test_seal_finished_takes_every_row_once(history, at, seal):
    assert seal() == 4
    assert seal() == 0


def test_seal_finished_chains_history_and_reads(history, site, at, setup_actor, seal):
    log_read(actor=setup_actor, at=at, subject_type="access.site", subject_id=site.pk, what="phone")
    seal()
    assert list(Seal.objects.order_by("sequence").values_list("sequence", "source", "count")) == [
        (1, "history", 5),
        (2, "read", 1),
    ]


def test_seal_finished_goes_on_in_batches(history, at, monkeypatch, seal):
    monkeypatch.setattr(sealing, "BATCH", 3)
    assert seal() == 4
    assert [row.count for row in Seal.objects.order_by("sequence")] == [3, 1]


def test_seal_finished_mirrors_each_root_outside_the_database(history, chain, at, seal):
    seal()
    row = Seal.objects.get()
    assert chain.read_text() == f"1 {bytes(row.root).hex()} {at.isoformat()}\n"


def test_seal_finished_catches_up_a_mirror_that_missed_a_seal(history, chain, at, setup_actor, seal):
    seal()
    kept = chain.read_text()
    with recorded(setup_actor):
        Site.objects.create(name="院区丁")
    seal()
    chain.write_text(kept)
    seal()
    assert [line.split()[0] for line in chain.read_text().splitlines()] == ["1", "2"]


@pytest.mark.race
def test_seal_finished_leaves_what_an_open_transaction_may_still_precede(history, at, seal):
    """A transaction that began earlier and commits later must not land in front of sealed rows."""
    began, go_on = Event(), Event()

    def slow() -> None:
        with recorded(system("slow")):
            Site.objects.create(name="慢")
            began.set()
            go_on.wait(10)
        connection.close()

    thread = Thread(target=slow)
    thread.start()
    began.wait(10)
    with recorded(system("quick")):
        Site.objects.create(name="快")
    early = sealing.seal_finished(at)
    go_on.set()
    thread.join()
    assert early <= 4
    assert early + seal() == 6


@pytest.mark.parametrize("table", ["audit_history", "audit_read", "audit_seal"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET count = 0", "DELETE FROM {}", "TRUNCATE {}"])
def test_sealed_tables_refuse_to_be_changed(history, at, sql, table, statement, setup_actor, seal):
    log_read(actor=setup_actor, at=at, subject_type="x.y", subject_id=history[0].pk, what="phone")
    seal()
    column = "count = 0" if table == "audit_seal" else "actor_name = 'x'"
    with pytest.raises(DatabaseError, match="is not possible"):
        sql(statement.format(table).replace("count = 0", column))


def test_a_partition_of_history_refuses_to_be_truncated(history, sql):
    part = sql("SELECT tableoid::regclass::text FROM audit_history LIMIT 1")[0][0]
    with pytest.raises(DatabaseError, match="is not possible"):
        sql(f"TRUNCATE {part}")


def test_history_is_written_by_triggers_only(history, sql):
    with pytest.raises(DatabaseError, match="is not possible"):
        sql(
            'INSERT INTO audit_history ("table", row_id, op, actor_kind, actor_name, reason, request_id) '
            "VALUES ('access_site', 'x', 'D', 'staff', 'x', '', '')"
        )
