"""Advertisements: what was sent and to how many. And who is to be called for one, until they were."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Campaign(models.Model):
    """One advertisement: its words in both languages, its goods by their slugs, and how it goes.

    ``place`` is how far the list of those who want it was gone through: an id that leads nowhere
    once the person is erased, and that is emptied when the last one was reached. ``left_out`` counts
    who was passed over, by the reason, and ``called`` how calls went, by the outcome.
    """

    id = models.UUIDField(primary_key=True)
    title_ko = models.TextField()
    title_en = models.TextField()
    body_ko = models.TextField()
    body_en = models.TextField()
    goods = ArrayField(models.TextField(), default=list)
    channel = models.TextField()
    state = models.TextField()
    made_at = models.DateTimeField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    place = models.UUIDField(null=True)
    queued = models.IntegerField(default=0)
    left_out = models.JSONField(default=dict)
    called = models.JSONField(default=dict, db_default={})

    class Meta:
        db_table = "campaigns_campaign"
        indexes = (
            models.Index(
                fields=["at"],
                name="campaigns_campaign_due",
                condition=models.Q(state__in=["scheduled", "sending"]),
            ),
        )


class Call(models.Model):
    """One person who is to be called for one advertisement. The row is deleted once they were.

    ``showing`` is the random name under which the number was shown last, to ``caller``.
    """

    pk = models.CompositePrimaryKey("subject_id", "campaign_id")
    subject_id = models.UUIDField()
    campaign_id = models.UUIDField()
    listed_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)
    showing = models.UUIDField(null=True)
    caller = models.UUIDField(null=True)

    class Meta:
        db_table = "campaigns_call"
        indexes = (
            models.Index(
                fields=["campaign_id", "listed_at", "subject_id"], name="campaigns_call_next"
            ),
            models.Index(
                fields=["caller"],
                name="campaigns_call_caller",
                condition=models.Q(caller__isnull=False),
            ),
        )
