"""A review that was hidden, deleted and written anew waits for a look by staff."""

from django.db import migrations, models

from yaksok.database.placing import place


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SecondLook",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject_id",
                        "order_id",
                        "variant_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("order_id", models.UUIDField()),
                ("variant_id", models.UUIDField()),
                ("hidden_at", models.DateTimeField()),
            ],
            options={"db_table": "reviews_second_look"},
        ),
        place("reviews_second_look", "mall", keeper="SELECT, INSERT, DELETE"),
        migrations.RunSQL(
            "INSERT INTO mall.reviews_second_look (subject_id, order_id, variant_id, hidden_at)"
            " SELECT subject_id, order_id, variant_id, hidden_at FROM mall.reviews_review"
            " WHERE hidden_at IS NOT NULL",
            migrations.RunSQL.noop,
        ),
    ]
