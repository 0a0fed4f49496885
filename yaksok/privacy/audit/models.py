"""The table behind the log. Written by :mod:`yaksok.privacy.audit.log` only."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Entry(models.Model):
    """One act. No column can hold a value about a person.

    ``trail`` is the subject's trail id, known only from the subject's sealed records: once the
    person is erased, nothing leads from the person to the entry or back. ``actor_id`` is set for
    staff alone; members and guests act under their trail.
    """

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    event = models.TextField()
    actor_role = models.TextField()
    actor_id = models.UUIDField(null=True)
    job = models.TextField(default="")
    trail = models.UUIDField(null=True)
    kinds = ArrayField(models.TextField(), default=list)
    items = ArrayField(models.TextField(), default=list)
    purpose = models.TextField(default="")
    promise = models.TextField(default="")
    recipient = models.TextField(default="")
    reason = models.TextField(default="")
    subjects = models.IntegerField(default=1)

    class Meta:
        db_table = "audit_entry"
        indexes = (
            models.Index(fields=["trail", "id"], name="audit_entry_by_trail"),
            models.Index(fields=["at"], name="audit_entry_by_time"),
        )
