"""Every kind of tampering is found and named; an untouched database is clean."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from liangyi.platform.access.models import Site
from liangyi.platform.audit import sealing
from liangyi.platform.audit.services import log_read, recorded
from liangyi.platform.audit.verification import verify


@pytest.fixture
def sealed(history, at, setup_actor, seal):
    """Four sealed rows of history and one sealed read."""
    log_read(actor=setup_actor, at=at, subject_type="access.site", subject_id=history[0].pk, what="phone")
    seal()
    return history


def found():
    return [(f.kind, f.table, f.row) for f in verify().findings]


def test_verify_finds_nothing_in_an_untouched_database(sealed):
    report = verify()
    assert report.findings == []
    assert (report.seals, report.sealed_rows, report.rows) == (2, 5, 3)
    assert [(tail.rows, tail.oldest) for tail in report.tails] == [(0, None), (0, None)]


def test_verify_tells_how_much_is_not_sealed_yet(sealed, setup_actor):
    with recorded(setup_actor):
        Site.objects.create(name="院区丁")
    tail = verify().tails[0]
    assert (tail.source, tail.rows) == ("history", 1)
    assert tail.oldest is not None


@pytest.mark.parametrize(
    "change",
    [
        "actor_name = '别人'",
        "reason = ''",
        "at = at + interval '1 microsecond'",
        'new = new || \'{"name": "改"}\'',
        "old = '{}'",
        "request_id = 'x'",
    ],
)
def test_verify_names_a_changed_history_row(sealed, tamper, change):
    tamper(f"UPDATE audit_history SET {change} WHERE row_id = %s AND op = 'I'", str(sealed[1].pk))
    assert ("history_changed", "access_site", str(sealed[1].pk)) in found()


def test_verify_names_a_removed_history_row(sealed, tamper, sql):
    removed = sql("SELECT id FROM audit_history WHERE op = 'U'")[0][0]
    tamper("DELETE FROM audit_history WHERE id = %s", removed)
    report = verify()
    kinds = {f.kind: f for f in report.findings}
    assert kinds["history_removed"].detail == f"history {removed}, seal 1"
    assert kinds["row_edited"].row == str(sealed[0].pk)


def test_verify_names_a_row_inserted_into_a_sealed_range(sealed, tamper):
    tamper(
        'INSERT INTO audit_history (id, at, tx, "table", row_id, op, new, actor_kind, actor_name, reason,'
        " request_id) OVERRIDING SYSTEM VALUE"
        " SELECT 900000, at, tx, 'access_role', 'forged', 'D', new, 'staff', 'x', '', ''"
        " FROM audit_history ORDER BY tx, id LIMIT 1"
    )
    assert found() == [("history_inserted", "access_role", "forged")]


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE audit_read SET actor_name = 'x'", "read_changed"),
        ("DELETE FROM audit_read", "read_removed"),
        (
            "INSERT INTO audit_read SELECT * FROM (SELECT id - 1, at, tx, actor_kind, actor_id, actor_name,"
            " site_id, subject_type, subject_id, what, request_id FROM audit_read) r",
            "read_inserted",
        ),
    ],
)
def test_verify_watches_the_log_of_reads_too(sealed, tamper, statement, kind):
    tamper(statement.replace("audit_read SELECT", "audit_read OVERRIDING SYSTEM VALUE SELECT"))
    assert [finding.kind for finding in verify().findings] == [kind]


def test_verify_names_a_row_edited_behind_the_triggers(sealed, tamper):
    tamper("UPDATE access_site SET name = '冒名' WHERE id = %s", sealed[2].pk)
    assert found() == [("row_edited", "access_site", str(sealed[2].pk))]


def test_verify_names_a_row_deleted_behind_the_triggers(sealed, tamper):
    tamper("DELETE FROM access_site WHERE id = %s", sealed[2].pk)
    assert found() == [("row_gone", "access_site", str(sealed[2].pk))]


def test_verify_names_a_row_inserted_behind_the_triggers(sealed, tamper):
    tamper(
        "INSERT INTO access_site SELECT gen_random_uuid(), '偷', '', time_zone, true FROM access_site LIMIT 1"
    )
    forged = Site.objects.get(name="偷")
    assert found() == [("row_without_history", "access_site", str(forged.pk))]


def test_verify_names_a_row_put_back_after_its_deletion(sealed, tamper, setup_actor, sql):
    with recorded(setup_actor):
        Site.objects.filter(pk=sealed[2].pk).delete()
    tamper("INSERT INTO access_site VALUES (%s, '丙', '', 'Asia/Shanghai', true)", sealed[2].pk)
    assert found() == [("row_without_history", "access_site", str(sealed[2].pk))]


def test_verify_finds_a_truncated_table(sealed, sql):
    sql("TRUNCATE access_site CASCADE")
    assert {finding[0] for finding in found()} == {"row_gone"}


def test_verify_finds_a_trigger_that_was_switched_off(sealed, sql):
    name = sql(
        "SELECT tgname FROM pg_trigger WHERE tgrelid = 'access_site'::regclass"
        " AND starts_with(tgname, 'pgtrigger_history_')"
    )[0][0]
    sql(f"ALTER TABLE access_site DISABLE TRIGGER {name}")
    try:
        assert found() == [("trigger_off", "access_site", "")]
    finally:
        sql(f"ALTER TABLE access_site ENABLE TRIGGER {name}")


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ("UPDATE audit_seal SET root = sha256(root) WHERE sequence = 1", {"seal_broken", "mirror_differs"}),
        ("UPDATE audit_seal SET to_id = to_id - 1 WHERE sequence = 1", {"seal_broken", "history_removed"}),
        ("UPDATE audit_seal SET hashes = sha256('x') WHERE sequence = 2", {"seal_broken", "read_changed"}),
        ("DELETE FROM audit_seal WHERE sequence = 1", {"seal_broken", "mirror_differs"}),
        ("DELETE FROM audit_seal WHERE sequence = 2", {"mirror_differs"}),
        ("DELETE FROM audit_seal", {"mirror_differs"}),
    ],
)
def test_verify_finds_a_tampered_chain(sealed, tamper, change, kinds):
    tamper(change)
    assert {finding.kind for finding in verify().findings} == kinds


def test_verify_finds_a_chain_rewritten_as_a_whole(sealed, tamper, chain, seal):
    """History changed and everything sealed anew: only the mirror knows better."""
    kept = chain.read_text()
    tamper("UPDATE audit_history SET actor_name = '别人'")
    tamper("DELETE FROM audit_seal")
    chain.unlink()
    seal()
    chain.write_text(kept)
    assert found() == [("mirror_differs", "audit_seal", "1"), ("mirror_differs", "audit_seal", "2")]


@pytest.mark.parametrize("damage", [lambda text: "", lambda text: text.split("\n", 1)[1]])
def test_verify_finds_a_mirror_cut_short(sealed, chain, damage):
    chain.write_text(damage(chain.read_text()))
    assert [finding.kind for finding in verify().findings] == ["mirror_missing"]


def test_verify_forgives_a_mirror_behind_the_chain_and_a_torn_line(sealed, chain, seal):
    first, second = chain.read_text().splitlines(keepends=True)
    chain.write_text(first + second[:30])
    assert verify().findings == []
    seal()
    assert chain.read_text().endswith("\n" + second)
    assert verify().findings == []


def test_verify_reads_rows_written_in_another_time_zone(chain, sql, setup_actor, person):
    with recorded(setup_actor):
        sql("SET LOCAL timezone = 'Asia/Shanghai'")
        sql(
            "INSERT INTO worklist_calendarday (id, day, is_working, name, source)"
            " VALUES (gen_random_uuid(), '2026-01-01', false, '', '')"
        )
        sql(
            "INSERT INTO access_account (id, password, username, display_name, email, language, is_active,"
            " must_change_password, ended_at)"
            " VALUES (gen_random_uuid(), '', 'x', 'x', '', 'en', true, false, now())"
        )
    assert verify().findings == []


def test_verify_compares_only_what_the_history_knows_of_a_column_added_later(sealed, sql):
    sql("ALTER TABLE access_site ADD COLUMN motto text NOT NULL DEFAULT '静'")
    try:
        assert verify().findings == []
    finally:
        sql("ALTER TABLE access_site DROP COLUMN motto")


def test_verify_audit_exits_with_1_and_names_the_row(sealed, tamper, capsys):
    tamper("UPDATE access_site SET name = '冒名' WHERE id = %s", sealed[2].pk)
    with pytest.raises(SystemExit) as stop:
        call_command("verify_audit", "--json")
    answer = json.loads(capsys.readouterr().out)
    assert stop.value.code == 1
    assert answer["findings"] == [
        {"kind": "row_edited", "table": "access_site", "row": str(sealed[2].pk), "detail": ""}
    ]


def test_verify_audit_says_that_all_is_well(sealed, capsys):
    call_command("verify_audit")
    assert "没有发现改动" in capsys.readouterr().out


def test_restored_database_with_smaller_transaction_numbers_goes_on_sealing(
    sealed, at, seal, chain, tamper, setup_actor, monkeypatch
):
    """As if the copy came from a server far ahead: its numbers are beyond every one given here."""
    far_ahead = "tx = (tx::text::bigint + 1000000000)::text::xid8"
    for table in ("audit_history", "audit_read"):
        tamper(f"UPDATE {table} SET {far_ahead}")
    tamper("DELETE FROM audit_seal")
    chain.unlink()
    with monkeypatch.context() as there:
        there.setattr(sealing, "_BEHIND", "SELECT %s < 0")
        there.setattr(sealing, "_FINISHED", "true")
        sealing.seal_finished(at)
    with recorded(setup_actor):
        Site.objects.create(name="院区丁")
    assert seal() == 1
    assert found() == []
    tamper("UPDATE audit_history SET reason = 'x' WHERE id = (SELECT max(id) FROM audit_history)")
    assert [finding[0] for finding in found()] == ["history_changed"]
