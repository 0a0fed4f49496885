"""The table of advertisements. It says what was sent and to how many, and nothing about whom."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Campaign(models.Model):
    """One advertisement: its words in both languages, its goods by their slugs, and how it goes.

    ``place`` is how far the list of those who want it was gone through: an id that leads nowhere
    once the person is erased, and that is emptied when the last one was reached. ``left_out`` counts
    who was passed over, by the reason.
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

    class Meta:
        db_table = "campaigns_campaign"
        indexes = (
            models.Index(
                fields=["at"],
                name="campaigns_campaign_due",
                condition=models.Q(state__in=["scheduled", "sending"]),
            ),
        )
