"""What is seen by hand is seen by two persons."""

from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    dependencies = [("rights", "0002_cases")]

    operations = [
        migrations.CreateModel(
            name="Sighting",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject_id",
                        "request_id",
                        "what",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("request_id", models.UUIDField()),
                ("what", models.TextField()),
                ("first", models.UUIDField()),
                ("first_at", models.DateTimeField()),
                ("second", models.UUIDField(null=True)),
                ("second_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "rights_sighting",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(second=None) | ~models.Q(second=models.F("first")),
                        name="rights_sighting_by_two",
                    )
                ],
            },
        ),
        place("rights_sighting", "privacy"),
    ]
