"""Tables of the endings. The register names kinds and counts, never a person."""

from django.db import models


class Destruction(models.Model):
    """One line of the destruction register: what kind of record was destroyed, why, and when.

    Holds no personal data and no subject. ``certificate`` is the random number of the certificate
    that the person holds, when one was given.
    """

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    kind = models.TextField()
    records = models.IntegerField()
    reason = models.TextField()
    certificate = models.UUIDField(null=True)

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
