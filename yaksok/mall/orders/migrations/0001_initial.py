import django.db.models.expressions
from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("subject_id", models.UUIDField()),
                ("order_id", models.UUIDField()),
            ],
            options={
                "db_table": "orders_attempt",
            },
        ),
        migrations.CreateModel(
            name="Number",
            fields=[
                ("number", models.TextField(primary_key=True, serialize=False)),
                ("subject_id", models.UUIDField()),
                ("order_id", models.UUIDField()),
            ],
            options={
                "db_table": "orders_number",
            },
        ),
        migrations.CreateModel(
            name="Secret",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject_id",
                        "order_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("order_id", models.UUIDField()),
                ("verifier", models.TextField()),
            ],
            options={
                "db_table": "orders_secret",
            },
        ),
        migrations.CreateModel(
            name="Line",
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
                ("order_id", models.UUIDField()),
                ("position", models.IntegerField()),
                ("variant_id", models.UUIDField()),
                ("product_slug", models.TextField()),
                ("name_ko", models.TextField()),
                ("name_en", models.TextField()),
                ("option_ko", models.TextField()),
                ("option_en", models.TextField()),
                ("unit_price", models.BigIntegerField()),
                ("quantity", models.IntegerField()),
                ("weight_g", models.IntegerField()),
                ("question_ko", models.TextField()),
                ("question_en", models.TextField()),
                ("extra_record", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "orders_line",
                "indexes": [
                    models.Index(fields=["subject_id", "order_id"], name="orders_line_order")
                ],
            },
        ),
        migrations.CreateModel(
            name="Order",
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
                ("number", models.TextField()),
                ("recipient_subject_id", models.UUIDField()),
                ("payer_record", models.UUIDField()),
                ("recipient_record", models.UUIDField()),
                ("member", models.BooleanField()),
                ("language", models.TextField()),
                ("state", models.TextField()),
                ("goods_total", models.BigIntegerField()),
                ("shipping_fee", models.BigIntegerField()),
                ("total", models.BigIntegerField()),
                ("placed_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("paid_at", models.DateTimeField(null=True)),
                ("delivered_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "orders_order",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "awaiting_payment")),
                        fields=["expires_at"],
                        name="orders_order_unpaid",
                    ),
                    models.Index(fields=["state", "id"], name="orders_order_queue"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "total",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("goods_total"), "+", models.F("shipping_fee")
                                ),
                            ),
                            ("total__gt", 0),
                        ),
                        name="orders_order_total",
                    )
                ],
            },
        ),
        place("orders_order", "mall"),
        place("orders_line", "mall"),
        place("orders_number", "mall"),
        place("orders_attempt", "mall"),
        place("orders_secret", "mall"),
    ]
