"""The register of requests (열람등요구 처리대장): kinds, dates and outcomes, never a value."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Request(models.Model):
    """Somebody asked for something about their own data. ``items`` are names of items.

    ``record_id`` is the sealed record of what they wrote and were answered, ``appeal_id`` that of
    their objection, ``order_id`` the order by
    which a guest or recipient is known. ``handler`` and ``second`` are staff.
    """

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
    state = models.TextField(default="answered")
    number = models.TextField(default="")
    who = models.TextField(default="")
    asker = models.TextField(default="self")
    language = models.TextField(default="ko")
    record_id = models.UUIDField(null=True)
    order_id = models.UUIDField(null=True)
    appeal_id = models.UUIDField(null=True)
    checks = ArrayField(models.TextField(), default=list)
    ground = models.TextField(default="")
    extensions = models.SmallIntegerField(default=0)
    paper = models.BooleanField(default=False)
    handler = models.UUIDField(null=True)
    second = models.UUIDField(null=True)

    class Meta:
        db_table = "rights_request"
        indexes = (
            models.Index(fields=["received_at"], name="rights_request_received"),
            models.Index(
                fields=["due_at"], name="rights_request_open", condition=Q(answered_at=None)
            ),
        )


class Number(models.Model):
    """From the number that a person was told to their request."""

    number = models.TextField(primary_key=True)
    subject_id = models.UUIDField()
    request_id = models.UUIDField()

    class Meta:
        db_table = "rights_number"


class Sighting(models.Model):
    """What two persons of the desk look at, one after the other: a document, an authority, a paper copy.

    Neither may be the other, whatever a journey forgets to ask.
    """

    pk = models.CompositePrimaryKey("subject_id", "request_id", "what")
    subject_id = models.UUIDField()
    request_id = models.UUIDField()
    what = models.TextField()
    first = models.UUIDField()
    first_at = models.DateTimeField()
    second = models.UUIDField(null=True)
    second_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "rights_sighting"
        constraints = (
            models.CheckConstraint(
                condition=Q(second=None) | ~Q(second=F("first")), name="rights_sighting_by_two"
            ),
        )


class Step(models.Model):
    """One thing that was done about a request, by whom. ``reason`` is a closed word."""

    pk = models.CompositePrimaryKey("subject_id", "request_id", "id")
    subject_id = models.UUIDField()
    request_id = models.UUIDField()
    id = models.UUIDField()
    at = models.DateTimeField()
    step = models.TextField()
    reason = models.TextField(default="")
    role = models.TextField()
    staff = models.UUIDField(null=True)

    class Meta:
        db_table = "rights_step"
