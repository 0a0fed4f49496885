from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Table",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("subject", models.TextField()),
                ("month", models.DateField()),
                ("smallest", models.IntegerField()),
                ("rows", models.JSONField()),
                ("columns", models.JSONField()),
                ("cells", models.JSONField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "db_table": "figures_table",
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "month"), name="figures_table_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("table_id", models.UUIDField()),
                ("use", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "figures_release",
                "indexes": [models.Index(fields=["table_id", "at"], name="figures_release_table")],
            },
        ),
        place("figures_table", "mall"),
        place("figures_release", "mall"),
    ]
