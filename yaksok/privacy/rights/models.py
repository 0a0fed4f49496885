"""The register of requests (열람등요구 처리대장): kinds, dates and outcomes, never a value."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Request(models.Model):
    """Somebody asked to see, correct or delete. ``items`` are names of items."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject_id = models.UUIDField()
    id = models.UUIDField()
    kind = models.TextField()
    channel = models.TextField()
    items = ArrayField(models.TextField(), default=list)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    outcome = models.TextField(default="")

    class Meta:
        db_table = "rights_request"
        indexes = (models.Index(fields=["received_at"], name="rights_request_received"),)
