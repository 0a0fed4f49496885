import django.db.models.deletion
from django.db import migrations, models

import yaksok.kernel.ids
from yaksok.database.placing import place

GOODS = ("category", "product", "variant", "picture", "question")

SEARCH = (
    "CREATE INDEX catalogue_product_text ON mall.catalogue_product USING gin (search_text public.gin_trgm_ops)",
    "CREATE INDEX catalogue_product_name ON mall.catalogue_product USING gin (search_name public.gin_trgm_ops)",
    "CREATE INDEX catalogue_product_hint ON mall.catalogue_product USING gin (search_initials public.gin_trgm_ops)",
)

ROOM_TO_UPDATE = "ALTER TABLE mall.catalogue_stock SET (fillfactor = 70)"

# Long texts move out of the row, so that a listing of many goods reads few pages.
SHORT_ROWS = "ALTER TABLE mall.catalogue_product SET (toast_tuple_target = 640)"


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yaksok.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("slug", models.TextField(unique=True)),
                ("position", models.IntegerField()),
                ("name_ko", models.TextField()),
                ("name_en", models.TextField()),
                ("about_ko", models.TextField(blank=True)),
                ("about_en", models.TextField(blank=True)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="catalogue.category",
                    ),
                ),
            ],
            options={
                "db_table": "catalogue_category",
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "key",
                        "variant_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("key", models.UUIDField()),
                ("variant_id", models.UUIDField()),
                ("quantity", models.IntegerField()),
            ],
            options={
                "db_table": "catalogue_hold",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="catalogue_hold_quantity"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yaksok.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("slug", models.TextField(unique=True)),
                ("name_ko", models.TextField()),
                ("name_en", models.TextField()),
                ("summary_ko", models.TextField(blank=True)),
                ("summary_en", models.TextField(blank=True)),
                ("description_ko", models.TextField(blank=True)),
                ("description_en", models.TextField(blank=True)),
                ("maker_ko", models.TextField(blank=True)),
                ("maker_en", models.TextField(blank=True)),
                ("origin_ko", models.TextField(blank=True)),
                ("origin_en", models.TextField(blank=True)),
                ("price", models.IntegerField()),
                ("weight_g", models.IntegerField(default=0)),
                ("loved", models.IntegerField(default=0)),
                ("active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
                ("search_name", models.TextField(blank=True)),
                ("search_text", models.TextField(blank=True)),
                ("search_initials", models.TextField(blank=True)),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="products",
                        to="catalogue.category",
                    ),
                ),
            ],
            options={
                "db_table": "catalogue_product",
            },
        ),
        migrations.CreateModel(
            name="Picture",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yaksok.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.IntegerField()),
                ("name", models.TextField()),
                ("width", models.IntegerField()),
                ("height", models.IntegerField()),
                ("alt_ko", models.TextField(blank=True)),
                ("alt_en", models.TextField(blank=True)),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="catalogue.product",
                    ),
                ),
            ],
            options={
                "db_table": "catalogue_picture",
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yaksok.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("text_ko", models.TextField()),
                ("text_en", models.TextField()),
                ("reason_ko", models.TextField()),
                ("reason_en", models.TextField()),
                ("required", models.BooleanField()),
                ("max_length", models.IntegerField()),
                (
                    "product",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="question",
                        to="catalogue.product",
                    ),
                ),
            ],
            options={
                "db_table": "catalogue_question",
            },
        ),
        migrations.CreateModel(
            name="Stock",
            fields=[
                ("variant_id", models.UUIDField(primary_key=True, serialize=False)),
                ("on_hand", models.IntegerField()),
                ("reserved", models.IntegerField(default=0)),
            ],
            options={
                "db_table": "catalogue_stock",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("on_hand__gte", 0)), name="catalogue_stock_on_hand"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reserved__gte", 0), ("reserved__lte", models.F("on_hand"))
                        ),
                        name="catalogue_stock_reserved",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Variant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yaksok.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("sku", models.TextField(unique=True)),
                ("position", models.IntegerField()),
                ("label_ko", models.TextField(blank=True)),
                ("label_en", models.TextField(blank=True)),
                ("extra_price", models.IntegerField(default=0)),
                ("active", models.BooleanField(default=True)),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="variants",
                        to="catalogue.product",
                    ),
                ),
            ],
            options={
                "db_table": "catalogue_variant",
            },
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(
                fields=["category", "active", "-created_at"], name="catalogue_product_shelf"
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(
                condition=models.Q(("active", True)),
                fields=["-created_at"],
                name="catalogue_product_new",
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(
                condition=models.Q(("active", True)),
                fields=["-loved"],
                name="catalogue_product_loved",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("price__gte", 0)), name="catalogue_product_price"
            ),
        ),
        migrations.AddConstraint(
            model_name="picture",
            constraint=models.UniqueConstraint(
                fields=("product", "position"), name="catalogue_picture_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("max_length__gte", 1), ("max_length__lte", 200)),
                name="catalogue_question_length",
            ),
        ),
        migrations.AddConstraint(
            model_name="variant",
            constraint=models.CheckConstraint(
                condition=models.Q(("extra_price__gte", 0)), name="catalogue_variant_extra_price"
            ),
        ),
        *(
            place(f"catalogue_{name}", "mall", storefront="SELECT", keeper="SELECT")
            for name in GOODS
        ),
        place("catalogue_stock", "mall", storefront="SELECT", keeper="SELECT, UPDATE"),
        place("catalogue_hold", "mall", keeper="SELECT, INSERT, DELETE"),
        migrations.RunSQL([*SEARCH, ROOM_TO_UPDATE, SHORT_ROWS], migrations.RunSQL.noop),
    ]
