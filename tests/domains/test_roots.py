"""One suite for every provider of root keys: what the vault may rely on, whoever keeps them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cast.roots import NAMES, Keeping, Kept
from tests.cast.sandboxes import free_port
from yaksok.kernel.errors import Busy, Shredded, Tampered
from yaksok.kernel.keyring import UnsafeKey
from yaksok.privacy.vault.roots import choosing, marks
from yaksok.privacy.vault.roots.marks import TENANT, Marks
from yaksok.privacy.vault.roots.port import Foreign, Root, Unfit, Unreachable
from yaksok.privacy.vault.roots.provider import Provider, holder_of

KEY = bytes(range(32))
LABEL = b"kek:1"


class PowerCut(Exception):
    """The process ends here."""


def cut(*_: object, **__: object) -> None:
    raise PowerCut


@pytest.fixture
def root(kept: Kept) -> Root:
    return kept.root()


def test_what_was_wrapped_comes_back_also_in_another_process(kept: Kept, root: Root) -> None:
    version = root.new_version()
    wrapped = root.wrap(version, KEY, LABEL)
    assert KEY not in wrapped
    assert root.unwrap(version, wrapped, LABEL) == KEY
    assert kept.root().unwrap(version, wrapped, LABEL) == KEY
    as_the_database_gives_it: Any = memoryview(wrapped)
    assert root.unwrap(version, as_the_database_gives_it, LABEL) == KEY


def test_the_same_key_never_looks_the_same_twice(root: Root) -> None:
    version = root.new_version()
    assert root.wrap(version, KEY, LABEL) != root.wrap(version, KEY, LABEL)


def test_a_label_is_part_of_the_lock(root: Root) -> None:
    version = root.new_version()
    wrapped = root.wrap(version, KEY, LABEL)
    with pytest.raises(Foreign):
        root.unwrap(version, wrapped, b"index:1")


def test_another_version_does_not_open(root: Root) -> None:
    one, two = root.new_version(), root.new_version()
    assert two > one
    assert root.versions() == (one, two)
    wrapped = root.wrap(one, KEY, LABEL)
    with pytest.raises(Foreign):
        root.unwrap(two, wrapped, LABEL)


def test_a_version_that_never_was_is_no_way_to_wrap(root: Root) -> None:
    version = root.new_version()
    with pytest.raises(UnsafeKey):
        root.wrap(version + 40, KEY, LABEL)
    with pytest.raises(UnsafeKey):
        root.destroy(version + 40)
    assert root.versions() == (version,)


def test_altered_bytes_are_a_typed_error(kept: Kept, root: Root) -> None:
    version = root.new_version()
    wrapped = root.wrap(version, KEY, LABEL)
    every = 1 if kept.name in {"file", "pkcs11"} else 7
    for place in range(0, len(wrapped), every):
        altered = bytearray(wrapped)
        altered[place] ^= 1
        with pytest.raises(UnsafeKey):
            root.unwrap(version, bytes(altered), LABEL)
    last = bytearray(wrapped)
    last[-1] ^= 1
    for wrong in (bytes(last), wrapped[:-1], wrapped[:20], b"", b"\0", wrapped + b"A"):
        with pytest.raises(Tampered):
            root.unwrap(version, wrong, LABEL)
    assert root.unwrap(version, wrapped, LABEL) == KEY


def test_bytes_say_whose_they_are(kept: Kept, root: Root) -> None:
    assert holder_of(root.wrap(root.new_version(), KEY, LABEL)) == kept.name


@pytest.mark.parametrize("other", NAMES)
def test_keys_of_another_provider_are_not_tried(kept: Kept, other: str, keeping: Keeping) -> None:
    if other == kept.name:
        other = next(name for name in NAMES if name != kept.name)
    theirs = keeping(other).root()
    version = theirs.new_version()
    with pytest.raises(Foreign, match=f"set YAKSOK_ROOT={other}"):
        kept.root().unwrap(version, theirs.wrap(version, KEY, LABEL), LABEL)


def elsewhere(kept: Kept, place: Path) -> Root:
    """The provider as another machine sees it that has the mall's id and no marks."""
    place.mkdir(mode=0o700)
    (place / TENANT).touch(mode=0o600)
    (place / TENANT).write_bytes((kept.directory / TENANT).read_bytes())
    return choosing.named(kept.name, place, kept.environ)


