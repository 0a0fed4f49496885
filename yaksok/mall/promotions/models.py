"""The tables of coupons. They say which member has which coupon, and nothing about who that is."""

from django.db import models
from django.db.models import F, Q


class Coupon(models.Model):
    """One coupon: either ``amount`` won, or ``percent`` of the goods and at most ``cap`` won.

    ``least`` is the sum of goods from which it holds, ``number`` how many there are and ``taken`` how
    many of them are gone. ``ended_at`` is when staff ended it: nobody takes it after that.
    """

    id = models.UUIDField(primary_key=True)
    code = models.TextField(unique=True)
    name_ko = models.TextField()
    name_en = models.TextField()
    amount = models.BigIntegerField(null=True)
    percent = models.SmallIntegerField(null=True)
    cap = models.BigIntegerField(null=True)
    least = models.BigIntegerField()
    starts_at = models.DateTimeField()
    until_at = models.DateTimeField()
    number = models.IntegerField()
    taken = models.IntegerField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "promotions_coupon"
        constraints = (
            models.CheckConstraint(
                condition=Q(amount__gt=0, percent__isnull=True, cap__isnull=True)
                | Q(amount__isnull=True, percent__range=(1, 100), cap__gt=0),
                name="promotions_coupon_worth",
            ),
            models.CheckConstraint(
                condition=Q(least__gte=0, until_at__gt=F("starts_at")),
                name="promotions_coupon_terms",
            ),
            models.CheckConstraint(
                condition=Q(taken__gte=0, taken__lte=F("number")), name="promotions_coupon_number"
            ),
        )


class Held(models.Model):
    """A coupon that a member took. ``order_id`` is the order that uses it; None while none does."""

    pk = models.CompositePrimaryKey("subject_id", "coupon_id")
    subject_id = models.UUIDField()
    coupon_id = models.UUIDField()
    taken_at = models.DateTimeField()
    order_id = models.UUIDField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "promotions_held"
        constraints = (
            models.CheckConstraint(
                condition=Q(order_id__isnull=True, used_at__isnull=True)
                | Q(order_id__isnull=False, used_at__isnull=False),
                name="promotions_held_used",
            ),
        )
        indexes = (models.Index(fields=["coupon_id"], name="promotions_held_coupon"),)
