from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    dependencies = [("consent", "0005_guardian")]

    operations = [
        migrations.CreateModel(
            name="Yearly",
            fields=[
                ("subject_id", models.UUIDField(primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
                ("told", models.IntegerField()),
                ("tell_after", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "consent_yearly",
                "indexes": [models.Index(fields=["since"], name="consent_yearly_due")],
            },
        ),
        place("consent_yearly", "consent"),
    ]
