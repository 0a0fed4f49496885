from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    dependencies = [("post", "0002_channels")]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "batch",
                        "outcome",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("batch", models.UUIDField()),
                ("outcome", models.TextField()),
                ("number", models.IntegerField()),
            ],
            options={"db_table": "post_tally"},
        ),
        place("post_tally", "privacy"),
    ]
