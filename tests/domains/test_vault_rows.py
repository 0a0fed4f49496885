"""What somebody with a hand in the tables can do to a record: have it refused, and nothing else."""

import itertools
from collections.abc import Callable, Sequence
from uuid import UUID

import pytest
from django.db import connection, transaction

from tests.cast.dice import FULL
from tests.cast.orders import ordered
from tests.domains.test_vault_gate import MEMBER, a_member, opened
from yaksok.database.roles import keeper
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound, Shredded, Tampered
from yaksok.kernel.ids import RecordId, SubjectId, new_subject_id
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.vault import epochs, faults, gate, reading, store

pytestmark = pytest.mark.django_db

STEP = 1 if FULL else 5
"""Every how manieth bit of a row is turned over."""

COLUMNS = {"vault_record": ("sealed",), "vault_record_key": ("wrapped", "commitment")}
IDS = ("subject_id", "record_id")


def tried(*statements: tuple[str, Sequence[object]], then: Callable[[], object]) -> None:
    """Do ``statements`` to the tables, then ``then``, and put everything back."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for statement, values in statements:
                cursor.execute(statement, values)  # type: ignore[arg-type]  # ids and bytes
                assert cursor.rowcount == 1
        then()
        transaction.set_rollback(True)
    epochs.forget_keys()


def row_of(subject: SubjectId) -> store.Row:
    (row,) = store.of_subject(epochs.root().tenant, subject, None)
    return row


def content(subject: SubjectId) -> object:
    return reading.content_of(row_of(subject).record)


ENTRY = "kind = 'membership.email' AND subject_id = %s"


CLOSED_EPOCH = (
    "INSERT INTO vault_epoch (number, root_version, kek, index_key, opened_at, closed_at)"
    " VALUES (900, %s, %s, %s, now(), now())"
)


def stored(subject: SubjectId, table: str, column: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE subject_id = %s", [subject])
        (value,) = cursor.fetchone()
    return bytes(value)


def refused(subject: SubjectId) -> Callable[[], None]:
    def opening() -> None:
        with pytest.raises(faults.Fault):
            content(subject)

    return opening


def bits(value: bytes) -> list[bytes]:
    found = []
    for bit in range(0, len(value) * 8, STEP):
        changed = bytearray(value)
        changed[bit // 8] ^= 1 << (bit % 8)
        found.append(bytes(changed))
    return found


def test_any_bit_of_any_stored_byte_that_is_turned_over_is_refused() -> None:
    with keeper():
        subject = a_member()
        content(subject)
        for table, columns in COLUMNS.items():
            for column in columns:
                for changed in bits(stored(subject, table, column)):
                    tried(
                        (
                            f"UPDATE {table} SET {column} = %s WHERE subject_id = %s",
                            [changed, subject],
                        ),
                        then=refused(subject),
                    )
        content(subject)


@pytest.mark.parametrize("column", IDS)
def test_a_row_whose_id_is_changed_is_refused(column: str) -> None:
    with keeper():
        subject = a_member()
        place = row_of(subject).record.place
        known = place.subject if column == "subject_id" else place.record
        for changed in bits(known.bytes):
            other = UUID(bytes=changed)
            whose = SubjectId(other) if column == "subject_id" else subject
            tried(
                *(
                    (
                        f"UPDATE {table} SET {column} = %s WHERE subject_id = %s",
                        [other, subject],
                    )
                    for table in COLUMNS
                ),
                then=refused(whose),
            )


def test_an_id_that_is_changed_in_one_table_alone_leads_to_nothing() -> None:
    with keeper():
        subject, other = a_member(), new_subject_id()

        def nothing_is_there() -> None:
            assert store.of_subject(epochs.root().tenant, subject, None) == []
            with pytest.raises(NotFound):
                opened(subject, Item.EMAIL)

        for table in COLUMNS:
            tried(
                (
                    f"UPDATE {table} SET subject_id = %s WHERE subject_id = %s",
                    [other, subject],
                ),
                then=nothing_is_there,
            )


def test_a_record_that_is_called_another_kind_is_refused() -> None:
    with keeper():
        subject = a_member()
        for kind in RecordKind:
            if kind is not RecordKind.MEMBERSHIP:
                tried(
                    (
                        "UPDATE vault_record SET kind = %s WHERE subject_id = %s",
                        [kind.value, subject],
                    ),
                    then=refused(subject),
                )


def test_an_epoch_that_is_changed_is_a_wrong_epoch_and_never_called_erased() -> None:
    with keeper():
        subject = a_member()
        number = row_of(subject).record.epoch

        def is_wrong() -> None:
            with pytest.raises(faults.WrongEpoch):
                content(subject)

        for bit in range(31):
            tried(
                (
                    "UPDATE vault_record_key SET epoch = %s WHERE subject_id = %s",
                    [number ^ (1 << bit), subject],
                ),
                then=is_wrong,
            )


def test_a_key_of_an_epoch_that_was_destroyed_is_called_erased() -> None:
    with keeper():
        subject = a_member()
        version = epochs.root().new_version()
        epochs.root().destroy(version)
        kek = b"x" * 60

        def is_gone() -> None:
            with pytest.raises(Shredded):
                content(subject)

        tried(
            (
                CLOSED_EPOCH,
                [version, kek, kek],
            ),
            ("UPDATE vault_record_key SET epoch = 900 WHERE subject_id = %s", [subject]),
            then=is_gone,
        )


def test_any_two_rows_exchanged_are_refused() -> None:
    parts: list[dict[str, tuple[str, ...]]] = [
        {"vault_record": ("sealed",)},
        {"vault_record_key": ("wrapped", "commitment")},
        {"vault_record_key": ("wrapped",)},
        {"vault_record_key": ("commitment",)},
        {"vault_record": ("sealed",), "vault_record_key": ("wrapped", "commitment")},
    ]
    with keeper():
        order = ordered()
        people = [
            a_member(),
            a_member({**MEMBER, Item.LOGIN_ID: "another", Item.EMAIL: "another@mail.example"}),
            order.place[0],
        ]
        for one, other in itertools.permutations(people, 2):
            for part in parts:
                statements: list[tuple[str, Sequence[object]]] = []
                for table, columns in part.items():
                    for mine, theirs in ((one, other), (other, one)):
                        values = [stored(theirs, table, column) for column in columns]
                        sets = ", ".join(f"{column} = %s" for column in columns)
                        statements.append(
                            (
                                f"UPDATE {table} SET {sets} WHERE subject_id = %s",
                                [*values, mine],
                            )
                        )
                tried(*statements, then=refused(one))
                tried(*statements, then=refused(other))


def sought(value: str) -> gate.Name | None:
    return gate.find(
        RecordKind.MEMBERSHIP,
        Item.EMAIL,
        value,
        purpose=Purpose.MEMBER_SERVICE,
        actor=Actor.visitor(),
    )


def test_an_index_that_leads_to_somebody_else_is_refused() -> None:
    email = "another@mail.example"
    with keeper():
        one = a_member()
        other = a_member({**MEMBER, Item.LOGIN_ID: "another", Item.EMAIL: email})
        to: tuple[SubjectId, RecordId] = (one, gate.holdings(one)[0].record)

        def is_refused() -> None:
            with pytest.raises(faults.Misplaced):
                sought(email)

        tried(
            (
                f"UPDATE vault_blind_index SET subject_id = %s, record_id = %s WHERE {ENTRY}",
                [*to, other],
            ),
            then=is_refused,
        )
        found = sought(email)
        assert found is not None
        assert found[0] == other


def test_a_changed_index_entry_finds_nobody() -> None:
    with keeper():
        subject = a_member()
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT digest FROM vault_blind_index WHERE {ENTRY}",
                [subject],
            )
            (digest,) = cursor.fetchone()

        def nobody() -> None:
            assert sought(MEMBER[Item.EMAIL]) is None

        for changed in bits(bytes(digest)):
            tried(
                (
                    f"UPDATE vault_blind_index SET digest = %s WHERE {ENTRY}",
                    [changed, subject],
                ),
                then=nobody,
            )


def test_a_page_with_one_altered_record_shows_nobody() -> None:
    with keeper():
        order = ordered()
        name = (order.place[0], gate.holdings(order.place[0])[0].record)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE vault_record SET sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1)"
                " WHERE subject_id = %s",
                [name[0]],
            )
        with pytest.raises(Tampered):
            gate.show_masks(
                [name],
                [Item.NAME],
                kind=RecordKind.ORDER_PAYER,
                purpose=Purpose.ORDER,
                actor=Actor.guest(name[0]),
            )
