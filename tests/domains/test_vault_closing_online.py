"""While an epoch is closed: both are read, one is written, values stay unique, and nobody is waited for."""

import os
import signal
import time
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, connections, transaction

from tests.cast.holder import holding_process, said_by
from tests.domains.test_vault_closing import (
    copies,
    numbered_member,
    opens_with_any,
    surviving_keks,
)
from tests.domains.test_vault_gate import opened
from yaksok.database.roles import keeper
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Busy, Shredded
from yaksok.kernel.ids import SubjectId
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.vault import closing, epochs, gate, presence
from yaksok.privacy.vault.closing import destroying, fencing, locking

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

Point = closing.Point


def at(point: Point, act: Callable[[], object]) -> Callable[[closing.Progress], None]:
    """Do ``act`` once, the first time the close passes ``point``."""
    done: list[object] = []

    def watch(progress: closing.Progress) -> None:
        if progress.point is point and not done:
            done.append(None)
            act()

    return watch


def erase(subject: SubjectId) -> None:
    with keeper():
        gate.erase(subject, actor=Actor.member(subject), purpose=Purpose.RIGHTS, reason="left")


def found(number: int) -> SubjectId | None:
    with keeper():
        name = gate.find(
            RecordKind.MEMBERSHIP,
            Item.LOGIN_ID,
            f"member{number}",
            purpose=Purpose.MEMBER_SERVICE,
            actor=Actor.visitor(),
        )
    return name[0] if name else None


def joins(number: int) -> SubjectId:
    with keeper():
        return numbered_member(number)


@pytest.mark.parametrize("point", [Point.BEGUN, Point.COPIED, Point.READY])
def test_everything_can_be_done_in_between(point: Point) -> None:
    old, moves, leaves = joins(1), joins(2), joins(3)
    stolen = {copy.place.subject: copy for copy in copies()}
    came: list[SubjectId] = []

    def in_between() -> None:
        with keeper():
            epoch = epochs.current()
            assert (epoch.number, [one.number for one in epoch.closing]) == (2, [1])
            assert opened(old, Item.EMAIL)[Item.EMAIL].reveal() == "m1@mail.example"
        assert found(1) == old
        with pytest.raises(gate.AlreadyHeld):
            joins(1)
        came.append(joins(4))
        with pytest.raises(gate.AlreadyHeld):
            joins(4)
        assert found(4) == came[0]
        with keeper():
            gate.amend(
                moves,
                RecordKind.MEMBERSHIP,
                {Item.LOGIN_ID: "member9", Item.EMAIL: "m9@mail.example"},
                purpose=Purpose.RIGHTS,
                actor=Actor.member(moves),
            )
        assert (found(2), found(9)) == (None, moves)
        erase(leaves)
        came.append(joins(3))
        came.append(joins(2))

    closing.close(at(point, in_between))

    assert [found(number) for number in (1, 9, 4, 3, 2)] == [old, moves, *came]
    assert not opens_with_any(stolen[leaves], surviving_keks())
    with keeper():
        for subject in (old, moves, *came):
            assert Item.EMAIL in opened(subject, Item.EMAIL)
        with pytest.raises(Shredded):
            opened(leaves, Item.EMAIL)
    with pytest.raises(gate.AlreadyHeld):
        joins(9)


def test_who_is_erased_after_their_key_moved_is_dead_when_the_close_ends() -> None:
    gone = joins(1)
    joins(2)
    stolen: list[bytes] = []

    def leave() -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM vault.vault_record_key_next")
            assert cursor.fetchone() == (2,)
            cursor.execute(
                "SELECT wrapped FROM vault.vault_record_key_next WHERE subject_id = %s", [gone]
            )
            stolen.extend(bytes(wrapped) for (wrapped,) in cursor.fetchall())
        erase(gone)

    receipt = closing.close(at(Point.READY, leave))

    assert (receipt.epoch, receipt.late, receipt.survivors) == (2, 0, 1)
    assert len(stolen) == 1
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT late FROM vault_closing ORDER BY epoch")
        assert cursor.fetchall() == [(1,), (0,)]
        cursor.execute("SELECT number FROM vault_epoch WHERE kek <> ''")
        assert cursor.fetchall() == [(3,)], "what wrapped the stolen key is destroyed, too"


def test_rows_that_vanished_without_a_word_do_not_come_back() -> None:
    gone, stays = joins(1), joins(2)

    def vanish() -> None:
        with keeper(), connection.cursor() as cursor:
            for table in ("vault_record_key", "vault_record", "vault_blind_index"):
                cursor.execute(f"DELETE FROM {table} WHERE subject_id = %s", [gone])

    assert closing.close(at(Point.READY, vanish)).survivors == 1
    assert (found(1), found(2)) == (None, stays)


def test_a_row_too_few_stops_the_swap() -> None:
    joins(1)
    stays = joins(2)

    def lose() -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute("DELETE FROM vault.vault_record_key_next WHERE subject_id = %s", [stays])

    with pytest.raises(closing.NothingLost, match="1 records of 2"):
        closing.close(at(Point.ALL_COPIED, lose))
    assert found(2) == stays
    with keeper():
        assert Item.EMAIL in opened(stays, Item.EMAIL)
    assert len(surviving_keks()) == 2


