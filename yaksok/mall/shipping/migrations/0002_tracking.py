from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    dependencies = [("shipping", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Tracking",
            fields=[
                ("number", models.TextField(primary_key=True, serialize=False)),
                ("subject_id", models.UUIDField()),
                ("order_id", models.UUIDField()),
            ],
            options={"db_table": "shipping_tracking"},
        ),
        place("shipping_tracking", "mall"),
        migrations.RunSQL(
            "INSERT INTO shipping_tracking (number, subject_id, order_id)"
            " SELECT DISTINCT ON (tracking_number) tracking_number, subject_id, order_id"
            " FROM shipping_parcel WHERE tracking_number <> '' ORDER BY tracking_number, made_at DESC",
            migrations.RunSQL.noop,
        ),
    ]
