"""The ledger of erasures outside the database: written first, chained, and right after a crash."""

import json
from pathlib import Path

import pytest
from django.db import connection

from tests.domains.test_vault_closing import numbered_member
from tests.domains.test_vault_gate import a_member
from yaksok.database.roles import keeper
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.ids import SubjectId
from yaksok.policy.vocabulary import Purpose
from yaksok.privacy.vault import gate, intents

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    where = tmp_path / "intents"
    monkeypatch.setenv(intents.CHOOSES, str(where))
    return where


def erase(subject: SubjectId) -> None:
    gate.erase(subject, actor=Actor.member(subject), purpose=Purpose.RIGHTS, reason="left")


def lives(subject: SubjectId) -> bool:
    with keeper():
        return bool(gate.holdings(subject))


def test_an_intent_is_on_the_disk_before_the_erasure_is_and_marked_after(ledger: Path) -> None:
    with keeper():
        subject = a_member()
    with keeper():
        erase(subject)
        (open_one,) = intents.read(ledger)
        assert open_one.outcome == ""
        assert open_one.subject == subject
    (done,) = intents.read(ledger)
    assert done.outcome == "done"
    assert done.stands


def test_what_rolled_back_is_void(ledger: Path) -> None:
    with keeper():
        subject = a_member()
    with pytest.raises(ZeroDivisionError), keeper():
        erase(subject)
        raise ZeroDivisionError
    (void,) = intents.read(ledger)
    assert not void.stands
    assert lives(subject)


def test_nothing_is_erased_that_cannot_be_written_down(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with keeper():
        subject = a_member()
    ledger.write_text("in the way", encoding="ascii")
    with pytest.raises(intents.LedgerUnavailable, match="free space there"), keeper():
        erase(subject)
    assert lives(subject)


def test_no_line_tells_who_it_was(ledger: Path) -> None:
    with keeper():
        subject = a_member()
        erase(subject)
    (path,) = intents.files(ledger)
    assert path.stat().st_mode & 0o077 == 0
    text = path.read_text("utf-8")
    assert "canary" not in text.lower()
    names = {name for line in text.splitlines() for name in json.loads(line.partition(" ")[2])}
    assert names == {"follows", "id", "at", "subject", "records", "reason", "done"}


def fill(ledger: Path, number: int = 3) -> Path:
    for _ in range(number):
        with keeper():
            subject = a_member()
        with keeper():
            erase(subject)
    (path,) = intents.files(ledger)
    return path


@pytest.mark.parametrize("harm", ["change", "remove", "swap"])
def test_a_line_that_was_tampered_with_is_noticed(ledger: Path, harm: str) -> None:
    path = fill(ledger)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    if harm == "change":
        lines[1] = lines[1].replace('"left"', '"kept"')
    elif harm == "remove":
        del lines[2]
    else:
        lines[3], lines[4] = lines[4], lines[3]
    path.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(intents.LedgerBroken, match="does not follow"):
        intents.read(ledger)


def test_a_line_that_a_power_cut_left_half_written_is_cut_off(ledger: Path) -> None:
    path = fill(ledger, 2)
    with path.open("ab") as file:
        file.write(b'0123456789abcdef {"id":"')
    assert len(intents.read(ledger)) == 2
    fill(ledger, 1)
    assert [one.outcome for one in intents.read(ledger)] == ["done"] * 3


def test_a_crash_between_intent_and_mark_is_settled_by_the_database(
    ledger: Path, standing_clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with keeper():
        gone, stays = a_member(), None
    with monkeypatch.context() as power_cut:
        power_cut.setattr(intents, "_append_mark", lambda *_: None)
        with keeper():
            erase(gone)
        with keeper():
            stays = a_member()
        with pytest.raises(ZeroDivisionError), keeper():
            erase(stays)
            raise ZeroDivisionError
    assert all(one.stands and not one.outcome for one in intents.read(ledger))
    with keeper():
        assert intents.settle() == 0, "they may be under way"
    standing_clock.move(intents.UNSETTLED * 2)
    with keeper():
        assert intents.settle() == 2
    assert {one.subject: one.outcome for one in intents.read(ledger)} == {
        gone: "done",
        stays: "void",
    }


def test_a_new_month_begins_a_file_that_follows_the_last(
    ledger: Path, standing_clock: FixedClock
) -> None:
    fill(ledger, 1)
    standing_clock.move(intents.UNSETTLED * 30 * 24 * 40)
    for _ in range(2):
        with keeper():
            subject = a_member()
        with keeper():
            erase(subject)
    first, second = intents.files(ledger)
    assert len(intents.read(ledger)) == 3
    first.unlink()
    assert len(intents.read(ledger)) == 2, "files from before every backup may go"
    lines = second.read_text("utf-8").splitlines(keepends=True)
    second.write_text("".join(lines[1:]), encoding="utf-8")
    with pytest.raises(intents.LedgerBroken):
        intents.read(ledger)


def test_two_processes_never_break_the_chain(ledger: Path) -> None:
    import threading

    from django.db import connections

    with keeper():
        people = [numbered_member(number) for number in range(8)]

    def go(some: list[SubjectId]) -> None:
        try:
            for one in some:
                with keeper():
                    erase(one)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=(people[n::2],)) for n in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.subject for one in intents.read(ledger)} == set(people)
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM vault_record_key")
        assert cursor.fetchone() == (0,)
