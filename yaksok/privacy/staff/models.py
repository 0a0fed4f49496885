"""Tables about those who work here. Names and log-in ids are in the vault; here are plain ids."""

from django.db import models


class Account(models.Model):
    """Somebody works here: ``active``, ``suspended``, or ``left``.

    ``code_step`` is the number of the last time step whose one-time code was taken, so that no
    code is taken twice.
    """

    subject_id = models.UUIDField(primary_key=True)
    state = models.TextField()
    enrolled_at = models.DateTimeField()
    used_at = models.DateTimeField()
    code_step = models.BigIntegerField(default=0)

    class Meta:
        db_table = "staff_account"


class Grant(models.Model):
    """A role, given for a reason and until a day (P7.13). Taken back, the row stays."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject_id = models.UUIDField()
    id = models.UUIDField()
    role = models.TextField()
    reason = models.TextField()
    granted_by = models.UUIDField(null=True)
    granted_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "staff_grant"


class Training(models.Model):
    """Somebody was trained on one policy document, known by its hash (P7.14, P7.15)."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject_id = models.UUIDField()
    id = models.UUIDField()
    policy = models.TextField()
    completed_at = models.DateTimeField()

    class Meta:
        db_table = "staff_training"


class Shift(models.Model):
    """Somebody is on duty at something. A shift that has begun is never changed."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject_id = models.UUIDField()
    id = models.UUIDField()
    duty = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)

    class Meta:
        db_table = "staff_shift"
        indexes = (models.Index(fields=["duty", "ends_at"], name="staff_shift_duty"),)
