from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Coupon",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("code", models.TextField(unique=True)),
                ("name_ko", models.TextField()),
                ("name_en", models.TextField()),
                ("amount", models.BigIntegerField(null=True)),
                ("percent", models.SmallIntegerField(null=True)),
                ("cap", models.BigIntegerField(null=True)),
                ("least", models.BigIntegerField()),
                ("starts_at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
                ("number", models.IntegerField()),
                ("taken", models.IntegerField()),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "promotions_coupon",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount__gt", 0), ("cap__isnull", True), ("percent__isnull", True)
                            ),
                            models.Q(
                                ("amount__isnull", True),
                                ("cap__gt", 0),
                                ("percent__range", (1, 100)),
                            ),
                            _connector="OR",
                        ),
                        name="promotions_coupon_worth",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("least__gte", 0), ("until_at__gt", models.F("starts_at"))
                        ),
                        name="promotions_coupon_terms",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("taken__gte", 0), ("taken__lte", models.F("number"))),
                        name="promotions_coupon_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Held",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject_id",
                        "coupon_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("coupon_id", models.UUIDField()),
                ("taken_at", models.DateTimeField()),
                ("order_id", models.UUIDField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "promotions_held",
                "indexes": [models.Index(fields=["coupon_id"], name="promotions_held_coupon")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("order_id__isnull", True), ("used_at__isnull", True)),
                            models.Q(("order_id__isnull", False), ("used_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="promotions_held_used",
                    )
                ],
            },
        ),
        place("promotions_coupon", "mall"),
        place("promotions_held", "mall"),
    ]
