from django.db import migrations, models

import yaksok.kernel.ids
from yaksok.database.placing import place


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yaksok.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.TextField()),
                ("key", models.TextField(null=True, unique=True)),
                ("number", models.IntegerField(null=True)),
                ("title_ko", models.TextField()),
                ("title_en", models.TextField()),
                ("body_ko", models.TextField()),
                ("body_en", models.TextField()),
                ("posted_at", models.DateTimeField()),
                ("visible_from", models.DateTimeField()),
                ("corrects", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "board_notice",
                "indexes": [
                    models.Index(fields=["-visible_from", "-id"], name="board_notice_newest"),
                    models.Index(
                        condition=models.Q(("corrects__isnull", False)),
                        fields=["corrects"],
                        name="board_notice_corrections",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["news", "policy", "sharing", "terms"])),
                        name="board_notice_kind",
                    )
                ],
            },
        ),
        place("board_notice", "mall", storefront="SELECT", keeper="SELECT, INSERT"),
    ]
