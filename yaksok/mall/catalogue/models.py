"""The catalogue's tables. Goods are rarely written and often read; what is hot, stock, lies apart."""

from django.db import models
from django.db.models import F, Q

from yaksok.kernel.ids import new_id


class Category(models.Model):
    """A shelf, or one of the shelves below it; there are two levels at most."""

    id = models.UUIDField(primary_key=True, default=new_id)
    slug = models.TextField(unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    position = models.IntegerField()
    name_ko = models.TextField()
    name_en = models.TextField()
    about_ko = models.TextField(blank=True)
    about_en = models.TextField(blank=True)

    class Meta:
        db_table = "catalogue_category"


class Product(models.Model):
    """One thing for sale. ``price`` is that of its cheapest option, in won."""

    id = models.UUIDField(primary_key=True, default=new_id)
    slug = models.TextField(unique=True)
    category = models.ForeignKey(Category, models.PROTECT, related_name="products")
    name_ko = models.TextField()
    name_en = models.TextField()
    summary_ko = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    description_ko = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    maker_ko = models.TextField(blank=True)
    maker_en = models.TextField(blank=True)
    origin_ko = models.TextField(blank=True)
    origin_en = models.TextField(blank=True)
    price = models.IntegerField()
    weight_g = models.IntegerField(default=0)
    loved = models.IntegerField(default=0)
    """How often it was bought or wished for; orders the shelf of what others love."""
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    search_name = models.TextField(blank=True)
    """Its names as :func:`~yaksok.mall.catalogue.hangul.letters` writes them."""
    search_text = models.TextField(blank=True)
    """All that is said about it, written the same way."""
    search_initials = models.TextField(blank=True)
    """The initial consonants of its Korean names."""

    class Meta:
        db_table = "catalogue_product"
        constraints = (
            models.CheckConstraint(condition=Q(price__gte=0), name="catalogue_product_price"),
        )
        indexes = (
            models.Index(
                fields=["category", "active", "-created_at"], name="catalogue_product_shelf"
            ),
            models.Index(
                fields=["-created_at"], name="catalogue_product_new", condition=Q(active=True)
            ),
            models.Index(
                fields=["-loved"], name="catalogue_product_loved", condition=Q(active=True)
            ),
        )


class Variant(models.Model):
    """One way to buy a product: the thing that has a stock. A product without options has one."""

    id = models.UUIDField(primary_key=True, default=new_id)
    product = models.ForeignKey(Product, models.CASCADE, related_name="variants")
    sku = models.TextField(unique=True)
    position = models.IntegerField()
    label_ko = models.TextField(blank=True)
    label_en = models.TextField(blank=True)
    extra_price = models.IntegerField(default=0)
    """What it costs more than the product's cheapest option, in won."""
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "catalogue_variant"
        constraints = (
            models.CheckConstraint(
                condition=Q(extra_price__gte=0), name="catalogue_variant_extra_price"
            ),
        )


class Stock(models.Model):
    """How many of one variant there are, and how many of those are set aside for orders under way."""

    variant_id = models.UUIDField(primary_key=True)
    on_hand = models.IntegerField()
    reserved = models.IntegerField(default=0)

    class Meta:
        db_table = "catalogue_stock"
        constraints = (
            models.CheckConstraint(condition=Q(on_hand__gte=0), name="catalogue_stock_on_hand"),
            models.CheckConstraint(
                condition=Q(reserved__gte=0) & Q(reserved__lte=F("on_hand")),
                name="catalogue_stock_reserved",
            ),
        )


class Hold(models.Model):
    """What is set aside of one variant under one key, until it is taken or released."""

    pk = models.CompositePrimaryKey("key", "variant_id")
    key = models.UUIDField()
    variant_id = models.UUIDField()
    quantity = models.IntegerField()

    class Meta:
        db_table = "catalogue_hold"
        constraints = (
            models.CheckConstraint(condition=Q(quantity__gt=0), name="catalogue_hold_quantity"),
        )


class Picture(models.Model):
    """A picture of a product: ``<hash>.<ext>`` in the media directory, with its size in pixels."""

    id = models.UUIDField(primary_key=True, default=new_id)
    product = models.ForeignKey(Product, models.CASCADE, related_name="pictures")
    position = models.IntegerField()
    name = models.TextField()
    width = models.IntegerField()
    height = models.IntegerField()
    alt_ko = models.TextField(blank=True)
    alt_en = models.TextField(blank=True)

    class Meta:
        db_table = "catalogue_picture"
        constraints = (
            models.UniqueConstraint(fields=["product", "position"], name="catalogue_picture_place"),
        )


class Question(models.Model):
    """Which question of the policy a buyer of this product is asked (P2.13). Its words are there."""

    product = models.OneToOneField(
        Product, models.CASCADE, primary_key=True, related_name="question"
    )
    name = models.TextField()

    class Meta:
        db_table = "catalogue_question"
