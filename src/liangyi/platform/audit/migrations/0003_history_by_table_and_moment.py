"""What was written to a table in a period is found without reading the month; new partitions inherit it."""

from django.db import migrations

INDEX = 'CREATE INDEX audit_history_table_at ON audit_history ("table", at);'


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_reads_and_seals")]
    operations = [migrations.RunSQL(INDEX, "DROP INDEX audit_history_table_at;")]
