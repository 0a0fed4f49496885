import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.models import F, Q

from yaksok.database.placing import APPEND, place


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0001_initial")]

    operations = [
        migrations.AddField("handover", "answer", models.TextField(default="")),
        migrations.AddField("handover", "due_at", models.DateTimeField(null=True)),
        migrations.AddField("handover", "told", models.TextField(default="")),
        migrations.AddField("handover", "recalled_at", models.DateTimeField(null=True)),
        migrations.RemoveIndex("handover", "disclosure_handover_due"),
        migrations.AddIndex(
            "handover",
            models.Index(
                fields=["next_try"],
                name="disclosure_handover_open",
                condition=Q(state__in=["planned", "sending", "taken"]),
            ),
        ),
        migrations.AddIndex(
            "handover",
            models.Index(
                fields=["due_at"],
                name="disclosure_handover_untold",
                condition=Q(message__in=["correction", "erasure"]) & ~Q(told=F("state")),
            ),
        ),
        migrations.AddIndex(
            "handover",
            models.Index(fields=["recipient", "planned_at"], name="disclosure_handover_book"),
        ),
        migrations.AddIndex(
            "handover",
            models.Index(
                fields=["planned_at"],
                name="disclosure_handover_failed",
                condition=Q(state="given_up"),
            ),
        ),
        migrations.CreateModel(
            name="ProgrammeEvent",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("programme", models.TextField()),
                ("recipient", models.TextField()),
                ("runs", models.BooleanField()),
                ("notice", models.UUIDField(null=True)),
                ("terms", models.TextField()),
                ("acted_by", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "disclosure_programme",
                "indexes": [
                    models.Index(fields=["recipient", "-id"], name="disclosure_programme_last")
                ],
            },
        ),
        migrations.CreateModel(
            name="Oversight",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("processor", models.TextField()),
                ("kind", models.TextField()),
                ("day", models.DateField()),
                ("note", models.TextField()),
                ("entered_by", models.UUIDField()),
                ("entered_at", models.DateTimeField()),
            ],
            options={
                "db_table": "disclosure_oversight",
                "indexes": [
                    models.Index(fields=["processor", "-day"], name="disclosure_oversight_last")
                ],
            },
        ),
        migrations.CreateModel(
            name="Demand",
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
                ("document_record", models.UUIDField()),
                ("office", models.TextField()),
                ("statute", models.TextField()),
                ("about_id", models.UUIDField()),
                ("about_kind", models.TextField()),
                ("about_record", models.UUIDField()),
                (
                    "items",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                ("state", models.TextField()),
                ("registered_by", models.UUIDField()),
                ("registered_at", models.DateTimeField()),
                (
                    "approved_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                ("closed_by", models.UUIDField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("tell_on", models.DateField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "disclosure_demand",
                "indexes": [
                    models.Index(fields=["about_id"], name="disclosure_demand_about"),
                    models.Index(fields=["registered_at"], name="disclosure_demand_registered"),
                ],
            },
        ),
        place("disclosure_programme", "privacy", keeper=APPEND),
        place("disclosure_oversight", "privacy", keeper=APPEND),
        place("disclosure_demand", "privacy"),
    ]
