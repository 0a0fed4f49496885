"""Closing an epoch: survivors live on, and what was erased is unreadable in every copy."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections

from tests.domains.test_vault_gate import MEMBER, a_member, opened
from yaksok.database.roles import keeper
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Shredded, Tampered
from yaksok.kernel.ids import SubjectId
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.vault import closing, crypto, epochs, gate, records, store
from yaksok.privacy.vault.cipher import Kek
from yaksok.privacy.vault.roots.port import Foreign, label

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def numbered_member(number: int) -> SubjectId:
    return a_member(
        {
            **MEMBER,
            Item.LOGIN_ID: f"member{number}",
            Item.EMAIL: f"m{number}@mail.example",
        }
    )


def copies() -> list[records.Sealed]:
    """Every sealed record with its wrapped key: what a thief of yesterday's backup has."""
    with keeper(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {store.COLUMNS} FROM {store.JOINED}")
        return [
            records.Sealed(
                crypto.Place(epochs.root().tenant, row[0], row[1], row[2]),
                row[3],
                crypto.SealedKey(bytes(row[4]), bytes(row[5])),
                bytes(row[6]),
            )
            for row in cursor.fetchall()
        ]


def surviving_keks() -> list[Kek]:
    """Every key-encryption key that can still be unwrapped by anything that exists."""
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT number, root_version, kek FROM vault_epoch ORDER BY number")
        rows = cursor.fetchall()
    keks = []
    for number, version, wrapped in rows:
        try:
            keks.append(Kek(epochs.root().unwrap(version, bytes(wrapped), label("kek", number))))
        except (Shredded, Foreign):
            continue
    return keks


def opens_with_any(record: records.Sealed, keks: list[Kek]) -> bool:
    for kek in keks:
        try:
            records.unseal(record, kek)
        except Tampered:
            continue
        return True
    return False


def test_an_old_copy_of_the_erased_opens_before_the_close_and_never_after() -> None:
    with keeper():
        gone, stays = numbered_member(1), numbered_member(2)
    backup = {record.place.subject: record for record in copies()}
    with keeper():
        gate.erase(gone, actor=Actor.member(gone), purpose=Purpose.RIGHTS, reason="left")
    assert opens_with_any(backup[gone], surviving_keks()), "the attack must work before"

    receipt = closing.close()

    assert (receipt.survivors, receipt.index_entries) == (1, 2)
    assert not opens_with_any(backup[gone], surviving_keks())
    with keeper():
        assert opened(stays, Item.EMAIL)[Item.EMAIL].reveal() == "m2@mail.example"


def test_survivors_are_found_under_the_new_index_key() -> None:
    with keeper():
        stays = numbered_member(1)
    before = index_digests()
    closing.close()
    assert index_digests().isdisjoint(before)
    with keeper():
        found = gate.find(
            RecordKind.MEMBERSHIP,
            Item.LOGIN_ID,
            "member1",
            purpose=Purpose.MEMBER_SERVICE,
            actor=Actor.visitor(),
        )
    assert found is not None
    assert found[0] == stays


def index_digests() -> set[bytes]:
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM vault_blind_index")
        return {bytes(digest) for (digest,) in cursor.fetchall()}


def test_the_day_must_be_over(standing_clock: FixedClock) -> None:
    with keeper():
        numbered_member(1)
        assert gate.unreadable_by() == clock.now() + epochs.LAWFUL
    assert closing.close_if_due() is None
    standing_clock.move(timedelta(days=1))
    receipt = closing.close_if_due()
    assert receipt is not None
    assert receipt.epoch == 1
    assert closing.close_if_due() is None


def test_a_close_cut_short_before_the_destruction_is_finished_at_the_next_start() -> None:
    with keeper():
        stays = numbered_member(1)

    def power_cut(progress: closing.Progress) -> None:
        if progress.point is closing.Point.REHEARSED:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        closing.close(power_cut)
    assert len(surviving_keks()) == 2
    receipt = closing.close_if_due()
    assert receipt is not None
    assert (receipt.epoch, receipt.survivors) == (1, 1)
    assert len(surviving_keks()) == 1
    with keeper():
        assert Item.EMAIL in opened(stays, Item.EMAIL)


def test_a_key_that_does_not_open_stops_the_close_and_not_the_mall() -> None:
    with keeper():
        stays, broken = numbered_member(1), numbered_member(2)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE vault_record_key SET commitment = '\\x00' WHERE subject_id = %s", [broken]
            )
    for _ in range(2):
        with pytest.raises(Tampered):
            closing.close()
        assert len(surviving_keks()) == 2, "nothing is destroyed before it is mended"
        with keeper():
            assert Item.EMAIL in opened(stays, Item.EMAIL)
    with keeper():
        comes = numbered_member(3)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM vault_record_key WHERE subject_id = %s", [broken])
            cursor.execute("DELETE FROM vault_record WHERE subject_id = %s", [broken])
            cursor.execute("DELETE FROM vault_blind_index WHERE subject_id = %s", [broken])
    assert closing.close().survivors == 2
    assert len(surviving_keks()) == 1
    with keeper():
        assert Item.EMAIL in opened(stays, Item.EMAIL)
        assert Item.EMAIL in opened(comes, Item.EMAIL)


def test_people_who_come_during_a_close_are_neither_lost_nor_locked_out() -> None:
    with keeper():
        numbered_member(0)
    failures: list[BaseException] = []

    def come(first: int) -> None:
        try:
            for number in range(first, first + 20):
                with keeper():
                    subject = numbered_member(number)
                with keeper():
                    assert Item.EMAIL in opened(subject, Item.EMAIL)
                    gate.amend(
                        subject,
                        RecordKind.MEMBERSHIP,
                        {Item.PHONE: "010-0000-0000"},
                        purpose=Purpose.RIGHTS,
                        actor=Actor.member(subject),
                    )
        except BaseException as error:  # noqa: BLE001 - a thread's failure is the test's
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=come, args=(100 * n,)) for n in (1, 2)]
    for thread in threads:
        thread.start()
    closed = [closing.close().epoch for _ in range(3)]
    for thread in threads:
        thread.join()
    assert failures == []
    assert closed == [1, 2, 3]
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM vault_record_key WHERE epoch = 4")
        assert cursor.fetchone() == (41,)
        cursor.execute("SELECT count(*) FROM vault_blind_index")
        assert cursor.fetchone() == (82,)
