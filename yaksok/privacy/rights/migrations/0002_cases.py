import django.contrib.postgres.fields
from django.db import migrations, models

from yaksok.database.placing import place


def words(name: str, default: str = "") -> migrations.AddField:
    return migrations.AddField(
        model_name="request", name=name, field=models.TextField(default=default)
    )


def one_id(name: str) -> migrations.AddField:
    return migrations.AddField(model_name="request", name=name, field=models.UUIDField(null=True))


class Migration(migrations.Migration):
    dependencies = [("rights", "0001_initial")]

    operations = [
        words("state", "answered"),
        words("number"),
        words("who"),
        words("asker", "self"),
        words("language", "ko"),
        one_id("record_id"),
        one_id("order_id"),
        one_id("appeal_id"),
        migrations.AddField(
            model_name="request",
            name="checks",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, size=None
            ),
        ),
        words("ground"),
        migrations.AddField(
            model_name="request", name="extensions", field=models.SmallIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="request", name="paper", field=models.BooleanField(default=False)
        ),
        one_id("handler"),
        one_id("second"),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(
                condition=models.Q(("answered_at", None)),
                fields=["due_at"],
                name="rights_request_open",
            ),
        ),
        migrations.CreateModel(
            name="Number",
            fields=[
                ("number", models.TextField(primary_key=True, serialize=False)),
                ("subject_id", models.UUIDField()),
                ("request_id", models.UUIDField()),
            ],
            options={"db_table": "rights_number"},
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject_id",
                        "request_id",
                        "id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("request_id", models.UUIDField()),
                ("id", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("step", models.TextField()),
                ("reason", models.TextField(default="")),
                ("role", models.TextField()),
                ("staff", models.UUIDField(null=True)),
            ],
            options={"db_table": "rights_step"},
        ),
        place("rights_number", "privacy"),
        place("rights_step", "privacy", keeper="SELECT, INSERT, DELETE"),
    ]
