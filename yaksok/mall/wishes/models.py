"""The table of wishes: goods by their ids, and nothing about who wishes them."""

from django.db import models


class Wish(models.Model):
    """Goods that a child asked for. ``lines`` are ids and quantities; ``order_id`` is what became of it."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject_id = models.UUIDField()
    id = models.UUIDField()
    lines = models.JSONField()
    at = models.DateTimeField()
    order_id = models.UUIDField(null=True)

    class Meta:
        db_table = "wishes_wish"
