"""The tables of payments. An amount, a random reference, and what the provider said."""

from django.db import models
from django.db.models import Q


class Payment(models.Model):
    """One try to pay one order. ``reference`` is all that the provider knows of the order."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject_id = models.UUIDField()
    id = models.UUIDField()
    order_id = models.UUIDField()
    reference = models.UUIDField()
    amount = models.BigIntegerField()
    state = models.TextField()
    payment_key = models.TextField()
    checkout_url = models.TextField()
    failure = models.TextField()
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "payments_payment"
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_payment_amount"),
        )
        indexes = (
            models.Index(fields=["subject_id", "order_id"], name="payments_payment_order"),
            models.Index(
                fields=["changed_at"],
                name="payments_payment_open",
                condition=Q(state__in=["confirming", "cancelling"]),
            ),
        )


class Reference(models.Model):
    """From what the provider calls a payment to the payment."""

    reference = models.UUIDField(primary_key=True)
    subject_id = models.UUIDField()
    order_id = models.UUIDField()
    payment_id = models.UUIDField()

    class Meta:
        db_table = "payments_reference"
