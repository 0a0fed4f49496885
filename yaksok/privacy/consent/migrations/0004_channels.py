from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    dependencies = [("consent", "0003_telling")]

    operations = [
        migrations.AddField(
            model_name="standing", name="lapses", field=models.JSONField(null=True)
        ),
        migrations.CreateModel(
            name="ChannelRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject_id",
                        "name",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("name", models.TextField()),
                ("key", models.UUIDField()),
                ("digest", models.BinaryField()),
                ("since", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("stands", models.BooleanField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("lapses_at", models.DateTimeField(null=True)),
                ("asked_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("look_at", models.DateTimeField()),
                ("record_id", models.UUIDField(null=True)),
                ("reachable", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "consent_channel",
                "indexes": [
                    models.Index(fields=["digest"], name="consent_channel_link"),
                    models.Index(
                        fields=["name", "subject_id"],
                        name="consent_channel_list",
                        condition=models.Q(stands=True, reachable=True),
                    ),
                    models.Index(
                        fields=["look_at"],
                        name="consent_channel_untold",
                        condition=models.Q(told_at=None),
                    ),
                    models.Index(
                        fields=["lapses_at"],
                        name="consent_channel_lapsing",
                        condition=models.Q(asked_at=None, stands=True),
                    ),
                ],
            },
        ),
        place("consent_channel", "consent"),
    ]
