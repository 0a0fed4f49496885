import django.contrib.postgres.fields
from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ConsentEvent",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject_id",
                        "id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("id", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("policy_version", models.TextField()),
                ("notice", models.TextField()),
                ("language", models.TextField()),
                ("channel", models.TextField()),
                (
                    "given",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                (
                    "withheld",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
            ],
            options={
                "db_table": "consent_event",
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("subject_id", models.UUIDField(primary_key=True, serialize=False)),
                ("age", models.TextField(default="unknown")),
                (
                    "consents",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                (
                    "refusals",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
            ],
            options={
                "db_table": "consent_standing",
            },
        ),
        place("consent_event", "consent", keeper="SELECT, INSERT"),
        place("consent_standing", "consent"),
    ]
