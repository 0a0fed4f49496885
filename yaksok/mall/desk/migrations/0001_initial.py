from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Ticket",
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
                ("number", models.TextField()),
                ("record_id", models.UUIDField()),
                ("member", models.BooleanField()),
                ("topic", models.TextField()),
                ("state", models.TextField()),
                ("way", models.TextField()),
                ("language", models.TextField()),
                ("order_id", models.UUIDField(null=True)),
                ("request_id", models.UUIDField(null=True)),
                ("secret", models.BinaryField(null=True)),
                ("received_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("taken_by", models.UUIDField(null=True)),
                ("drafted_by", models.UUIDField(null=True)),
                ("checked_by", models.UUIDField(null=True)),
                ("drafts", models.IntegerField(default=0)),
                ("closing", models.TextField(default="")),
                ("score", models.SmallIntegerField(null=True)),
            ],
            options={
                "db_table": "desk_ticket",
                "indexes": [
                    models.Index(fields=["state", "due_at", "id"], name="desk_ticket_queue"),
                    models.Index(fields=["id"], name="desk_ticket_id"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Number",
            fields=[
                ("number", models.TextField(primary_key=True, serialize=False)),
                ("subject_id", models.UUIDField()),
                ("record_id", models.UUIDField()),
                ("ticket_id", models.UUIDField()),
            ],
            options={"db_table": "desk_number"},
        ),
        place("desk_ticket", "mall"),
        place("desk_number", "mall"),
    ]