def rights(table: str) -> list[tuple[str, str]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT grantee, privilege_type FROM information_schema.role_table_grants"
            " WHERE table_schema = 'vault' AND table_name = %s ORDER BY 1, 2",
            [table],
        )
        return list(cursor.fetchall())


def shape(table: str) -> list[tuple[object, ...]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s ORDER BY 1", [table])
        indices = cursor.fetchall()
        cursor.execute(
            "SELECT attname, atttypid, attnotnull, attstattarget FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 ORDER BY attnum",
            [f"vault.{table}"],
        )
        return [*indices, *cursor.fetchall()]


@pytest.mark.parametrize("table", ["vault_record_key", "vault_blind_index"])
def test_the_new_table_is_like_the_old_one_and_closed_to_the_storefront(table: str) -> None:
    joins(1)
    closing.close()  # what an unfinished close of another test left behind is gone with its table
    before = rights(table), shape(table)
    assert {who for who, _ in before[0]} == {"yaksok_owner", "yaksok_keeper"}
    closing.close()
    assert (rights(table), shape(table)) == before
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SELECT 1 FROM vault.{table}")


def test_what_must_pass_before_the_destruction_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    stays = joins(1)
    monkeypatch.setattr(destroying, "_checks", {})

    def fail(epoch: int) -> None:
        assert epoch == 1
        msg = "the rehearsal found no key"
        raise Busy(msg)

    closing.before_destroying("rehearsal", fail)
    with pytest.raises(Busy, match="rehearsal"):
        closing.close()
    assert len(surviving_keks()) == 2
    assert found(1) == stays
    closing.before_destroying("rehearsal", lambda _: None)
    assert closing.close().epoch == 1
    assert len(surviving_keks()) == 1


def test_only_one_process_closes() -> None:
    joins(1)

    def another() -> None:
        with pytest.raises(Busy, match="another process"):
            closing.close()
        assert closing.close_if_due() is None

    assert closing.close(at(Point.BEGUN, another)).epoch == 1


def worker_rows() -> list[tuple[str, list[int]]]:
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT name, holds FROM vault_worker ORDER BY name")
        return list(cursor.fetchall())


def test_a_worker_that_answers_drops_the_old_key_at_once() -> None:
    joins(1)
    assert found(1), "this process holds the keys, too"
    worker = holding_process()
    try:
        assert [holds for _, holds in worker_rows()] == [[1], [1]]
        began = time.monotonic()
        receipt = closing.close()
        assert time.monotonic() - began < presence.BEAT_SECONDS + 3
        assert receipt.fenced == 0
        assert all(1 not in holds for _, holds in worker_rows())
        assert said_by(worker, "go on") == "2"
    finally:
        worker.communicate(timeout=30)
    assert worker.returncode == 0
    assert presence.own_name() in {name for name, _ in worker_rows()}
    assert len(worker_rows()) == 1, "who ends says so"


def test_a_worker_that_does_not_answer_is_cut_off_before_anything_is_destroyed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fencing, "SILENT_SECONDS", 1.0)
    joins(1)
    worker = holding_process()
    os.kill(worker.pid, signal.SIGSTOP)
    try:
        receipt = closing.close()
        assert (receipt.epoch, receipt.fenced) == (1, 1)
        assert len(surviving_keks()) == 1
    finally:
        os.kill(worker.pid, signal.SIGCONT)
    assert said_by(worker, "go on") in {"OperationalError", "2"}
    assert said_by(worker, "go on") == "2"
    worker.communicate(timeout=30)


def test_a_worker_that_was_killed_keeps_nobody_waiting() -> None:
    joins(1)
    worker = holding_process()
    worker.kill()
    worker.communicate(timeout=30)
    began = time.monotonic()
    assert closing.close().fenced == 1
    assert time.monotonic() - began < fencing.SILENT_SECONDS


def test_who_keeps_the_lock_away_is_cut_off_and_writes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(locking, "FENCE_AFTER_SECONDS", 1.0)
    joins(1)
    worker = holding_process()
    assert said_by(worker, "wait") == "waiting 1"
    assert closing.close().epoch == 1
    assert said_by(worker, "end the transaction") == "OperationalError"
    worker.communicate(timeout=30)


def test_keys_leave_the_memory_when_nobody_needs_them(monkeypatch: pytest.MonkeyPatch) -> None:
    epochs.presence.leave()
    monkeypatch.setattr(presence, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr(presence, "IDLE_SECONDS", 0.2)
    joins(1)
    with keeper():
        epochs.current()
    assert epochs.held() == [1]
    until = time.monotonic() + 10
    while epochs.held() and time.monotonic() < until:
        time.sleep(0.05)
    assert epochs.held() == []
    assert worker_rows() == []
    assert found(1) is not None


def test_status_says_where_the_epochs_stand() -> None:
    with keeper():
        assert closing.status().number == 0
    joins(1)
    with keeper():
        before = closing.status()
    assert (before.number, before.records, before.entries, before.step) == (1, 1, 2, "")
    assert before.last is None
    assert before.due is not None
    assert before.unreadable_by == before.due - epochs.LENGTH + epochs.LAWFUL

    def look() -> None:
        with keeper():
            assert closing.status().step == "swap"

    closing.close(at(Point.READY, look))
    with keeper():
        after = closing.status()
    assert after.number == 2
    assert after.last is not None
    assert (after.last.epoch, after.last.survivors, after.last.provider) == (1, 1, "file")
    assert all(2 in worker.holds or not worker.holds for worker in after.workers)
