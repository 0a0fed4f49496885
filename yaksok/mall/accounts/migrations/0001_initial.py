from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Credential",
            fields=[
                ("subject_id", models.UUIDField(primary_key=True, serialize=False)),
                ("verifier", models.TextField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={"db_table": "accounts_credential"},
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("digest", models.BinaryField(primary_key=True, serialize=False)),
                ("subject_id", models.UUIDField()),
                ("audience", models.TextField()),
                ("role", models.TextField()),
                ("opened_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("stepped_up_until", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "accounts_session",
                "indexes": [
                    models.Index(fields=["subject_id"], name="accounts_session_owner"),
                    models.Index(fields=["seen_at"], name="accounts_session_idle"),
                ],
            },
        ),
        place("accounts_credential", "mall"),
        place("accounts_session", "mall"),
    ]
