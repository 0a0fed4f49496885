from django.db import migrations, models

from yaksok.database.placing import place


def composite(*columns: str) -> models.CompositePrimaryKey:
    return models.CompositePrimaryKey(
        *columns, blank=True, editable=False, primary_key=True, serialize=False
    )


def id_of(*, null: bool = False) -> "models.Field[object, object]":
    return models.UUIDField(null=null)


def moment(*, null: bool = False) -> "models.Field[object, object]":
    return models.DateTimeField(null=null)


class Migration(migrations.Migration):
    dependencies = [("retention", "0001_initial")]

    operations = [
        migrations.AddField("Destruction", "law", models.TextField(default="")),
        migrations.AddField("Destruction", "method", models.TextField(default="key_destroyed")),
        migrations.AddField("Destruction", "executor", models.TextField(default="")),
        migrations.CreateModel(
            name="Confirmed",
            fields=[
                ("line_id", models.UUIDField(primary_key=True, serialize=False)),
                ("confirmed_by", id_of()),
                ("at", moment()),
            ],
            options={"db_table": "retention_confirmed"},
        ),
        migrations.CreateModel(
            name="Copy",
            fields=[
                ("pk", composite("subject_id", "record_id")),
                ("subject_id", id_of()),
                ("record_id", id_of()),
                ("of_record", id_of()),
                ("of_kind", models.TextField()),
                ("law", models.TextField()),
                ("until", moment()),
            ],
            options={"db_table": "retention_copy"},
        ),
        migrations.CreateModel(
            name="Gone",
            fields=[
                ("subject_id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", moment()),
            ],
            options={
                "db_table": "retention_gone",
                "indexes": [models.Index(fields=["at"], name="retention_gone_at")],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("pk", composite("subject_id", "id")),
                ("subject_id", id_of()),
                ("id", id_of()),
                ("order_id", id_of()),
                ("ground", models.TextField()),
                ("document", models.TextField()),
                ("review_on", models.DateField()),
                ("asked_by", id_of()),
                ("asked_at", moment()),
                ("seconded_by", id_of(null=True)),
                ("seconded_at", moment(null=True)),
                ("release_by", id_of(null=True)),
                ("release_at", moment(null=True)),
                ("released_by", id_of(null=True)),
                ("released_at", moment(null=True)),
            ],
            options={"db_table": "retention_hold"},
        ),
        migrations.CreateModel(
            name="HeldRecord",
            fields=[
                ("pk", composite("subject_id", "record_id", "hold_id")),
                ("subject_id", id_of()),
                ("record_id", id_of()),
                ("hold_id", id_of()),
            ],
            options={"db_table": "retention_held"},
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("pk", composite("subject_id", "id")),
                ("subject_id", id_of()),
                ("id", id_of()),
                ("order_id", id_of()),
                ("ground", models.TextField()),
                ("document", models.TextField()),
                ("asked_by", id_of()),
                ("asked_at", moment()),
                ("seconded_by", id_of(null=True)),
                ("seconded_at", moment(null=True)),
                ("opened_at", moment(null=True)),
            ],
            options={"db_table": "retention_look"},
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("pk", composite("subject_id", "id")),
                ("subject_id", id_of()),
                ("id", id_of()),
                ("ground", models.TextField()),
                ("stage", models.TextField()),
                ("opened_by", id_of()),
                ("opened_at", moment()),
                ("repeats", models.IntegerField(default=0)),
                ("cure_until", moment()),
                ("noticed_at", moment(null=True)),
                ("explain_until", moment(null=True)),
                ("explained_at", moment(null=True)),
                ("explanation", id_of(null=True)),
                ("proposal", models.TextField(default="")),
                ("proposed_by", id_of(null=True)),
                ("proposed_at", moment(null=True)),
                ("decided_by", id_of(null=True)),
                ("closed_at", moment(null=True)),
            ],
            options={"db_table": "retention_case"},
        ),
        *(
            place(f"retention_{name}", "privacy")
            for name in ("confirmed", "copy", "gone", "hold", "held", "look", "case")
        ),
    ]
