"""The log of sensitive reads, the seals over it and over history, and what protects all three."""

from django.db import migrations, models

READS = """
CREATE TABLE audit_read (
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL,
    tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
    actor_kind text NOT NULL,
    actor_id uuid,
    actor_name text NOT NULL,
    site_id uuid,
    subject_type text NOT NULL,
    subject_id uuid NOT NULL,
    what text NOT NULL,
    request_id text NOT NULL,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE TABLE audit_read_rest PARTITION OF audit_read DEFAULT;
CREATE INDEX audit_read_subject ON audit_read (subject_type, subject_id, at, id);
CREATE INDEX audit_read_actor ON audit_read (actor_id, at, id);
CREATE INDEX audit_read_at ON audit_read (at, id);
CREATE INDEX audit_read_tx ON audit_read (tx, id);
"""

SEALS = """
-- One chain over two sources. A seal covers the rows of its source with id > floor_id whose (tx, id) is
-- after (from_tx, from_id) and up to (to_tx, to_id). floor_id rises, in a seal over no rows, when a restored
-- database counts its transactions anew. top_id is the highest id sealed so far.
CREATE TABLE audit_seal (
    sequence bigint PRIMARY KEY,
    source text NOT NULL CHECK (source IN ('history', 'read')),
    floor_id bigint NOT NULL,
    from_tx xid8 NOT NULL,
    from_id bigint NOT NULL,
    to_tx xid8 NOT NULL,
    to_id bigint NOT NULL,
    top_id bigint NOT NULL,
    count bigint NOT NULL,
    ids bigint[] NOT NULL,
    hashes bytea NOT NULL,
    previous bytea NOT NULL,
    root bytea NOT NULL,
    sealed_at timestamptz NOT NULL,
    CHECK (cardinality(ids) = count AND octet_length(hashes) = 32 * count)
);
CREATE INDEX audit_seal_source ON audit_seal (source, sequence);
"""

PARTITIONS = """
DROP FUNCTION audit_make_partition(date);

-- Makes the month's partition (in UTC) of audit_history or audit_read if it is not there and the rest
-- partition holds nothing of that month; called ahead of time by a daily job.
CREATE FUNCTION audit_make_partition(parent text, month date) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    first date := date_trunc('month', month)::date;
    since timestamptz := first::timestamp AT TIME ZONE 'UTC';
    until timestamptz := (first + interval '1 month') AT TIME ZONE 'UTC';
    name text := parent || '_' || to_char(first, 'YYYYMM');
    taken boolean;
BEGIN
    IF to_regclass(name) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE at >= %L AND at < %L)', parent || '_rest', since, until)
    INTO taken;
    IF taken THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', name, parent, since, until);
    EXECUTE format('CREATE TRIGGER kept_whole BEFORE TRUNCATE ON %I '
                   'FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()', name);
    RETURN true;
END $$;
"""

PROTECTION = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is not possible', TG_OP, TG_TABLE_NAME USING ERRCODE = 'LY002';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON audit_history FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON audit_read FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON audit_seal FOR EACH ROW EXECUTE FUNCTION audit_refuse();
-- Only a table's own trigger writes history.
CREATE TRIGGER written_by_trigger BEFORE INSERT ON audit_history
FOR EACH ROW WHEN (pg_trigger_depth() < 1) EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER kept_whole BEFORE TRUNCATE ON audit_history FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER kept_whole BEFORE TRUNCATE ON audit_read FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER kept_whole BEFORE TRUNCATE ON audit_seal FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
DO $$
DECLARE
    part regclass;
BEGIN
    FOR part IN SELECT inhrelid FROM pg_inherits WHERE inhparent IN ('audit_history'::regclass, 'audit_read'::regclass)
    LOOP
        EXECUTE format('CREATE TRIGGER kept_whole BEFORE TRUNCATE ON %s '
                       'FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()', part);
    END LOOP;
END $$;
SELECT audit_make_partition('audit_read', (date_trunc('month', now()) + make_interval(months => m))::date)
FROM generate_series(0, 2) m;
"""

UNDO = """
DROP TABLE audit_seal;
DROP TABLE audit_read;
DROP FUNCTION audit_make_partition(text, date);
DROP FUNCTION audit_refuse() CASCADE;
CREATE FUNCTION audit_make_partition(month date) RETURNS boolean LANGUAGE sql AS 'SELECT false';
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunSQL([READS, SEALS, PARTITIONS, PROTECTION], UNDO),
        migrations.CreateModel(
            name="ReadLog",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("actor_kind", models.TextField()),
                ("actor_id", models.UUIDField(null=True)),
                ("actor_name", models.TextField()),
                ("site_id", models.UUIDField(null=True)),
                ("subject_type", models.TextField()),
                ("subject_id", models.UUIDField()),
                ("what", models.TextField()),
                ("request_id", models.TextField()),
            ],
            options={"db_table": "audit_read", "managed": False},
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                ("source", models.TextField()),
                ("count", models.BigIntegerField()),
                ("root", models.BinaryField()),
                ("sealed_at", models.DateTimeField()),
            ],
            options={"db_table": "audit_seal", "managed": False},
        ),
    ]