def test_a_destroyed_version_never_opens_again(kept: Kept, root: Root, tmp_path: Path) -> None:
    gone, stays = root.new_version(), root.new_version()
    wrapped, survivor = root.wrap(gone, KEY, LABEL), root.wrap(stays, KEY, LABEL)
    receipt = root.destroy(gone)
    assert (receipt.version, receipt.provider) == (gone, kept.name)
    assert receipt.evidence
    assert receipt.effective_at >= receipt.at
    for again in (root, kept.root()):
        with pytest.raises(Shredded):
            again.unwrap(gone, wrapped, LABEL)
        with pytest.raises(Shredded):
            again.wrap(gone, KEY, LABEL)
        assert again.versions() == (stays,)
    with pytest.raises((Shredded, UnsafeKey)):
        elsewhere(kept, tmp_path / "elsewhere").unwrap(gone, wrapped, LABEL)
    assert root.unwrap(stays, survivor, LABEL) == KEY


def test_destroying_twice_gives_one_receipt(kept: Kept, root: Root) -> None:
    version = root.new_version()
    receipt = root.destroy(version)
    assert root.destroy(version) == receipt
    assert kept.root().destroy(version) == receipt
    assert kept.root().receipts() == (receipt,)


def test_a_number_is_never_given_twice(kept: Kept, root: Root) -> None:
    version = root.new_version()
    root.destroy(version)
    assert kept.root().new_version() == version + 1
    assert kept.root().new_version(after=90) == 91


