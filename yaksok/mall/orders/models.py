"""The tables of orders. Ids, goods, money and times; nothing that says who a person is."""

from django.db import models
from django.db.models import F, Q


class Order(models.Model):
    """One order. ``subject_id`` is who pays; ``*_record`` name sealed records of the vault.

    ``discount`` is what the coupon ``coupon_id`` took off. ``safe_number``: whoever ordered wants the
    courier to get a safe number instead of the recipient's telephone.
    """

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject_id = models.UUIDField()
    id = models.UUIDField()
    number = models.TextField()
    recipient_subject_id = models.UUIDField()
    payer_record = models.UUIDField()
    recipient_record = models.UUIDField()
    member = models.BooleanField()
    language = models.TextField()
    state = models.TextField()
    goods_total = models.BigIntegerField()
    shipping_fee = models.BigIntegerField()
    discount = models.BigIntegerField(db_default=0, default=0)
    coupon_id = models.UUIDField(null=True)
    safe_number = models.BooleanField(db_default=False, default=False)
    total = models.BigIntegerField()
    placed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "orders_order"
        constraints = (
            models.CheckConstraint(
                condition=Q(total=F("goods_total") + F("shipping_fee") - F("discount"))
                & Q(total__gt=0, discount__gte=0),
                name="orders_order_total",
            ),
        )
        indexes = (
            models.Index(
                fields=["expires_at"],
                name="orders_order_unpaid",
                condition=Q(state="awaiting_payment"),
            ),
            models.Index(fields=["state", "id"], name="orders_order_queue"),
        )


class Line(models.Model):
    """One line of an order, as it was when the order was placed. ``extra_record`` holds an answer."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject_id = models.UUIDField()
    id = models.UUIDField()
    order_id = models.UUIDField()
    position = models.IntegerField()
    variant_id = models.UUIDField()
    product_slug = models.TextField()
    name_ko = models.TextField()
    name_en = models.TextField()
    option_ko = models.TextField()
    option_en = models.TextField()
    unit_price = models.BigIntegerField()
    quantity = models.IntegerField()
    weight_g = models.IntegerField()
    question_ko = models.TextField()
    question_en = models.TextField()
    extra_record = models.UUIDField(null=True)

    class Meta:
        db_table = "orders_line"
        indexes = (models.Index(fields=["subject_id", "order_id"], name="orders_line_order"),)


class Number(models.Model):
    """From an order's number to the order."""

    number = models.TextField(primary_key=True)
    subject_id = models.UUIDField()
    order_id = models.UUIDField()

    class Meta:
        db_table = "orders_number"


class Attempt(models.Model):
    """From one attempt to buy to the order it made, so that a repeated click makes no second one."""

    id = models.UUIDField(primary_key=True)
    subject_id = models.UUIDField()
    order_id = models.UUIDField()

    class Meta:
        db_table = "orders_attempt"


class Secret(models.Model):
    """What checks the secret of a guest's order, and cannot be read back into it."""

    pk = models.CompositePrimaryKey("subject_id", "order_id")
    subject_id = models.UUIDField()
    order_id = models.UUIDField()
    verifier = models.TextField()

    class Meta:
        db_table = "orders_secret"
