from django.conf import settings
from django.db import migrations, models

# Consents are counted at the sites of their patients from now on, no more for the group as a whole.
FORGET = """
DELETE FROM controls_daytally WHERE control = 'patients.consents';
DELETE FROM controls_tallymark WHERE control = 'patients.consents'"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_guests"),
        ("controls", "0005_evidence"),
        ("patients", "0004_merged_into"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="consent",
            index=models.Index(fields=["given_at"], name="patients_consent_given_at"),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["site", "registered_at"], name="patients_registered_at_site"),
        ),
        migrations.RunSQL(FORGET, migrations.RunSQL.noop),
    ]
