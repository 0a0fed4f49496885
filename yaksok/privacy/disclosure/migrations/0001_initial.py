import django.contrib.postgres.fields
from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Handover",
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
                ("recipient", models.TextField()),
                ("message", models.TextField()),
                ("kind", models.TextField()),
                ("record_id", models.UUIDField()),
                (
                    "items",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                ("purpose", models.TextField()),
                ("promise", models.TextField()),
                ("reference", models.TextField()),
                ("state", models.TextField()),
                ("reason", models.TextField(default="")),
                ("attempts", models.IntegerField(default=0)),
                ("planned_by", models.UUIDField(null=True)),
                ("planned_at", models.DateTimeField()),
                ("next_try", models.DateTimeField()),
                ("leased_until", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("acknowledged_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "disclosure_handover",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["planned", "sending"])),
                        fields=["next_try"],
                        name="disclosure_handover_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("message", "handover")),
                        fields=("subject_id", "reference"),
                        name="disclosure_handover_once",
                    )
                ],
            },
        ),
        place("disclosure_handover", "privacy"),
    ]
