from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Version",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                ("version", models.TextField(unique=True)),
                ("profile", models.TextField()),
                ("hash", models.TextField()),
                ("source", models.TextField()),
                ("lineage", models.TextField()),
                ("adverse", models.BooleanField()),
                ("announced_at", models.DateTimeField()),
                ("effective_at", models.DateTimeField()),
                ("published_by", models.UUIDField(null=True)),
            ],
            options={"db_table": "published_version"},
        ),
        migrations.CreateModel(
            name="Text",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "number",
                        "page",
                        "language",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.IntegerField()),
                ("page", models.TextField()),
                ("language", models.TextField()),
                ("content", models.TextField()),
            ],
            options={"db_table": "published_text"},
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("base", models.IntegerField()),
                ("source", models.TextField()),
                ("revision", models.IntegerField()),
                ("edited_by", models.UUIDField()),
                ("edited_at", models.DateTimeField()),
            ],
            options={"db_table": "published_draft"},
        ),
        place("published_version", "privacy", storefront="SELECT", keeper="SELECT, INSERT"),
        place("published_text", "privacy", storefront="SELECT", keeper="SELECT, INSERT"),
        place("published_draft", "privacy"),
    ]
