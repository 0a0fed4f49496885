"""The register of policy versions. What was published is never changed and never deleted."""

from django.db import models


class Version(models.Model):
    """One published document: its own words, what it is known by, and when it takes effect.

    ``lineage`` says which uses are newer than whose consent; ``published_by`` is the subject id of
    the officer, None for the founding version. The pages rendered from it are in :class:`Text`.
    """

    number = models.IntegerField(primary_key=True)
    version = models.TextField(unique=True)
    profile = models.TextField()
    hash = models.TextField()
    source = models.TextField()
    lineage = models.TextField()
    adverse = models.BooleanField()
    announced_at = models.DateTimeField()
    effective_at = models.DateTimeField()
    published_by = models.UUIDField(null=True)

    class Meta:
        db_table = "published_version"


class Text(models.Model):
    """One page of a version in one language, as it was rendered on the day of publication."""

    pk = models.CompositePrimaryKey("number", "page", "language")
    number = models.IntegerField()
    page = models.TextField()
    language = models.TextField()
    content = models.TextField()

    class Meta:
        db_table = "published_text"


class Draft(models.Model):
    """A document that officers are working on. ``base`` is the version it began from.

    ``revision`` counts its saves, so that nobody writes over what they have not seen.
    """

    id = models.UUIDField(primary_key=True)
    base = models.IntegerField()
    source = models.TextField()
    revision = models.IntegerField()
    edited_by = models.UUIDField()
    edited_at = models.DateTimeField()

    class Meta:
        db_table = "published_draft"
