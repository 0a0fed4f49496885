import django.contrib.postgres.fields
from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                ("opened_at", models.DateTimeField()),
                (
                    "points",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
            ],
            options={"db_table": "consent_campaign"},
        ),
        migrations.CreateModel(
            name="Asked",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject_id",
                        "number",
                        "point",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("number", models.IntegerField()),
                ("point", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("agreed", models.BooleanField(null=True)),
            ],
            options={"db_table": "consent_asked"},
        ),
        place("consent_campaign", "consent", keeper="SELECT, INSERT"),
        place("consent_asked", "consent"),
    ]
