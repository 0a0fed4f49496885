from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Epoch",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                ("root_version", models.IntegerField()),
                ("kek", models.BinaryField()),
                ("index_key", models.BinaryField()),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "vault_epoch",
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject_id",
                        "record_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("record_id", models.UUIDField()),
                ("kind", models.TextField()),
                ("at", models.DateTimeField()),
                ("reason", models.TextField()),
            ],
            options={
                "db_table": "vault_erasure",
            },
        ),
        migrations.CreateModel(
            name="RecordKey",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject_id",
                        "record_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("record_id", models.UUIDField()),
                ("epoch", models.IntegerField()),
                ("wrapped", models.BinaryField()),
                ("commitment", models.BinaryField()),
            ],
            options={
                "db_table": "vault_record_key",
            },
        ),
        migrations.CreateModel(
            name="BlindIndex",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "kind",
                        "digest",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.TextField()),
                ("digest", models.BinaryField()),
                ("subject_id", models.UUIDField()),
                ("record_id", models.UUIDField()),
            ],
            options={
                "db_table": "vault_blind_index",
                "indexes": [
                    models.Index(fields=["subject_id", "record_id"], name="vault_blind_index_owner")
                ],
            },
        ),
        migrations.CreateModel(
            name="Record",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject_id",
                        "record_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("record_id", models.UUIDField()),
                ("kind", models.TextField()),
                ("policy_version", models.TextField()),
                ("destroy_after", models.DateTimeField(null=True)),
                ("sealed", models.BinaryField()),
            ],
            options={
                "db_table": "vault_record",
                "indexes": [
                    models.Index(
                        condition=models.Q(("destroy_after__isnull", False)),
                        fields=["destroy_after"],
                        name="vault_record_due",
                    )
                ],
            },
        ),
        place("vault_record_key", "vault"),
        place("vault_record", "vault"),
        place("vault_blind_index", "vault"),
        place("vault_epoch", "vault"),
        place("vault_erasure", "vault", keeper="SELECT, INSERT"),
    ]
