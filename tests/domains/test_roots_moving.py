"""The vault on each provider, and the move from one to another, cut short anywhere."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from tests.cast.roots import NAMES, Keeping, Kept
from tests.domains.test_vault_gate import a_member, opened
from yaksok.database.address import Address
from yaksok.database.layout import DataDirectory
from yaksok.database.roles import keeper
from yaksok.journeys import root_keys
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Shredded
from yaksok.kernel.ids import SubjectId
from yaksok.kernel.keyring import UnsafeKey
from yaksok.policy.vocabulary import Item, Purpose
from yaksok.privacy.audit import log
from yaksok.privacy.vault import closing, epochs, gate, moving
from yaksok.privacy.vault.roots import choosing, journal, unlocking
from yaksok.privacy.vault.roots.marks import Marks
from yaksok.privacy.vault.roots.port import Foreign, Root, Unreachable, label
from yaksok.privacy.vault.roots.provider import Provider, holder_of

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.timeout(60),
]

RING = list(zip(NAMES, (*NAMES[1:], NAMES[0]), strict=True))


class PowerCut(Exception):
    """The process ends here."""


Choose = Callable[[str], Kept]


@pytest.fixture
def choose(keeping: Keeping, monkeypatch: pytest.MonkeyPatch) -> Choose:
    """Start anew with a provider; the settings of those chosen before stay."""

    def choosing_one(name: str) -> Kept:
        kept = keeping(name)
        for variable, value in kept.environ.items():
            monkeypatch.setenv(variable, value)
        monkeypatch.setenv("YAKSOK_KEYS", str(kept.directory))
        epochs.forget_keys()
        return kept

    return choosing_one


def a_survivor() -> SubjectId:
    with keeper():
        return a_member()


def reads(subject: SubjectId) -> bool:
    with keeper():
        return opened(subject, Item.EMAIL)[Item.EMAIL].reveal() == "Canary.Member@mail.example"


def wrapped_keys() -> list[tuple[int, int, bytes]]:
    """Number, root version and wrapped key of every epoch that is in the database."""
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT number, root_version, kek FROM vault_epoch ORDER BY number")
        return [(number, version, bytes(kek)) for number, version, kek in cursor.fetchall()]


@pytest.mark.parametrize("name", NAMES)
def test_the_vault_lives_and_forgets_on_each(name: str, choose: Choose) -> None:
    choose(name)
    stays = a_survivor()
    backup = wrapped_keys()
    receipt = closing.close()
    assert receipt.provider == name
    assert receipt.evidence
    assert receipt.final_at is not None
    assert reads(stays)
    epochs.forget_keys()
    assert reads(stays)
    ((number, version, kek),) = backup
    with pytest.raises(Shredded):
        choosing.chosen().unwrap(version, kek, label("kek", number))


@pytest.mark.parametrize("name", NAMES)
def test_a_person_is_told_a_date_that_includes_the_delay(
    name: str, choose: Choose, standing_clock: FixedClock
) -> None:
    choose(name)
    delay = timedelta(days=7) if name == "kms" else timedelta(0)
    a_survivor()
    with keeper():
        assert gate.unreadable_by() == clock.now() + epochs.LAWFUL + delay
        os.environ["YAKSOK_ROOT_KEPT_DAYS"] = "14"
        epochs.forget_keys()
        try:
            promised = gate.unreadable_by()
        finally:
            del os.environ["YAKSOK_ROOT_KEPT_DAYS"]
    assert promised == clock.now() + epochs.LAWFUL + delay + timedelta(days=14)


@pytest.mark.parametrize("name", NAMES)
def test_the_provider_is_asked_twice_and_then_left_alone(
    name: str, choose: Choose, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(name)
    first = a_survivor()
    epochs.forget_keys()
    asked: list[int] = []
    chosen = choosing.chosen()
    assert isinstance(chosen, Provider)
    provider = type(chosen)
    real = provider._open

    def counting(self: Provider, version: int, sealed: bytes, bound: bytes) -> bytes:
        asked.append(version)
        return real(self, version, sealed, bound)

    monkeypatch.setattr(provider, "_open", counting)
    for _ in range(5):
        assert reads(first)
    assert len(asked) == 2


def test_a_mall_that_runs_goes_on_while_its_provider_is_away(choose: Choose) -> None:
    kept = choose("transit")
    stays = a_survivor()
    assert reads(stays)  # the keys are in memory now
    assert kept.sandbox is not None
    kept.sandbox.stop()
    try:
        assert reads(stays)
        with keeper():
            gate.erase(stays, actor=Actor.member(stays), purpose=Purpose.RIGHTS, reason="left")
            gate.unreadable_by()
        with pytest.raises(Unreachable):
            closing.close()
    finally:
        kept.sandbox.start()
    assert closing.close().provider == "transit"


def moved(to: str) -> moving.Moved:
    return moving.move(to)


@pytest.mark.parametrize(("source", "to"), RING)
def test_it_moves_and_everybody_is_still_there(source: str, to: str, choose: Choose) -> None:
    choose(source)
    stays = a_survivor()
    before = wrapped_keys()
    choose(to)
    os.environ["YAKSOK_ROOT"] = source
    old = choosing.named(source)
    done = moved(to)
    assert (done.source, done.to, done.epochs) == (source, to, 1)
    destroyed = {receipt.version for receipt in old.receipts()}
    assert before[0][1] in destroyed
    assert old.versions() == ()
    assert moving.unfinished() is None
    assert {holder_of(kek) for _, _, kek in wrapped_keys() if kek} == {to}
    with pytest.raises(Shredded):
        old.unwrap(before[0][1], before[0][2], label("kek", 1))
    with pytest.raises(Foreign, match=f"set YAKSOK_ROOT={to}"):
        reads(stays)
    choose(to)
    assert reads(stays)
    assert closing.close().provider == to
    assert reads(stays)


def test_a_slower_provider_gets_no_epoch_in_which_somebody_was_told_a_date(
    choose: Choose,
) -> None:
    choose("file")
    gone, stays = a_survivor_named("gone"), a_survivor_named("stays")
    with keeper():
        gate.erase(gone, actor=Actor.member(gone), purpose=Purpose.RIGHTS, reason="left")
        promised = gate.unreadable_by()
    choose("kms")
    moved("kms")
    assert [number for number, _, kek in wrapped_keys() if kek] == [2]
    receipts = choosing.named("file").receipts()
    assert all(receipt.effective_at <= promised for receipt in receipts)
    assert {receipt.version for receipt in receipts} == {1, 2}
    with keeper():
        assert opened(stays, Item.LOGIN_ID)[Item.LOGIN_ID].reveal() == "stays"


def a_survivor_named(name: str) -> SubjectId:
    with keeper():
        return a_member({Item.LOGIN_ID: name, Item.EMAIL: f"{name}@mail.example"})


def after(real: Callable[..., object]) -> Callable[..., object]:
    def cutting(*given: object, **named: object) -> object:
        real(*given, **named)
        raise PowerCut

    return cutting


def instead(_: Callable[..., object]) -> Callable[..., object]:
    def cutting(*_: object, **__: object) -> object:
        raise PowerCut

    return cutting


Cut = Callable[[Callable[..., object]], Callable[..., object]]
CUTS: dict[str, tuple[object, str, Cut]] = {
    "before the journal": (journal, "write", instead),
    "after the journal": (journal, "write", after),
    "before a close is finished": (closing, "finish", instead),
    "before anything is wrapped": (moving, "_wrap_anew", instead),
    "after a version was made": (Provider, "wrap", instead),
    "after one key was wrapped": (Provider, "wrap", after),
    "before the log entry": (log, "record_all", instead),
    "after the keys were stored": (moving, "_wrap_anew", after),
    "before a version is destroyed": (Provider, "_destroyed", instead),
    "after a version was condemned": (Marks, "condemn", after),
    "before a receipt is kept": (Marks, "keep", instead),
    "after a receipt was kept": (Marks, "keep", after),
    "before the journal is removed": (journal, "done", instead),
}


@pytest.mark.parametrize("where", CUTS)
@pytest.mark.parametrize(("source", "to"), [("file", "transit"), ("pkcs11", "file")])
def test_a_move_that_was_cut_short_goes_on(
    where: str, source: str, to: str, choose: Choose, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(source)
    stays = a_survivor()
    choose(to)
    target, name, cut = CUTS[where]
    with monkeypatch.context() as crash:
        crash.setattr(target, name, cut(getattr(target, name)))
        with pytest.raises(PowerCut):
            moved(to)
    living = {holder_of(kek) for _, _, kek in wrapped_keys() if kek}
    assert len(living) == 1
    choose(living.pop())
    assert reads(stays)  # whatever was cut: with the provider that is named, all keys open
    choose(to)
    finished = moved(to) if moving.held_by() != to or moving.unfinished() else None
    assert finished is None or finished.to == to
    choose(to)
    assert reads(stays)
    assert moving.unfinished() is None
    assert choosing.named(source).versions() == ()
    ((_, version, _),) = [row for row in wrapped_keys() if row[2]]
    assert choosing.named(to).versions() == (version,)


def test_a_move_elsewhere_waits_until_the_first_is_finished(
    choose: Choose, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose("file")
    a_survivor()
    choose("transit")
    with monkeypatch.context() as crash:
        crash.setattr(moving, "_wrap_anew", instead(moving._wrap_anew))
        with pytest.raises(PowerCut):
            moved("transit")
    choose("pkcs11")
    with pytest.raises(moving.CannotMove, match="finish it first: yaksok root move --to transit"):
        moved("pkcs11")
    standing = root_keys.standing()
    assert standing.unfinished == ("file", "transit")
    assert moved("transit").source == "file"


def test_moving_to_where_the_keys_are(choose: Choose) -> None:
    choose("file")
    a_survivor()
    with pytest.raises(moving.CannotMove, match="already"):
        moved("file")


def test_a_new_provider_that_is_away_changes_nothing(
    choose: Choose, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose("file")
    stays = a_survivor()
    before = wrapped_keys()
    choose("transit")
    monkeypatch.setenv("YAKSOK_ROOT_TRANSIT_URL", "http://127.0.0.1:9")
    with pytest.raises(Unreachable):
        moved("transit")
    assert wrapped_keys() == before
    assert moving.unfinished() is None
    choose("file")
    assert reads(stays)


def test_a_provider_that_gives_back_something_else_is_not_moved_to(
    choose: Choose, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose("file")
    stays = a_survivor()
    before = wrapped_keys()
    choose("transit")
    broken = type(choosing.named("transit"))
    monkeypatch.setattr(broken, "_open", lambda *_: b"x" * 32)
    with pytest.raises(Foreign, match="does not come back"):
        moved("transit")
    assert wrapped_keys() == before
    choose("file")
    assert reads(stays)


def a_start(database_address: Address, monkeypatch: pytest.MonkeyPatch) -> int:
    name = str(connection.settings_dict["NAME"])
    here = Address(database_address.place, name, "", "")
    monkeypatch.setattr(unlocking, "address_of", lambda _: here)
    return root_keys.open_all(DataDirectory(Path(os.environ["YAKSOK_DATA"])))


@pytest.mark.parametrize("name", NAMES)
def test_no_key_no_start(
    name: str, choose: Choose, database_address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = choose(name)
    assert a_start(database_address, monkeypatch) == 0
    a_survivor()
    assert a_start(database_address, monkeypatch) == 1
    other = next(one for one in NAMES if one != name)
    choose(other)
    with pytest.raises(root_keys.Trouble, match="this key lies with") as caught:
        a_start(database_address, monkeypatch)
    assert caught.value.cure.startswith(f"set YAKSOK_ROOT={name}")
    choose(name)
    root: Root = choosing.chosen()
    root.destroy(root.versions()[0])
    with pytest.raises(root_keys.Trouble, match="gone for good"):
        a_start(database_address, monkeypatch)
    assert kept.name == name


def test_a_key_file_that_others_can_read_does_not_start(
    choose: Choose, database_address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = choose("file")
    a_survivor()
    (kept.directory / "root-000001.key").chmod(0o644)
    with pytest.raises(root_keys.Trouble) as caught:
        a_start(database_address, monkeypatch)
    assert "can be read by others" in caught.value.problem
    assert caught.value.cure.startswith("chmod 600")
    with pytest.raises(UnsafeKey):
        choosing.chosen().check()


def test_how_it_stands(choose: Choose) -> None:
    choose("kms")
    a_survivor()
    standing = root_keys.standing()
    assert standing.tried.ok
    assert standing.held_by == "kms"
    assert standing.delay == timedelta(days=7)
    assert standing.in_use == ((1, 1),)
    assert standing.versions == (1,)
    assert standing.erased_now_unreadable_by is not None
    assert standing.erased_now_unreadable_by > clock.now() + timedelta(days=7)
    choose("file")
    wrong = root_keys.standing()
    assert (wrong.held_by, wrong.tried.provider) == ("kms", "file")
