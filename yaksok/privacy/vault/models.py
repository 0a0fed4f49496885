"""The vault's tables. Only :mod:`yaksok.privacy.vault.store` reads and writes them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class RecordKey(models.Model):
    """The wrapped data key of one record. When this row and its epoch are gone, so is the record."""

    pk = models.CompositePrimaryKey("subject_id", "record_id")
    subject_id = models.UUIDField()
    record_id = models.UUIDField()
    epoch = models.IntegerField()
    wrapped = models.BinaryField()
    commitment = models.BinaryField()

    class Meta:
        db_table = "vault_record_key"


class Record(models.Model):
    """One sealed record: ciphertext, and beside it only what erasing needs to know."""

    pk = models.CompositePrimaryKey("subject_id", "record_id")
    subject_id = models.UUIDField()
    record_id = models.UUIDField()
    kind = models.TextField()
    policy_version = models.TextField()
    destroy_after = models.DateTimeField(null=True)
    sealed = models.BinaryField()

    class Meta:
        db_table = "vault_record"
        indexes = (
            models.Index(
                fields=["destroy_after"],
                name="vault_record_due",
                condition=models.Q(destroy_after__isnull=False),
            ),
        )


class BlindIndex(models.Model):
    """Finds a record by one item's value without holding the value: a keyed digest, 128 bits."""

    pk = models.CompositePrimaryKey("kind", "digest")
    kind = models.TextField()
    digest = models.BinaryField()
    epoch = models.IntegerField(db_default=0)
    subject_id = models.UUIDField()
    record_id = models.UUIDField()

    class Meta:
        db_table = "vault_blind_index"
        indexes = (
            models.Index(fields=["subject_id", "record_id"], name="vault_blind_index_owner"),
        )


class Epoch(models.Model):
    """One period of keys. ``root_version`` names the root key that unwraps the two others."""

    number = models.IntegerField(primary_key=True)
    root_version = models.IntegerField()
    kek = models.BinaryField()
    index_key = models.BinaryField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "vault_epoch"


class Erasure(models.Model):
    """The intent to erase: random ids only. It proves that something is gone, not what it was."""

    pk = models.CompositePrimaryKey("subject_id", "record_id")
    subject_id = models.UUIDField()
    record_id = models.UUIDField()
    kind = models.TextField()
    at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        db_table = "vault_erasure"


class Closing(models.Model):
    """One close of an epoch: how far it has come, and afterwards its receipt."""

    epoch = models.IntegerField(primary_key=True)
    successor = models.IntegerField()
    step = models.TextField()
    begun_at = models.DateTimeField()
    copied = models.BigIntegerField()
    survivors = models.BigIntegerField(null=True)
    index_entries = models.BigIntegerField(null=True)
    late = models.BigIntegerField(null=True)
    fenced = models.IntegerField()
    swapped_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    effective_at = models.DateTimeField(null=True)
    provider = models.TextField()
    evidence = models.TextField()

    class Meta:
        db_table = "vault_closing"


class Worker(models.Model):
    """A process that holds keys: what it said last, and when."""

    name = models.TextField(primary_key=True)
    backend = models.IntegerField()
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    holds = ArrayField(models.IntegerField())

    class Meta:
        db_table = "vault_worker"
