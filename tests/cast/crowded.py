"""A mall that has been open for years: as many sealed records as one likes, sealed as the gate seals.

``python -m tests.cast.crowded COUNT`` fills the mall of ``YAKSOK_DATA``, whose database answers.
"""

import os
import sys
from collections.abc import Iterator

from django.db import connections

from yaksok.database.roles import keeper
from yaksok.kernel.ids import new_id, new_subject_id, new_trail_id
from yaksok.policy.vocabulary import Item, RecordKind
from yaksok.privacy.vault import crypto, epochs, indexing, records
from yaksok.privacy.vault.epochs import Epoch
from yaksok.privacy.vault.store import Entry

MEMBERS = 10
"""One in so many is a member, whom the index finds by two items; the others are receivers of parcels."""

BATCH = 10_000


def fill(count: int) -> None:
    """Seal ``count`` records of as many persons under the open epoch."""
    with keeper():
        epoch = epochs.current()
    made = _made(epoch, count)
    owner = connections["owner"]
    while batch := [one for _, one in zip(range(BATCH), made, strict=False)]:
        with owner.cursor() as cursor:
            for table, columns, rows in (
                (
                    "vault_record_key",
                    "subject_id, record_id, epoch, wrapped, commitment",
                    [
                        (
                            one.place.subject,
                            one.place.record,
                            one.epoch,
                            one.key.wrapped,
                            one.key.commitment,
                        )
                        for one, _ in batch
                    ],
                ),
                (
                    "vault_record",
                    "subject_id, record_id, kind, policy_version, sealed",
                    [
                        (one.place.subject, one.place.record, one.place.kind, "1", one.sealed)
                        for one, _ in batch
                    ],
                ),
                (
                    "vault_blind_index",
                    "kind, digest, epoch, subject_id, record_id",
                    [
                        (line.kind, line.digest, line.epoch, line.subject, line.record)
                        for _, lines in batch
                        for line in lines
                    ],
                ),
            ):
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as target:
                    for row in rows:
                        target.write_row(row)
    with owner.cursor() as cursor:
        cursor.execute("ANALYZE vault_record_key; ANALYZE vault_record; ANALYZE vault_blind_index")


def _made(epoch: Epoch, count: int) -> Iterator[tuple[records.Sealed, list[Entry]]]:
    tenant = epochs.root().tenant
    for number in range(count):
        kind = RecordKind.ORDER_RECIPIENT
        items = {
            Item.NAME.value: "홍왜가리",
            Item.PHONE.value: f"010-{number // 10_000 % 10_000:04}-{number % 10_000:04}",
            Item.ADDRESS.value: "서울 종로구 사직로 161, 102동 304호",
        }
        if number % MEMBERS == 0:
            kind = RecordKind.MEMBERSHIP
            items = {
                Item.LOGIN_ID.value: f"crowd{number}",
                Item.EMAIL.value: f"crowd{number}@mail.example",
                Item.AGE_CLASS.value: "14+",
            }
        place = crypto.Place(tenant, new_subject_id(), new_id(), kind.value)
        sealed = records.seal(place, new_trail_id(), items, epoch.kek, epoch.number)
        yield sealed, indexing.entries(epoch, place, items)


def main() -> None:
    """Fill the mall of ``YAKSOK_DATA``."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yaksok.settings.main")
    django.setup()
    fill(int(sys.argv[1]))
    connections.close_all()


if __name__ == "__main__":
    main()
