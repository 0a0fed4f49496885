from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Wait",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject_id",
                        "variant_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("variant_id", models.UUIDField()),
                ("language", models.TextField()),
                ("at", models.DateTimeField()),
                ("again_at", models.DateTimeField()),
            ],
            options={
                "db_table": "waiting_wait",
                "indexes": [
                    models.Index(fields=["variant_id", "again_at"], name="waiting_wait_article")
                ],
            },
        ),
        place("waiting_wait", "mall"),
    ]
