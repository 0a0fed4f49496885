from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Asking",
            fields=[
                ("subject_id", models.UUIDField(primary_key=True, serialize=False)),
                ("record_id", models.UUIDField()),
                ("number", models.TextField()),
                ("language", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(null=True)),
                ("method", models.TextField(default="")),
                ("notice", models.TextField(default="")),
                ("confirmed_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "guardians_asking",
                "indexes": [
                    models.Index(
                        fields=["expires_at"],
                        name="guardians_asking_silent",
                        condition=models.Q(expires_at__isnull=False),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Key",
            fields=[
                ("digest", models.BinaryField(primary_key=True, serialize=False)),
                ("subject_id", models.UUIDField()),
                ("use", models.TextField()),
                ("expires_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "guardians_key",
                "indexes": [models.Index(fields=["subject_id"], name="guardians_key_owner")],
            },
        ),
        migrations.CreateModel(
            name="Ward",
            fields=[
                ("subject_id", models.UUIDField(primary_key=True, serialize=False)),
                ("guardian_id", models.UUIDField(null=True)),
                ("since", models.DateTimeField()),
                ("looked_in", models.DateField()),
                ("of_age_at", models.DateTimeField(null=True)),
                ("answer_until", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "guardians_ward",
                "indexes": [
                    models.Index(fields=["guardian_id"], name="guardians_ward_guardian"),
                    models.Index(
                        fields=["looked_in"],
                        name="guardians_ward_look",
                        condition=models.Q(of_age_at__isnull=True),
                    ),
                ],
            },
        ),
        place("guardians_asking", "consent"),
        place("guardians_key", "consent"),
        place("guardians_ward", "consent"),
    ]
