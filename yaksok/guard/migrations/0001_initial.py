from django.db import migrations, models

from yaksok.database.placing import ALL, place


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("digest", models.BinaryField(primary_key=True, serialize=False)),
                ("spent", models.IntegerField()),
                ("ends_at", models.DateTimeField()),
            ],
            options={
                "db_table": "guard_tally",
                "indexes": [models.Index(fields=["ends_at"], name="guard_tally_ends")],
            },
        ),
        place("guard_tally", "guard", storefront=ALL),
    ]
