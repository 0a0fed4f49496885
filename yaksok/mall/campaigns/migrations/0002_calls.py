from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="campaign",
            name="called",
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject_id",
                        "campaign_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("campaign_id", models.UUIDField()),
                ("listed_at", models.DateTimeField()),
                ("shown_at", models.DateTimeField(null=True)),
                ("showing", models.UUIDField(null=True)),
                ("caller", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "campaigns_call",
                "indexes": [
                    models.Index(
                        fields=["campaign_id", "listed_at", "subject_id"],
                        name="campaigns_call_next",
                    ),
                    models.Index(
                        condition=models.Q(("caller__isnull", False)),
                        fields=["caller"],
                        name="campaigns_call_caller",
                    ),
                ],
            },
        ),
        place("campaigns_call", "mall"),
    ]
