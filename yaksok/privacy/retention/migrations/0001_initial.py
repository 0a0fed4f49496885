from django.db import migrations, models

from yaksok.database.placing import APPEND, place


def composite(*columns: str) -> models.CompositePrimaryKey:
    return models.CompositePrimaryKey(
        *columns, blank=True, editable=False, primary_key=True, serialize=False
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Destruction",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("kind", models.TextField()),
                ("records", models.IntegerField()),
                ("reason", models.TextField()),
                ("certificate", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "retention_destruction",
                "indexes": [models.Index(fields=["at"], name="retention_destruction_at")],
            },
        ),
        migrations.CreateModel(
            name="Began",
            fields=[
                ("pk", composite("subject_id", "record_id")),
                ("subject_id", models.UUIDField()),
                ("record_id", models.UUIDField()),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "retention_began"},
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                ("pk", composite("subject_id", "record_id")),
                ("subject_id", models.UUIDField()),
                ("record_id", models.UUIDField()),
                ("owner_id", models.UUIDField()),
                ("since", models.DateTimeField()),
            ],
            options={"db_table": "retention_waiting"},
        ),
        place("retention_destruction", "privacy", keeper=APPEND),
        place("retention_began", "privacy"),
        place("retention_waiting", "privacy"),
    ]
