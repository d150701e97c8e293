"""The judge of every booking: no two reservations of one lane of one resource overlap.

Core PostgreSQL has no GiST operators for uuid and int without the btree_gist extension; one-point ranges do.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0001_initial")]
    operations = [
        migrations.RunSQL(
            """
            CREATE TYPE uuidrange AS RANGE (subtype = uuid);
            ALTER TABLE scheduling_reservation ADD CONSTRAINT scheduling_no_overlap EXCLUDE USING gist (
                uuidrange(resource, resource, '[]') WITH &&,
                int4range(lane, lane, '[]') WITH &&,
                during WITH &&
            );
            ALTER TABLE scheduling_reservation ADD CONSTRAINT scheduling_reservation_start
                CHECK (starts_at = lower(during) AND NOT isempty(during));
            """,
            """
            ALTER TABLE scheduling_reservation DROP CONSTRAINT scheduling_reservation_start;
            ALTER TABLE scheduling_reservation DROP CONSTRAINT scheduling_no_overlap;
            DROP TYPE uuidrange;
            """,
        )
    ]
