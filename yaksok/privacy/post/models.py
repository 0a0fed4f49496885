"""Letters that wait, and proofs that a letter arrived. No address, no word of the letter."""

from django.db import models
from django.db.models import Q


class Letter(models.Model):
    """A letter to be written and sent: its template, whose it is, where the address lies sealed.

    ``context`` holds numbers and amounts of an order, or words of the policy; nothing about the
    person. ``about_…`` name the record whose items the letter opens, when it is another one.
    ``reference`` is what the provider calls a message that was begun. The row is deleted when the
    letter was taken by the wire of its ``channel``.
    """

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject_id = models.UUIDField()
    id = models.UUIDField()
    template = models.TextField()
    language = models.TextField()
    kind = models.TextField()
    record_id = models.UUIDField()
    channel = models.TextField(default="email")
    about_kind = models.TextField(default="")
    about_record = models.UUIDField(null=True)
    reference = models.TextField(default="")
    context = models.JSONField()
    state = models.TextField()
    attempts = models.IntegerField(default=0)
    made_at = models.DateTimeField()
    next_try = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "post_letter"
        indexes = (
            models.Index(fields=["next_try"], name="post_letter_due", condition=Q(state="waiting")),
        )


class Tally(models.Model):
    """How many letters of one batch ended in one way. No person."""

    pk = models.CompositePrimaryKey("batch", "outcome")
    batch = models.UUIDField()
    outcome = models.TextField()
    number = models.IntegerField()

    class Meta:
        db_table = "post_tally"


class Token(models.Model):
    """The hash of a secret that stands in one letter alone; who shows it has read the letter."""

    digest = models.BinaryField(primary_key=True)
    subject_id = models.UUIDField()
    purpose = models.TextField()
    expires_at = models.DateTimeField()
    proved_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "post_token"
        indexes = (models.Index(fields=["subject_id"], name="post_token_owner"),)
