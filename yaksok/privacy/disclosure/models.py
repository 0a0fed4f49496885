"""The register of handovers, which is also their outbox. Item names, never values."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Handover(models.Model):
    """One handing-over of items of one record to one recipient, or a correction of an earlier one.

    ``reference`` is all that the recipient knows the mall's person by: a random parcel number.
    ``leased_until`` keeps a second worker away while one is sending.
    """

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject_id = models.UUIDField()
    id = models.UUIDField()
    recipient = models.TextField()
    message = models.TextField()
    kind = models.TextField()
    record_id = models.UUIDField()
    items = ArrayField(models.TextField())
    purpose = models.TextField()
    promise = models.TextField()
    reference = models.TextField()
    state = models.TextField()
    reason = models.TextField(default="")
    attempts = models.IntegerField(default=0)
    planned_by = models.UUIDField(null=True)
    planned_at = models.DateTimeField()
    next_try = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "disclosure_handover"
        constraints = (
            models.UniqueConstraint(
                fields=["subject_id", "reference"],
                condition=Q(message="handover"),
                name="disclosure_handover_once",
            ),
        )
        indexes = (
            models.Index(
                fields=["next_try"],
                name="disclosure_handover_due",
                condition=Q(state__in=["planned", "sending"]),
            ),
        )
