"""The tables of the desk. They say that somebody asked; what they asked is sealed in the vault."""

from django.db import models
from django.db.models import F, Q


class Ticket(models.Model):
    """One inquiry. ``record_id`` names the sealed record with the words, and with the answer.

    ``secret`` is the hash of what shows that somebody without an account is the asker. ``drafts``
    counts the answers that were written, so that the second person sends what they have read.
    ``request`` is the number of a request for a right, which runs in a queue of its own.
    """

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject_id = models.UUIDField()
    id = models.UUIDField()
    number = models.TextField()
    record_id = models.UUIDField()
    member = models.BooleanField()
    topic = models.TextField()
    state = models.TextField()
    way = models.TextField()
    language = models.TextField()
    order_id = models.UUIDField(null=True)
    secret = models.BinaryField(null=True)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    taken_by = models.UUIDField(null=True)
    drafted_by = models.UUIDField(null=True)
    checked_by = models.UUIDField(null=True)
    drafts = models.IntegerField(default=0)
    closing = models.TextField(default="")
    request = models.TextField(default="")
    score = models.SmallIntegerField(null=True)

    class Meta:
        db_table = "desk_ticket"
        constraints = (
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=F("drafted_by")),
                name="desk_ticket_read_by_two",
            ),
        )
        indexes = (
            models.Index(fields=["state", "due_at", "id"], name="desk_ticket_queue"),
            models.Index(fields=["id"], name="desk_ticket_id"),
        )


class Number(models.Model):
    """From a ticket's number to the ticket."""

    number = models.TextField(primary_key=True)
    subject_id = models.UUIDField()
    record_id = models.UUIDField()
    ticket_id = models.UUIDField()

    class Meta:
        db_table = "desk_number"
