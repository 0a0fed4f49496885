from django.db import migrations, models

from yaksok.database.address import KEEPER, STOREFRONT
from yaksok.database.placing import place

FIGURES = (
    "CREATE VIEW mall.reviews_figures AS SELECT product_slug, stars, count(*) AS reviews"
    " FROM mall.reviews_review WHERE hidden_at IS NULL GROUP BY product_slug, stars"
)
"""What a page about goods may know of reviews: how many gave how many stars, and nobody's id."""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject_id",
                        "id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("id", models.UUIDField()),
                ("order_id", models.UUIDField()),
                ("variant_id", models.UUIDField()),
                ("product_slug", models.TextField()),
                ("record_id", models.UUIDField()),
                ("language", models.TextField()),
                ("stars", models.SmallIntegerField()),
                ("written_at", models.DateTimeField()),
                ("edited_at", models.DateTimeField(null=True)),
                ("hidden_at", models.DateTimeField(null=True)),
                ("hidden_why", models.TextField(default="")),
            ],
            options={
                "db_table": "reviews_review",
                "indexes": [
                    models.Index(fields=["product_slug", "id"], name="reviews_review_product"),
                    models.Index(fields=["id"], name="reviews_review_id"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stars__range", (1, 5))), name="reviews_review_stars"
                    ),
                    models.UniqueConstraint(
                        fields=("subject_id", "order_id", "variant_id"),
                        name="reviews_review_line",
                    ),
                ],
            },
        ),
        place("reviews_review", "mall"),
        migrations.RunSQL(
            [FIGURES, f"GRANT SELECT ON mall.reviews_figures TO {STOREFRONT}, {KEEPER}"],
            "DROP VIEW mall.reviews_figures",
        ),
    ]
