from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Letter",
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
                ("template", models.TextField()),
                ("language", models.TextField()),
                ("kind", models.TextField()),
                ("record_id", models.UUIDField()),
                ("context", models.JSONField()),
                ("state", models.TextField()),
                ("attempts", models.IntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("next_try", models.DateTimeField()),
                ("leased_until", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "post_letter",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["next_try"],
                        name="post_letter_due",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Token",
            fields=[
                ("digest", models.BinaryField(primary_key=True, serialize=False)),
                ("subject_id", models.UUIDField()),
                ("purpose", models.TextField()),
                ("expires_at", models.DateTimeField()),
                ("proved_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "post_token",
                "indexes": [models.Index(fields=["subject_id"], name="post_token_owner")],
            },
        ),
        place("post_letter", "privacy"),
        place("post_token", "privacy"),
    ]
