"""``yaksok root``: what it shows, and a move as a person makes it."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast.roots import TRANSIT_TOKEN
from tests.cast.sandboxes import Sandbox, free_port
from yaksok.cli.trouble import ALREADY_RUNNING
from yaksok.database.service_user import ServiceUser

pytestmark = pytest.mark.timeout(180)

OURS = ("YAKSOK_", "DATABASE_URL", "PG")


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="yaksok-root-"))
    ServiceUser.choose().let_through(made)
    yield made / "mall"
    shutil.rmtree(made)


def run(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return subprocess.run(
        [sys.executable, *words],
        env={**plain, **settings},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def yaksok(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return run("-m", "yaksok.cli.main", *words, **settings)


@pytest.fixture(scope="module")
def ready(place: Path) -> Path:
    """A closed mall with one epoch."""
    made = yaksok("migrate", "--data", str(place))
    assert made.returncode == 0, made.stderr
    script = (
        "from pathlib import Path; from yaksok.cli.main import settle\n"
        f"root = settle(Path({str(place)!r}))\n"
        "from yaksok.cli.reach import open_books\n"
        "with open_books(root):\n"
        "    from yaksok.database.roles import keeper\n"
        "    from yaksok.privacy.vault import epochs\n"
        "    with keeper(): epochs.current()\n"
    )
    begun = run("-c", script)
    assert begun.returncode == 0, begun.stderr
    return place


def status(place: Path, **settings: str) -> dict[str, object]:
    shown = yaksok("root", "status", "--json", "--data", str(place), **settings)
    assert shown.stdout, shown.stderr
    read: dict[str, object] = json.loads(shown.stdout)
    return read


def test_it_makes_no_mall_where_none_was_opened(place: Path) -> None:
    for words in (("status",), ("move", "--to", "kms")):
        outcome = yaksok("root", *words, "--data", str(place.parent / "nowhere"))
        assert outcome.returncode == 1
        assert "no mall was opened in" in outcome.stderr


def test_an_open_mall_is_not_moved(ready: Path) -> None:
    with (ready / "mall.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        outcome = yaksok("root", "move", "--to", "kms", "--data", str(ready))
    assert outcome.returncode == ALREADY_RUNNING
    assert "is open" in outcome.stderr
    assert "cure: close it first" in outcome.stderr


def test_a_provider_that_is_not_set_up(ready: Path) -> None:
    outcome = yaksok("root", "move", "--to", "pkcs11", "--data", str(ready))
    assert outcome.returncode == 1
    assert "YAKSOK_ROOT_PKCS11_MODULE is not set" in outcome.stderr
    assert "cure: set it" in outcome.stderr
    assert "Traceback" not in outcome.stderr
    nobody = yaksok("root", "move", "--to", "drawer", "--data", str(ready))
    assert nobody.returncode == 1
    assert "choose one of" in nobody.stderr


def test_there_and_back(ready: Path, transit_sandbox: Sandbox) -> None:
    at = ("--data", str(ready))
    before = status(ready)
    assert (before["provider"], before["held_by"], before["ok"]) == ("file", "file", True)
    transit = {
        "YAKSOK_ROOT_TRANSIT_URL": transit_sandbox.url,
        "YAKSOK_ROOT_TRANSIT_TOKEN": TRANSIT_TOKEN,
    }
    done = yaksok("root", "move", "--to", "transit", *at, **transit)
    assert done.returncode == 0, done.stderr
    assert 'lie with "transit" now, none with "file"' in done.stdout
    assert "overwritten, removed" in done.stdout
    assert TRANSIT_TOKEN not in done.stdout + done.stderr

    forgotten = yaksok("root", "status", *at)
    assert forgotten.returncode == 1
    assert "keys lie     with transit, not with file" in forgotten.stdout
    assert "cure: set YAKSOK_ROOT=transit" in forgotten.stdout

    after = status(ready, YAKSOK_ROOT="transit", **transit)
    assert (after["provider"], after["held_by"], after["ok"]) == ("transit", "transit", True)
    assert not list((ready / "keys").glob("root-*.key"))

    started = yaksok("run", *at, "--port", str(free_port()), "--no-demo")
    assert started.returncode == 1
    assert 'this key lies with the provider "transit"' in started.stderr

    back = yaksok("root", "move", "--to", "file", *at, **transit)
    assert back.returncode == 0, back.stderr
    assert status(ready)["held_by"] == "file"


def test_a_mall_whose_provider_is_away_does_not_open(ready: Path) -> None:
    outcome = yaksok(
        "run",
        *("--data", str(ready), "--port", str(free_port()), "--no-demo"),
        YAKSOK_ROOT="transit",
        YAKSOK_ROOT_TRANSIT_URL=f"http://127.0.0.1:{free_port()}",
        YAKSOK_ROOT_TRANSIT_TOKEN=TRANSIT_TOKEN,
    )
    assert outcome.returncode == 1
    assert "does not answer" in outcome.stderr
    assert "cure: look whether it runs and is unsealed" in outcome.stderr
    assert TRANSIT_TOKEN not in outcome.stderr


def test_a_mall_whose_key_file_is_gone_does_not_open(ready: Path) -> None:
    (key,) = (ready / "keys").glob("root-*.key")
    hidden = ready.parent / key.name
    key.rename(hidden)
    try:
        outcome = yaksok("run", "--data", str(ready), "--port", str(free_port()), "--no-demo")
    finally:
        hidden.rename(key)
    assert outcome.returncode == 1
    assert "the keys of the vault do not open" in outcome.stderr
    assert f"key {key.name} is missing" in outcome.stderr
    assert "cure: bring it back" in outcome.stderr


def test_the_old_keys_live_until_a_backup_of_the_moved_ones_passed(
    ready: Path, transit_sandbox: Sandbox
) -> None:
    at = ("--data", str(ready))
    store = ready.parent / "store"
    transit = {
        "YAKSOK_ROOT_TRANSIT_URL": transit_sandbox.url,
        "YAKSOK_ROOT_TRANSIT_TOKEN": TRANSIT_TOKEN,
    }
    made = yaksok("backup", str(store), *at)
    assert made.returncode == 0, made.stderr
    (dump,) = store.glob("data-*/mall.dump")
    whole = dump.read_bytes()
    dump.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))

    refused = yaksok("root", "move", "--to", "transit", *at, **transit)

    assert refused.returncode == 1
    assert "the old ones live on" in refused.stderr
    assert "is not what was written" in refused.stderr
    assert "--untried" in refused.stderr
    assert list((ready / "keys").glob("root-*.key"))
    words = ("run", *at, "--port", str(free_port()), "--no-demo")
    closed = yaksok(*words, YAKSOK_ROOT="transit", **transit)
    assert closed.returncode == 1
    assert "cure: finish it: yaksok root move --to transit" in closed.stderr

    dump.write_bytes(whole)
    done = yaksok("root", "move", "--to", "transit", *at, **transit)
    assert done.returncode == 0, done.stderr
    assert not list((ready / "keys").glob("root-*.key"))
    other = str(ready.parent / "other")
    back = yaksok(
        *("restore", str(store), "--data", other, "--json"),
        YAKSOK_ROOT="transit",
        YAKSOK_KEYS=str(ready / "keys"),
        **transit,
    )
    assert back.returncode == 0, back.stderr

    shutil.rmtree(store)
    again = yaksok("root", "move", "--to", "file", *at, **transit)
    assert again.returncode == 1
    assert "no data is kept in" in again.stderr
    assert yaksok("root", "move", "--to", "file", "--untried", *at, **transit).returncode == 0
    assert status(ready)["held_by"] == "file"
