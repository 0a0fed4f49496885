"""Guardians who were asked, keys that prove something, and whose child is whose. Random ids only."""

from django.db import models


class Asking(models.Model):
    """A guardian who was asked, until the answer is confirmed and after. ``subject_id`` is theirs.

    ``number`` stands on the letter and on the paper form; it proves nothing. ``method`` is
    empty and ``confirmed_at`` None until the consent is confirmed. ``notice`` is the hash of the words to
    which a guardian said yes who still has to be proven elsewhere.
    """

    subject_id = models.UUIDField(primary_key=True)
    record_id = models.UUIDField()
    number = models.TextField()
    language = models.TextField()
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    method = models.TextField(default="")
    notice = models.TextField(default="")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "guardians_asking"
        indexes = (
            models.Index(
                fields=["expires_at"],
                name="guardians_asking_silent",
                condition=models.Q(expires_at__isnull=False),
            ),
        )


class Key(models.Model):
    """The hash of a secret, or of a number, and which guardian it leads to, for what and how long."""

    digest = models.BinaryField(primary_key=True)
    subject_id = models.UUIDField()
    use = models.TextField()
    expires_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "guardians_key"
        indexes = (models.Index(fields=["subject_id"], name="guardians_key_owner"),)


class Ward(models.Model):
    """One child and their guardian.

    ``looked_in`` is the month in which it was last asked whether the child is of age; ``of_age_at``
    when that was so, and ``answer_until`` how long they have to answer.
    """

    subject_id = models.UUIDField(primary_key=True)
    guardian_id = models.UUIDField(null=True)
    since = models.DateTimeField()
    looked_in = models.DateField()
    of_age_at = models.DateTimeField(null=True)
    answer_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "guardians_ward"
        indexes = (
            models.Index(fields=["guardian_id"], name="guardians_ward_guardian"),
            models.Index(
                fields=["looked_in"],
                name="guardians_ward_look",
                condition=models.Q(of_age_at__isnull=True),
            ),
        )
