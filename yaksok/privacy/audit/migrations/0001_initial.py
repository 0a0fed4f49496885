import django.contrib.postgres.fields
from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("event", models.TextField()),
                ("actor_role", models.TextField()),
                ("actor_id", models.UUIDField(null=True)),
                ("job", models.TextField(default="")),
                ("trail", models.UUIDField(null=True)),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                (
                    "items",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("purpose", models.TextField(default="")),
                ("promise", models.TextField(default="")),
                ("recipient", models.TextField(default="")),
                ("reason", models.TextField(default="")),
                ("subjects", models.IntegerField(default=1)),
            ],
            options={
                "db_table": "audit_entry",
                "indexes": [
                    models.Index(fields=["trail", "id"], name="audit_entry_by_trail"),
                    models.Index(fields=["at"], name="audit_entry_by_time"),
                ],
            },
        ),
        place("audit_entry", "audit"),
    ]
