import django.contrib.postgres.fields
from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("title_ko", models.TextField()),
                ("title_en", models.TextField()),
                ("body_ko", models.TextField()),
                ("body_en", models.TextField()),
                (
                    "goods",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("channel", models.TextField()),
                ("state", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("place", models.UUIDField(null=True)),
                ("queued", models.IntegerField(default=0)),
                ("left_out", models.JSONField(default=dict)),
            ],
            options={
                "db_table": "campaigns_campaign",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["scheduled", "sending"])),
                        fields=["at"],
                        name="campaigns_campaign_due",
                    )
                ],
            },
        ),
        place("campaigns_campaign", "mall"),
    ]
