from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Reference",
            fields=[
                ("reference", models.UUIDField(primary_key=True, serialize=False)),
                ("subject_id", models.UUIDField()),
                ("order_id", models.UUIDField()),
                ("payment_id", models.UUIDField()),
            ],
            options={
                "db_table": "payments_reference",
            },
        ),
        migrations.CreateModel(
            name="Payment",
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
                ("reference", models.UUIDField()),
                ("amount", models.BigIntegerField()),
                ("state", models.TextField()),
                ("payment_key", models.TextField()),
                ("checkout_url", models.TextField()),
                ("failure", models.TextField()),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "payments_payment",
                "indexes": [
                    models.Index(fields=["subject_id", "order_id"], name="payments_payment_order"),
                    models.Index(
                        condition=models.Q(("state__in", ["confirming", "cancelling"])),
                        fields=["changed_at"],
                        name="payments_payment_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="payments_payment_amount"
                    )
                ],
            },
        ),
        place("payments_payment", "mall"),
        place("payments_reference", "mall"),
    ]