def test_a_cut_before_anything_was_destroyed(
    kept: Kept, root: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = root.new_version()
    wrapped = root.wrap(version, KEY, LABEL)
    with monkeypatch.context() as crash:
        crash.setattr(type(root), "_end", cut)
        with pytest.raises(PowerCut):
            root.destroy(version)
    started_again = kept.root()
    with pytest.raises(Shredded):
        started_again.unwrap(version, wrapped, LABEL)
    assert started_again.receipts() == ()
    assert started_again.destroy(version).version == version
    assert isinstance(started_again, Provider)
    assert version not in started_again._living()


def test_a_cut_between_destruction_and_receipt(
    kept: Kept, root: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = root.new_version()
    with monkeypatch.context() as crash:
        crash.setattr(Marks, "keep", cut)
        with pytest.raises(PowerCut):
            root.destroy(version)
    started_again = kept.root()
    assert started_again.versions() == ()
    receipt = started_again.destroy(version)
    assert started_again.destroy(version) == receipt
    assert receipt.effective_at - receipt.at <= started_again.max_destroy_delay


def test_a_machine_that_lost_its_marks_gets_a_receipt_for_what_is_gone(
    kept: Kept, root: Root, tmp_path: Path
) -> None:
    gone, _ = root.new_version(), root.new_version()
    root.destroy(gone)
    other = elsewhere(kept, tmp_path / "elsewhere")
    if kept.name == "file":  # a missing file may live on somewhere
        with pytest.raises(UnsafeKey, match="bring it back"):
            other.destroy(gone)
    else:
        assert other.destroy(gone).version == gone


AT_ONCE = """
import json, sys
from pathlib import Path
from yaksok.privacy.vault.roots import choosing
given = json.loads(sys.stdin.read())
root = choosing.named(given["name"], Path(given["directory"]), given["environ"])
made = [root.new_version() for _ in range(3)]
opened = [root.unwrap(one, root.wrap(one, b"k" * 32, b"kek:1"), b"kek:1") == b"k" * 32 for one in made]
receipt = root.destroy(given["shared"])
print(json.dumps({"made": made, "opened": opened, "at": receipt.at.isoformat()}))
"""


@pytest.mark.timeout(60)
def test_two_processes_at_once(kept: Kept, root: Root) -> None:
    shared = root.new_version()
    given = {
        "name": kept.name,
        "directory": str(kept.directory),
        "environ": kept.environ,
        "shared": shared,
    }
    running = [
        subprocess.Popen(
            [sys.executable, "-c", AT_ONCE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).resolve().parents[2],
        )
        for _ in range(2)
    ]
    for one in running:
        assert one.stdin is not None
        one.stdin.write(json.dumps(given).encode())
        one.stdin.close()
    outcomes = []
    for one in running:
        assert one.stdout is not None
        with one.stdout as said:
            outcomes.append(json.loads(said.read()))
        assert one.wait() == 0
    made = [number for outcome in outcomes for number in outcome["made"]]
    assert len(set(made)) == 6
    assert shared not in made
    assert all(all(outcome["opened"]) for outcome in outcomes)
    assert len({outcome["at"] for outcome in outcomes}) == 1
    assert set(kept.root().versions()) == set(made)


UNREACHABLE: dict[str, Callable[[], dict[str, str]]] = {
    "kms": lambda: {"YAKSOK_ROOT_KMS_URL": f"http://127.0.0.1:{free_port()}"},
    "pkcs11": lambda: {"YAKSOK_ROOT_PKCS11_TOKEN": "unplugged"},
    "transit": lambda: {"YAKSOK_ROOT_TRANSIT_URL": f"http://127.0.0.1:{free_port()}"},
}


@pytest.mark.parametrize("name", UNREACHABLE)
def test_a_provider_that_does_not_answer_is_busy_with_a_cure(name: str, keeping: Keeping) -> None:
    kept = keeping(name)
    version = kept.root().new_version()
    wrapped = kept.root().wrap(version, KEY, LABEL)
    away = kept.root(**UNREACHABLE[name]())
    for act in (
        away.check,
        away.versions,
        away.new_version,
        lambda: away.wrap(version, KEY, LABEL),
        lambda: away.unwrap(version, wrapped, LABEL),
        lambda: away.destroy(version),
    ):
        with pytest.raises(Unreachable) as caught:
            act()
        assert isinstance(caught.value, Busy)
        assert caught.value.cure
    assert kept.root().unwrap(version, wrapped, LABEL) == KEY


@pytest.mark.parametrize("name", ["kms", "transit"])
def test_a_server_that_comes_back_has_what_lived_and_nothing_else(
    name: str, keeping: Keeping
) -> None:
    kept = keeping(name)
    root = kept.root()
    gone, stays = root.new_version(), root.new_version()
    lost, wrapped = root.wrap(gone, KEY, LABEL), root.wrap(stays, KEY, LABEL)
    root.destroy(gone)
    assert kept.sandbox is not None
    kept.sandbox.stop()
    try:
        with pytest.raises(Unreachable):
            root.unwrap(stays, wrapped, LABEL)
    finally:
        kept.sandbox.start()
    assert root.unwrap(stays, wrapped, LABEL) == KEY
    with pytest.raises(Shredded):
        root.unwrap(gone, lost, LABEL)


def test_each_says_how_it_is_and_how_slowly_it_destroys(kept: Kept) -> None:
    assert kept.root().check()
    own = timedelta(days=7) if kept.name == "kms" else timedelta(0)
    assert kept.root().max_destroy_delay == own
    slower = kept.root(YAKSOK_ROOT_KEPT_DAYS="14")
    assert slower.max_destroy_delay == own + timedelta(days=14)
    receipt = slower.destroy(slower.new_version())
    promised = receipt.at + slower.max_destroy_delay
    assert abs(receipt.effective_at - promised) < timedelta(minutes=1)


def test_a_file_of_the_key_directory_that_others_can_read_is_refused(
    kept: Kept, root: Root
) -> None:
    version = root.new_version()
    (kept.directory / TENANT).chmod(0o644)
    with pytest.raises(UnsafeKey, match="chmod 600"):
        _ = kept.root().tenant
    (kept.directory / TENANT).chmod(0o600)
    if kept.name == "file":
        (kept.directory / f"root-{version:06d}.key").chmod(0o640)
        with pytest.raises(UnsafeKey, match="chmod 600"):
            kept.root().wrap(version, KEY, LABEL)
        with pytest.raises(UnsafeKey, match="chmod 600"):
            kept.root().check()


def test_malls_that_share_a_provider_do_not_meet(kept: Kept, root: Root, tmp_path: Path) -> None:
    version = root.new_version()
    marks.make_tenant(tmp_path / "other")
    other = choosing.named(kept.name, tmp_path / "other", kept.environ)
    assert other.versions() == ()
    assert other.tenant != root.tenant
    theirs = other.new_version()
    with pytest.raises(Foreign):
        other.unwrap(theirs, root.wrap(version, KEY, LABEL), LABEL)
    other.destroy(theirs)
    assert root.versions() == (version,)


def test_how_long_a_round_trip_takes(kept: Kept, root: Root) -> None:
    """Prints figures for the documentation; the bound keeps a start from becoming a wait."""
    version = root.new_version()
    wrapped = root.wrap(version, KEY, LABEL)
    spans: dict[str, list[float]] = {"wrap": [], "unwrap": []}
    for _ in range(20):
        began = time.perf_counter()
        root.wrap(version, KEY, LABEL)
        between = time.perf_counter()
        root.unwrap(version, wrapped, LABEL)
        spans["wrap"].append(between - began)
        spans["unwrap"].append(time.perf_counter() - between)
    middle = {name: sorted(times)[len(times) // 2] * 1000 for name, times in spans.items()}
    print(f"{kept.name}: wrap {middle['wrap']:.2f} ms, unwrap {middle['unwrap']:.2f} ms")
    assert max(middle.values()) < 1000


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_directory_of_somebody_else_is_refused(kept: Kept) -> None:
    os.chown(kept.directory / TENANT, 65534, -1)
    with pytest.raises(UnsafeKey, match="chown 0"):
        _ = kept.root().tenant


def test_unfit_names_problem_and_cure_apart() -> None:
    error = Unfit("a thing is wrong", cure="mend it")
    assert str(error) == "a thing is wrong: mend it"
    assert (error.problem, error.cure) == ("a thing is wrong", "mend it")
