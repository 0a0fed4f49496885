import django.contrib.postgres.fields
from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="blindindex",
            name="epoch",
            field=models.IntegerField(db_default=0),
        ),
        migrations.CreateModel(
            name="Closing",
            fields=[
                ("epoch", models.IntegerField(primary_key=True, serialize=False)),
                ("successor", models.IntegerField()),
                ("step", models.TextField()),
                ("begun_at", models.DateTimeField()),
                ("copied", models.BigIntegerField()),
                ("survivors", models.BigIntegerField(null=True)),
                ("index_entries", models.BigIntegerField(null=True)),
                ("late", models.BigIntegerField(null=True)),
                ("fenced", models.IntegerField()),
                ("swapped_at", models.DateTimeField(null=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
                ("effective_at", models.DateTimeField(null=True)),
                ("provider", models.TextField()),
                ("evidence", models.TextField()),
            ],
            options={"db_table": "vault_closing"},
        ),
        migrations.CreateModel(
            name="Worker",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("backend", models.IntegerField()),
                ("began_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                (
                    "holds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None
                    ),
                ),
            ],
            options={"db_table": "vault_worker"},
        ),
        place("vault_closing", "vault", keeper="SELECT"),
        place("vault_worker", "vault"),
    ]
