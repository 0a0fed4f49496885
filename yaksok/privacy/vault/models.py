"""The vault's tables. Only :mod:`yaksok.privacy.vault.store` reads and writes them."""

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
