"""Sums by month. A table is counted once; what is given out later is the same table."""

from django.db import models


class Table(models.Model):
    """One table of one month. A hidden cell is null; ``smallest`` is the rule it was made by."""

    id = models.UUIDField(primary_key=True)
    subject = models.TextField()
    month = models.DateField()
    smallest = models.IntegerField()
    rows = models.JSONField()
    columns = models.JSONField()
    cells = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "figures_table"
        constraints = (
            models.UniqueConstraint(fields=["subject", "month"], name="figures_table_once"),
        )


class Release(models.Model):
    """A table was given out for one of the uses that the policy names. Who did it stands in the log."""

    id = models.UUIDField(primary_key=True)
    table_id = models.UUIDField()
    use = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "figures_release"
        indexes = (models.Index(fields=["table_id", "at"], name="figures_release_table"),)
