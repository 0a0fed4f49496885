from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    dependencies = [("shipping", "0002_tracking")]

    operations = [
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("layout", models.TextField()),
                ("reason", models.TextField()),
                ("again_of", models.UUIDField(null=True)),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("allowed_by", models.UUIDField(null=True)),
                ("allowed_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("taken_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "shipping_sheet"},
        ),
        migrations.CreateModel(
            name="SheetLine",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject_id",
                        "sheet_id",
                        "order_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("sheet_id", models.UUIDField()),
                ("order_id", models.UUIDField()),
                ("outcome", models.TextField(default="")),
                ("promise", models.TextField(default="")),
            ],
            options={
                "db_table": "shipping_sheet_line",
                "indexes": [models.Index(fields=["sheet_id"], name="shipping_sheet_line_of")],
            },
        ),
        place("shipping_sheet", "mall"),
        place("shipping_sheet_line", "mall"),
    ]
