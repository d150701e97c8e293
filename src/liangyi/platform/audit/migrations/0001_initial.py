"""The history table, its partitions, and the one function behind every table's trigger."""

from django.db import migrations, models

HISTORY = """
CREATE TABLE audit_history (
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT now(),
    tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
    "table" text NOT NULL,
    row_id text NOT NULL,
    op char(1) NOT NULL CHECK (op IN ('I', 'U', 'D')),
    old jsonb,
    new jsonb,
    actor_kind text NOT NULL,
    actor_id uuid,
    actor_name text NOT NULL,
    reason text NOT NULL,
    request_id text NOT NULL,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE TABLE audit_history_rest PARTITION OF audit_history DEFAULT;
CREATE INDEX audit_history_row ON audit_history ("table", row_id, id);
CREATE INDEX audit_history_tx ON audit_history (tx, id);

-- Makes the month's partition if it is not there; called ahead of time by a daily job.
CREATE FUNCTION audit_make_partition(month date) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    first date := date_trunc('month', month)::date;
    name text := 'audit_history_' || to_char(first, 'YYYYMM');
BEGIN
    IF to_regclass(name) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE %I PARTITION OF audit_history FOR VALUES FROM (%L) TO (%L)',
                   name, first, (first + interval '1 month')::date);
    RETURN true;
END $$;
SELECT audit_make_partition((date_trunc('month', now()) + make_interval(months => m))::date)
FROM generate_series(0, 2) m;

-- old keeps only what an update changed; new is the whole row, so a row can be held against it.
CREATE FUNCTION audit_record(tbl text, operation text, old_row jsonb, new_row jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    kind text := current_setting('liangyi.actor_kind', true);
BEGIN
    IF coalesce(kind, '') = '' THEN
        RAISE EXCEPTION 'write to % without an actor', tbl USING ERRCODE = 'LY001';
    END IF;
    IF operation = 'UPDATE' THEN
        IF old_row = new_row THEN
            RETURN;
        END IF;
        SELECT coalesce(jsonb_object_agg(key, value), '{}') INTO old_row
        FROM jsonb_each(old_row) WHERE new_row -> key IS DISTINCT FROM value;
    END IF;
    INSERT INTO audit_history ("table", row_id, op, old, new, actor_kind, actor_id, actor_name, reason, request_id)
    VALUES (tbl, coalesce(new_row ->> 'id', old_row ->> 'id', ''), left(operation, 1), old_row, new_row, kind,
            nullif(current_setting('liangyi.actor_id', true), '')::uuid,
            coalesce(current_setting('liangyi.actor_name', true), ''),
            coalesce(current_setting('liangyi.reason', true), ''),
            coalesce(current_setting('liangyi.request_id', true), ''));
END $$;
"""

UNDO = """
DROP FUNCTION audit_record(text, text, jsonb, jsonb);
DROP FUNCTION audit_make_partition(date);
DROP TABLE audit_history;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(HISTORY, UNDO),
        migrations.CreateModel(
            name="History",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("tx", models.TextField()),
                ("table", models.TextField()),
                ("row_id", models.TextField()),
                ("op", models.CharField(max_length=1)),
                ("old", models.JSONField(null=True)),
                ("new", models.JSONField(null=True)),
                ("actor_kind", models.TextField()),
                ("actor_id", models.UUIDField(null=True)),
                ("actor_name", models.TextField()),
                ("reason", models.TextField()),
                ("request_id", models.TextField()),
            ],
            options={"db_table": "audit_history", "managed": False},
        ),
    ]
