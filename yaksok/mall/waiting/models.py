"""The table of the waiting room. It says who waits for what, and nothing about who that is."""

from django.db import models


class Wait(models.Model):
    """One member waits for one article. The row is deleted when the word of it is noted."""

    pk = models.CompositePrimaryKey("subject_id", "variant_id")
    subject_id = models.UUIDField()
    variant_id = models.UUIDField()
    language = models.TextField()
    at = models.DateTimeField()
    again_at = models.DateTimeField()
    """When it is looked at next; later than ``at`` once the policy did not permit the word."""

    class Meta:
        db_table = "waiting_wait"
        indexes = (models.Index(fields=["variant_id", "again_at"], name="waiting_wait_article"),)
