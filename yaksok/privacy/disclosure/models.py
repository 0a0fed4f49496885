"""The register of handovers, which is also their outbox; and the books around it. Item names, never values."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Handover(models.Model):
    """One handing-over of items of one record to one recipient, or what followed from an earlier one.

    ``reference`` is all that the recipient knows the mall's person by: a random number, another one
    for each recipient. ``leased_until`` keeps a second worker away while one is sending. ``answer``
    is what the recipient says it did. ``due_at``: until when the person must know what became of a
    correction or an erasure; ``told``: the state that they were told of. ``recalled_at``: the
    recipient was asked to erase it, and it is never sent again. ``way``: by wire, or in a file; then
    ``next_try`` is until when the recipient's answer is expected back. Of a safe number that is lent,
    ``next_try`` is when it is given back.
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
    answer = models.TextField(default="")
    attempts = models.IntegerField(default=0)
    planned_by = models.UUIDField(null=True)
    planned_at = models.DateTimeField()
    next_try = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    told = models.TextField(default="")
    recalled_at = models.DateTimeField(null=True)
    way = models.TextField(default="wire")

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
                name="disclosure_handover_open",
                condition=Q(state__in=["planned", "sending", "taken"]),
            ),
            models.Index(
                fields=["due_at"],
                name="disclosure_handover_untold",
                condition=Q(message__in=["correction", "erasure"]) & ~Q(told=models.F("state")),
            ),
            models.Index(fields=["recipient", "planned_at"], name="disclosure_handover_book"),
            models.Index(
                fields=["planned_at"],
                name="disclosure_handover_failed",
                condition=Q(state="given_up"),
            ),
            models.Index(
                fields=["next_try"],
                name="disclosure_handover_lent",
                condition=Q(recipient="safe_number", state="acknowledged", recalled_at=None),
            ),
            models.Index(
                fields=["next_try"],
                name="disclosure_handover_by_file",
                condition=Q(way="file", state__in=["filed", "planned"]),
            ),
        )


class ProgrammeEvent(models.Model):
    """Somebody started a programme, under a notice and for its announced terms, or stopped it."""

    id = models.UUIDField(primary_key=True)
    programme = models.TextField()
    recipient = models.TextField()
    runs = models.BooleanField()
    notice = models.UUIDField(null=True)
    terms = models.TextField()
    acted_by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "disclosure_programme"
        indexes = (models.Index(fields=["recipient", "-id"], name="disclosure_programme_last"),)


class Oversight(models.Model):
    """What was done, on a day, to look after somebody who works for the mall under contract."""

    id = models.UUIDField(primary_key=True)
    processor = models.TextField()
    kind = models.TextField()
    day = models.DateField()
    note = models.TextField()
    entered_by = models.UUIDField()
    entered_at = models.DateTimeField()

    class Meta:
        db_table = "disclosure_oversight"
        indexes = (models.Index(fields=["processor", "-day"], name="disclosure_oversight_last"),)


class Demand(models.Model):
    """A demand by court or police. What names its document and sender is sealed under ``subject_id``.

    ``subject_id`` is the demand's own; ``about_id`` is the person it asks about, ``about_record`` the
    record that was meant. ``tell_on``: from which day the law allows to tell them; null while it
    does not. ``fingerprint`` is that of the sealed file that went out; "" while none did.
    """

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject_id = models.UUIDField()
    id = models.UUIDField()
    document_record = models.UUIDField()
    office = models.TextField()
    statute = models.TextField()
    about_id = models.UUIDField()
    about_kind = models.TextField()
    about_record = models.UUIDField()
    items = ArrayField(models.TextField())
    state = models.TextField()
    registered_by = models.UUIDField()
    registered_at = models.DateTimeField()
    approved_by = ArrayField(models.UUIDField(), default=list)
    closed_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    tell_on = models.DateField(null=True)
    told_at = models.DateTimeField(null=True)
    fingerprint = models.TextField(default="")

    class Meta:
        db_table = "disclosure_demand"
        constraints = (
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "met"))
                | (Q(approved_by__len__gte=1) & ~Q(approved_by__0=F("registered_by"))),
                name="disclosure_demand_by_two",
            ),
        )
        indexes = (
            models.Index(fields=["about_id"], name="disclosure_demand_about"),
            models.Index(fields=["registered_at"], name="disclosure_demand_registered"),
        )
