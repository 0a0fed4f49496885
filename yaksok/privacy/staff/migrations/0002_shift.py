from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Shift",
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
                ("duty", models.TextField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("entered_at", models.DateTimeField()),
                ("entered_by", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "staff_shift",
                "indexes": [
                    models.Index(fields=["duty", "ends_at"], name="staff_shift_duty"),
                ],
            },
        ),
        place("staff_shift", "privacy", keeper="SELECT, INSERT, DELETE"),
    ]
