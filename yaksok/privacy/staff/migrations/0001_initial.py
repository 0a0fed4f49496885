from django.db import migrations, models

from yaksok.database.placing import place


def composite(*columns: str) -> models.CompositePrimaryKey:
    return models.CompositePrimaryKey(
        *columns, blank=True, editable=False, primary_key=True, serialize=False
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("subject_id", models.UUIDField(primary_key=True, serialize=False)),
                ("state", models.TextField()),
                ("enrolled_at", models.DateTimeField()),
                ("used_at", models.DateTimeField()),
                ("code_step", models.BigIntegerField(default=0)),
            ],
            options={"db_table": "staff_account"},
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("pk", composite("subject_id", "id")),
                ("subject_id", models.UUIDField()),
                ("id", models.UUIDField()),
                ("role", models.TextField()),
                ("reason", models.TextField()),
                ("granted_by", models.UUIDField(null=True)),
                ("granted_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "staff_grant"},
        ),
        migrations.CreateModel(
            name="Training",
            fields=[
                ("pk", composite("subject_id", "id")),
                ("subject_id", models.UUIDField()),
                ("id", models.UUIDField()),
                ("policy", models.TextField()),
                ("completed_at", models.DateTimeField()),
            ],
            options={"db_table": "staff_training"},
        ),
        place("staff_account", "privacy"),
        place("staff_grant", "privacy", keeper="SELECT, INSERT, UPDATE"),
        place("staff_training", "privacy", keeper="SELECT, INSERT"),
    ]
