"""The guard's table. Written by :mod:`yaksok.guard.throttle` only."""

from django.db import models


class Tally(models.Model):
    """How often something was attempted within one window.

    ``digest`` is a keyed hash of what is counted (a log-in id, an address): without the key it
    tells nothing, and the row dies after its window.
    """

    digest = models.BinaryField(primary_key=True)
    spent = models.IntegerField()
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "guard_tally"
        indexes = (models.Index(fields=["ends_at"], name="guard_tally_ends"),)
