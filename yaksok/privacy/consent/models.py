"""An append-only ledger, and beside it the standing that the gate reads."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class ConsentEvent(models.Model):
    """A person was shown a notice, and answered each box. Never changed, never deleted.

    Holds what ISO/IEC TS 27560 asks of a receipt: text (by hash), version, time, channel, answers.
    ``lifted`` are refusals that the person took back.
    """

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject_id = models.UUIDField()
    id = models.UUIDField()
    at = models.DateTimeField()
    policy_version = models.TextField()
    notice = models.TextField()
    language = models.TextField()
    channel = models.TextField()
    given = ArrayField(models.TextField(), default=list)
    withheld = ArrayField(models.TextField(), default=list)
    lifted = ArrayField(models.TextField(), default=list)

    class Meta:
        db_table = "consent_event"


class Standing(models.Model):
    """What holds for one subject now. ``guardian_id`` is the proven guardian of a child."""

    subject_id = models.UUIDField(primary_key=True)
    age = models.TextField(default="unknown")
    consents = ArrayField(models.TextField(), default=list)
    refusals = ArrayField(models.TextField(), default=list)
    guardian_id = models.UUIDField(null=True)
    lapses = models.JSONField(null=True)

    class Meta:
        db_table = "consent_standing"


class ChannelRow(models.Model):
    """A consent to advertising by one channel, or at night. It stays when it is taken back.

    ``digest`` is the hash of the secret that stops it. ``told_at`` is None while the person was not
    told the result of their answer; ``look_at`` says before when nobody need look again.
    """

    pk = models.CompositePrimaryKey("subject_id", "name")
    subject_id = models.UUIDField()
    name = models.TextField()
    key = models.UUIDField()
    digest = models.BinaryField()
    since = models.DateTimeField()
    changed_at = models.DateTimeField()
    stands = models.BooleanField()
    confirmed_at = models.DateTimeField(null=True)
    lapses_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    look_at = models.DateTimeField()
    record_id = models.UUIDField(null=True)
    reachable = models.BooleanField(default=False)

    class Meta:
        db_table = "consent_channel"
        indexes = (
            models.Index(fields=["digest"], name="consent_channel_link"),
            models.Index(
                fields=["name", "subject_id"],
                name="consent_channel_list",
                condition=models.Q(stands=True, reachable=True),
            ),
            models.Index(
                fields=["look_at"],
                name="consent_channel_untold",
                condition=models.Q(told_at=None),
            ),
            models.Index(
                fields=["lapses_at"],
                name="consent_channel_lapsing",
                condition=models.Q(asked_at=None, stands=True),
            ),
        )


class Campaign(models.Model):
    """What a published version asks every member. ``number`` is the version's."""

    number = models.IntegerField(primary_key=True)
    opened_at = models.DateTimeField()
    points = ArrayField(models.TextField())

    class Meta:
        db_table = "consent_campaign"


class Asked(models.Model):
    """One point put to one member. ``agreed`` is None until they answer: silence is no yes.

    ``told_at`` is when a letter about it was noted; while it is None, ``tell_after`` says before
    when nobody need look again.
    """

    pk = models.CompositePrimaryKey("subject_id", "number", "point")
    subject_id = models.UUIDField()
    number = models.IntegerField()
    point = models.TextField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)
    told_at = models.DateTimeField(null=True)
    tell_after = models.DateTimeField(null=True)

    class Meta:
        db_table = "consent_asked"
        indexes = (
            models.Index(
                fields=["number", "subject_id"],
                name="consent_asked_untold",
                condition=models.Q(told_at=None),
            ),
        )


class Yearly(models.Model):
    """How it stands with the notice of the year: since when nothing was told, and when last it was.

    ``tell_after`` says before when nobody need look again at a member who is not written to now.
    """

    subject_id = models.UUIDField(primary_key=True)
    since = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    told = models.IntegerField()
    tell_after = models.DateTimeField(null=True)

    class Meta:
        db_table = "consent_yearly"
        indexes = (models.Index(fields=["since"], name="consent_yearly_due"),)
