"""Tables of the accounts. Random ids, verifiers and times; nothing that says who a person is."""

from django.db import models


class Credential(models.Model):
    """What checks a password, and cannot be read back into one."""

    subject_id = models.UUIDField(primary_key=True)
    verifier = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_credential"


class Session(models.Model):
    """Somebody is logged in. Found by the hash of the key that only their browser holds."""

    digest = models.BinaryField(primary_key=True)
    subject_id = models.UUIDField()
    audience = models.TextField()
    role = models.TextField()
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    stepped_up_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_session"
        indexes = (
            models.Index(fields=["subject_id"], name="accounts_session_owner"),
            models.Index(fields=["seen_at"], name="accounts_session_idle"),
        )
