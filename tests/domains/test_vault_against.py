"""What must not keep the vault from forgetting: a wrong clock, a damaged row, a lost word, a page's lock."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.domains.test_vault_closing import (
    copies,
    numbered_member,
    opens_with_any,
    surviving_keks,
)
from yaksok.database.address import STOREFRONT, Address, password_of
from yaksok.database.layout import DataDirectory
from yaksok.database.roles import keeper
from yaksok.journeys import forget
from yaksok.kernel import clock, keyring
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Busy
from yaksok.kernel.ids import SubjectId
from yaksok.kernel.keyring import UnsafeKey
from yaksok.policy.vocabulary import Purpose
from yaksok.privacy.vault import closing, epochs, gate, intents, rehearsed
from yaksok.privacy.vault.closing import destroying, fencing
from yaksok.privacy.vault.roots import journal, unlocking

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

AN_ADVISORY_LOCK = 0x7961_6B73_6F6B
"""By which the closing process was once told from others."""


def erase(subject: SubjectId) -> None:
    with keeper():
        gate.erase(subject, actor=Actor.member(subject), purpose=Purpose.RIGHTS, reason="left")


def joins(number: int = 1) -> SubjectId:
    with keeper():
        return numbered_member(number)


@pytest.fixture
def own_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(intents.CHOOSES, str(tmp_path / "intents"))
    return tmp_path / "intents"


def goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server commits, and the word that it did is lost on the way."""
    commit = BaseDatabaseWrapper.__dict__["_commit"]
    left = [None]

    def committed_and_lost(self: BaseDatabaseWrapper) -> None:
        commit(self)
        if left:
            left.pop()
            self.close()
            msg = "server closed the connection unexpectedly"
            raise OperationalError(msg)

    monkeypatch.setattr(BaseDatabaseWrapper, "_commit", committed_and_lost)


