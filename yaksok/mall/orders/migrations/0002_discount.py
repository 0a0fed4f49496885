from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="order",
            name="discount",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="order", name="coupon_id", field=models.UUIDField(null=True)
        ),
        migrations.RemoveConstraint(model_name="order", name="orders_order_total"),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "total",
                        models.F("goods_total") + models.F("shipping_fee") - models.F("discount"),
                    ),
                    ("total__gt", 0),
                    ("discount__gte", 0),
                ),
                name="orders_order_total",
            ),
        ),
    ]
