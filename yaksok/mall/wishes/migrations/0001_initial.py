from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Wish",
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
                ("lines", models.JSONField()),
                ("at", models.DateTimeField()),
                ("order_id", models.UUIDField(null=True)),
            ],
            options={"db_table": "wishes_wish"},
        ),
        place("wishes_wish", "mall"),
    ]
