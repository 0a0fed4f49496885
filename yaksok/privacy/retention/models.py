"""Tables of the endings. The register names kinds and counts, never a person."""

from django.db import models
from django.db.models import F, Q


class Destruction(models.Model):
    """One line of the destruction register: what was destroyed, why, by which law, how, by what.

    Holds no personal data and no subject. ``kind`` is a record kind, or the name of a table whose
    rows came to their end. ``certificate`` is the random number of the certificate that the person
    holds, when one was given. ``executor`` is a role, or the job that did it.
    """

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    kind = models.TextField()
    records = models.IntegerField()
    reason = models.TextField()
    certificate = models.UUIDField(null=True)
    law = models.TextField(default="")
    method = models.TextField(default="key_destroyed")
    executor = models.TextField(default="")

    class Meta:
        db_table = "retention_destruction"
        indexes = (models.Index(fields=["at"], name="retention_destruction_at"),)


class Began(models.Model):
    """When the event came from which a record's period is counted."""

    pk = models.CompositePrimaryKey("subject_id", "record_id")
    subject_id = models.UUIDField()
    record_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "retention_began"


class Waiting(models.Model):
    """A record of somebody who left, held only until their open order is done (P3.10).

    ``owner_id`` is who left; ``subject_id`` is whom the record is about, them or their recipient.
    """

    pk = models.CompositePrimaryKey("subject_id", "record_id")
    subject_id = models.UUIDField()
    record_id = models.UUIDField()
    owner_id = models.UUIDField()
    since = models.DateTimeField()

    class Meta:
        db_table = "retention_waiting"


class Confirmed(models.Model):
    """That the officer looked at a line of the register, and when."""

    line_id = models.UUIDField(primary_key=True)
    confirmed_by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "retention_confirmed"


class Copy(models.Model):
    """Of which record a law's copy is, by which law, and until when the law wants it."""

    pk = models.CompositePrimaryKey("subject_id", "record_id")
    subject_id = models.UUIDField()
    record_id = models.UUIDField()
    of_record = models.UUIDField()
    of_kind = models.TextField()
    law = models.TextField()
    until = models.DateTimeField()

    class Meta:
        db_table = "retention_copy"


class Gone(models.Model):
    """Since when nothing is held about somebody any more, what a law keeps apart."""

    subject_id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "retention_gone"
        indexes = (models.Index(fields=["at"], name="retention_gone_at"),)


class Hold(models.Model):
    """A legal hold on the records of one order: asked by one officer, seconded by another."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject_id = models.UUIDField()
    id = models.UUIDField()
    order_id = models.UUIDField()
    ground = models.TextField()
    document = models.TextField()
    review_on = models.DateField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    seconded_by = models.UUIDField(null=True)
    seconded_at = models.DateTimeField(null=True)
    release_by = models.UUIDField(null=True)
    release_at = models.DateTimeField(null=True)
    released_by = models.UUIDField(null=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "retention_hold"
        constraints = (
            models.CheckConstraint(
                condition=Q(seconded_by=None) | ~Q(seconded_by=F("asked_by")),
                name="retention_hold_by_two",
            ),
            models.CheckConstraint(
                condition=Q(released_by=None) | ~Q(released_by=F("release_by")),
                name="retention_hold_released_by_two",
            ),
        )


class HeldRecord(models.Model):
    """A record that a hold keeps from being destroyed."""

    pk = models.CompositePrimaryKey("subject_id", "record_id", "hold_id")
    subject_id = models.UUIDField()
    record_id = models.UUIDField()
    hold_id = models.UUIDField()

    class Meta:
        db_table = "retention_held"


class Look(models.Model):
    """A look into what a law keeps of one order: asked by one officer, allowed by another."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject_id = models.UUIDField()
    id = models.UUIDField()
    order_id = models.UUIDField()
    ground = models.TextField()
    document = models.TextField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    seconded_by = models.UUIDField(null=True)
    seconded_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "retention_look"
        constraints = (
            models.CheckConstraint(
                condition=Q(seconded_by=None) | ~Q(seconded_by=F("asked_by")),
                name="retention_look_by_two",
            ),
        )


class Case(models.Model):
    """A case about ending a membership under article 7 of the terms (P3.4)."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject_id = models.UUIDField()
    id = models.UUIDField()
    ground = models.TextField()
    stage = models.TextField()
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()
    repeats = models.IntegerField(default=0)
    cure_until = models.DateTimeField()
    noticed_at = models.DateTimeField(null=True)
    explain_until = models.DateTimeField(null=True)
    explained_at = models.DateTimeField(null=True)
    explanation = models.UUIDField(null=True)
    proposal = models.TextField(default="")
    proposed_by = models.UUIDField(null=True)
    proposed_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "retention_case"
        constraints = (
            models.CheckConstraint(
                condition=~Q(stage="lost") | ~Q(decided_by=F("proposed_by")),
                name="retention_case_lost_by_two",
            ),
        )
