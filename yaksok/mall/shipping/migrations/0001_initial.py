from django.db import migrations, models

from yaksok.database.placing import place


def composite(*names: str) -> models.CompositePrimaryKey:
    return models.CompositePrimaryKey(
        *names, blank=True, editable=False, primary_key=True, serialize=False
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Parcel",
            fields=[
                ("pk", composite("subject_id", "id")),
                ("subject_id", models.UUIDField()),
                ("id", models.UUIDField()),
                ("order_id", models.UUIDField()),
                ("number", models.TextField()),
                ("state", models.TextField()),
                ("tracking_number", models.TextField(default="")),
                ("made_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "shipping_parcel",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject_id", "order_id"), name="shipping_parcel_one_an_order"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("pk", composite("subject_id", "parcel_id", "id")),
                ("subject_id", models.UUIDField()),
                ("parcel_id", models.UUIDField()),
                ("id", models.TextField()),
                ("state", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "shipping_event"},
        ),
        migrations.CreateModel(
            name="Number",
            fields=[
                ("number", models.TextField(primary_key=True, serialize=False)),
                ("subject_id", models.UUIDField()),
                ("order_id", models.UUIDField()),
            ],
            options={"db_table": "shipping_number"},
        ),
        place("shipping_parcel", "mall"),
        place("shipping_event", "mall"),
        place("shipping_number", "mall"),
    ]
