import django.db.models.deletion
from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    """A product names a question of the policy; the words are in the document, and only there."""

    dependencies = [("catalogue", "0001_initial")]

    operations = [
        migrations.DeleteModel(name="Question"),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "product",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="question",
                        serialize=False,
                        to="catalogue.product",
                    ),
                ),
                ("name", models.TextField()),
            ],
            options={"db_table": "catalogue_question"},
        ),
        place("catalogue_question", "mall", storefront="SELECT", keeper="SELECT"),
    ]
