"""The table of reviews. Stars and times are in it; the words are sealed in the vault."""

from django.db import models
from django.db.models import Q


class SecondLook(models.Model):
    """A line of an order of which a review was hidden: a new one there is looked at before it is read.

    It outlives the review, so that deleting and writing anew does not undo what staff did, and ends when
    they show one again, or with the person.
    """

    pk = models.CompositePrimaryKey("subject_id", "order_id", "variant_id")
    subject_id = models.UUIDField()
    order_id = models.UUIDField()
    variant_id = models.UUIDField()
    hidden_at = models.DateTimeField()

    class Meta:
        db_table = "reviews_second_look"


class Review(models.Model):
    """One review of one line of an order. ``record_id`` names the sealed record with the words.

    ``hidden_why`` is a closed word, "" while everybody may read it.
    """

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject_id = models.UUIDField()
    id = models.UUIDField()
    order_id = models.UUIDField()
    variant_id = models.UUIDField()
    product_slug = models.TextField()
    record_id = models.UUIDField()
    language = models.TextField()
    stars = models.SmallIntegerField()
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)
    hidden_why = models.TextField(default="")

    class Meta:
        db_table = "reviews_review"
        constraints = (
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="reviews_review_stars"),
            models.UniqueConstraint(
                fields=["subject_id", "order_id", "variant_id"], name="reviews_review_line"
            ),
        )
        indexes = (
            models.Index(fields=["product_slug", "id"], name="reviews_review_product"),
            models.Index(fields=["id"], name="reviews_review_id"),
        )
