"""The tables of shipping. Random numbers, states and times; the label is never here."""

from django.db import models
from django.db.models import F, Q


class Parcel(models.Model):
    """One parcel of one order. ``subject_id`` is who pays; the courier knows ``number`` alone."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject_id = models.UUIDField()
    id = models.UUIDField()
    order_id = models.UUIDField()
    number = models.TextField()
    state = models.TextField()
    tracking_number = models.TextField(default="")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "shipping_parcel"
        constraints = (
            models.UniqueConstraint(
                fields=["subject_id", "order_id"], name="shipping_parcel_one_an_order"
            ),
        )


class Event(models.Model):
    """One thing the courier said. ``id`` is the courier's own, so that a repetition is seen."""

    pk = models.CompositePrimaryKey("subject_id", "parcel_id", "id")
    subject_id = models.UUIDField()
    parcel_id = models.UUIDField()
    id = models.TextField()
    state = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "shipping_event"


class Tracking(models.Model):
    """From the courier's number, as it stands on the parcel, to the parcel."""

    number = models.TextField(primary_key=True)
    subject_id = models.UUIDField()
    order_id = models.UUIDField()

    class Meta:
        db_table = "shipping_tracking"


class Number(models.Model):
    """From a parcel's number to the parcel."""

    number = models.TextField(primary_key=True)
    subject_id = models.UUIDField()
    order_id = models.UUIDField()

    class Meta:
        db_table = "shipping_number"


class Sheet(models.Model):
    """A file for a courier that was asked for. What stood in it is nowhere: it was made when it was taken.

    ``asked_by`` and ``allowed_by`` are two persons. ``again_of`` is the file that it is made again of.
    """

    id = models.UUIDField(primary_key=True)
    layout = models.TextField()
    reason = models.TextField()
    again_of = models.UUIDField(null=True)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    allowed_by = models.UUIDField(null=True)
    allowed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "shipping_sheet"
        constraints = (
            models.CheckConstraint(
                condition=Q(allowed_by=None) | ~Q(allowed_by=F("asked_by")),
                name="shipping_sheet_by_two",
            ),
        )


class SheetLine(models.Model):
    """One order that a file is asked for, and what became of it when the file was taken."""

    pk = models.CompositePrimaryKey("subject_id", "sheet_id", "order_id")
    subject_id = models.UUIDField()
    sheet_id = models.UUIDField()
    order_id = models.UUIDField()
    outcome = models.TextField(default="")
    promise = models.TextField(default="")

    class Meta:
        db_table = "shipping_sheet_line"
        indexes = (models.Index(fields=["sheet_id"], name="shipping_sheet_line_of"),)