def test_an_erasure_whose_word_was_lost_is_not_void(
    own_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject = joins()
    with monkeypatch.context() as lost:
        goes_away(lost)
        with pytest.raises(OperationalError):
            erase(subject)
    with keeper():
        assert gate.holdings(subject) == (), "it was committed"
    (intent,) = intents.read(own_ledger)
    assert intent.stands, "a restore must erase it again"
    assert intent.outcome == intents.DONE


def test_a_ledger_that_takes_no_mark_hides_no_error(
    own_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject = joins()
    append = intents._append

    def full(where: Path, lines: list[dict[str, object]], *, durable: bool) -> None:
        if not durable:
            msg = "no room"
            raise intents.LedgerUnavailable(msg)
        append(where, lines, durable=durable)

    monkeypatch.setattr(intents, "_append", full)
    with pytest.raises(ZeroDivisionError), keeper():
        gate.erase(subject, actor=Actor.member(subject), purpose=Purpose.RIGHTS, reason="left")
        raise ZeroDivisionError
    (intent,) = intents.read(own_ledger)
    assert intent.outcome == ""


@pytest.mark.parametrize("column", ["wrapped", "commitment"])
def test_a_record_that_does_not_open_can_be_erased(column: str) -> None:
    subject = joins()
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            f"UPDATE vault_record_key SET {column} = set_byte({column}, 30,"
            f" get_byte({column}, 30) # 1) WHERE subject_id = %s",
            [subject],
        )
        assert cursor.rowcount == 1
    erase(subject)
    with keeper():
        assert gate.holdings(subject) == ()
    stays = joins(2)
    assert closing.close().survivors == 1, "one damaged row keeps nobody's erased data alive"
    with keeper():
        assert gate.holdings(stays)


def test_an_epoch_that_began_under_a_wrong_clock_ends(standing_clock: FixedClock) -> None:
    standing_clock.move(timedelta(days=3_650))
    gone = joins()
    (stolen,) = copies()
    standing_clock.move(timedelta(days=-3_650))
    erase(gone)

    assert forget.close_epoch_if_due() is not None

    assert not opens_with_any(stolen, surviving_keks())
    with keeper():
        assert gate.unreadable_by() <= clock.now() + epochs.LAWFUL
    assert forget.close_epoch_if_due() is None, "once"
    standing_clock.move(timedelta(minutes=-1))
    assert forget.close_epoch_if_due() is None, "two machines may differ by a little"


def test_a_rehearsal_is_not_waited_for_until_the_end_of_a_wrong_clock(
    standing_clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(destroying, "_checks", {})

    def fail(_: int) -> None:
        msg = "it did not pass"
        raise Busy(msg)

    closing.before_destroying("rehearsal", fail)
    standing_clock.move(timedelta(days=3_650))
    joins()
    standing_clock.move(timedelta(days=-3_650))
    with pytest.raises(Busy):
        closing.close()
    with keeper():
        assert not rehearsed.overdue(1)
    standing_clock.move(timedelta(days=5))
    with keeper():
        assert rehearsed.overdue(1)


@pytest.fixture
def page(database_address: Address) -> Iterator[psycopg.Connection]:
    """Somebody who can slip statements into a page."""
    secret = password_of(DataDirectory.from_environment(), STOREFRONT)
    name = str(connection.settings_dict["NAME"])
    entry = database_address.entry(STOREFRONT, secret, name)
    with psycopg.connect(**entry, autocommit=True) as line:
        yield line


def test_no_statement_in_a_page_keeps_an_epoch_from_closing(page: psycopg.Connection) -> None:
    joins()
    page.execute("SELECT pg_advisory_lock(%s)", [AN_ADVISORY_LOCK])
    for mode in ("ACCESS SHARE", "SHARE UPDATE EXCLUSIVE", "ACCESS EXCLUSIVE"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), page.transaction():
            page.execute(f"LOCK TABLE vault.vault_closing IN {mode} MODE")
    assert closing.close().epoch == 1
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        keeper(),
        connection.cursor() as cursor,
    ):
        cursor.execute("LOCK TABLE vault.vault_closing IN SHARE UPDATE EXCLUSIVE MODE")


def test_who_takes_an_old_key_during_a_long_rehearsal_is_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(destroying, "_checks", {})
    monkeypatch.setattr(fencing, "SILENT_SECONDS", 0.0)
    joins()

    def somebody(epoch: int) -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute(
                "INSERT INTO vault_worker (name, backend, began_at, seen_at, holds)"
                " VALUES ('late', 0, clock_timestamp(), clock_timestamp(), %s)",
                [[epoch]],
            )

    closing.before_destroying("rehearsal", somebody)
    assert closing.close().epoch == 1
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM vault_worker WHERE name = 'late'")
        assert cursor.fetchone() == (0,)


def test_a_close_by_hand_after_one_that_was_cut_off_forgets_what_was_erased_since(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(destroying, "_checks", {})
    joins()

    def cut(progress: closing.Progress) -> None:
        if progress.point is closing.Point.BEGUN:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        closing.close(cut)
    late = joins(2)
    (stolen,) = [copy for copy in copies() if copy.place.subject == late]
    erase(late)
    forget.close_epoch()
    assert not opens_with_any(stolen, surviving_keks())


@pytest.fixture
def half_moved(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """The root keys lie with a new provider, and the old one still has them."""

    def begin() -> None:
        journal.write(keyring.directory(), journal.Way("transit", "file"))

    yield begin
    (keyring.directory() / journal.NAME).unlink(missing_ok=True)


def test_no_mall_opens_and_no_epoch_ends_before_a_move_is_finished(
    half_moved: Callable[[], None],
    database_address: Address,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(destroying, "_checks", {})
    joins()
    (stolen,) = copies()
    with keeper():
        opened_at = epochs.current().opened_at
    half_moved()
    data = DataDirectory.from_environment()
    here = Address(database_address.place, str(connection.settings_dict["NAME"]), "", "")
    monkeypatch.setattr(unlocking, "address_of", lambda _: here)
    with pytest.raises(UnsafeKey, match="was not emptied yet"):
        unlocking.unlock(data)
    with pytest.raises(UnsafeKey, match="yaksok root move --to file"):
        closing.close()
    assert opens_with_any(stolen, surviving_keks()), "nothing was destroyed"
    journal.done(keyring.directory())
    assert unlocking.unlock(data) == 1
    assert unlocking.oldest(data) == (1, opened_at)
    assert closing.finish() is not None
    assert (unlocking.oldest(data) or (0, None))[0] == 2
    assert not opens_with_any(stolen, surviving_keks())
