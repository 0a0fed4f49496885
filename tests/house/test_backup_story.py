"""Ten epochs after the data was copied, today's keys bring every survivor back and nobody else."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from yaksok.database.service_user import ServiceUser

FULL = bool(os.environ.get("YAKSOK_FULL"))
MEMBERS = 100_000 if FULL else 200
EPOCHS = 10 if FULL else 3
CHECKED = 2_000
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "YAKSOK_FULL")

pytestmark = [pytest.mark.processes, pytest.mark.timeout(7_200 if FULL else 300)]


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a story happens: malls, backups, and the keys and the ledger that lie in neither."""

    place: Path

    def at(self, name: str) -> str:
        """Something that lies on this stage."""
        return str(self.place / name)

    def environment(self, mall: str) -> dict[str, str]:
        """What a process of one of the malls is told."""
        return {
            **{name: os.environ[name] for name in INHERITED if name in os.environ},
            "YAKSOK_DATA": str(self.place / mall),
            "YAKSOK_KEYS": str(self.place / "keyring"),
            "YAKSOK_INTENTS": str(self.place / "intents"),
            "YAKSOK_TEST": "1",
        }

    def play(self, mall: str, *steps: object) -> dict[str, Any]:
        """Do the steps of a plan on one mall; what the process saw."""
        done = subprocess.run(
            (sys.executable, "-m", "tests.cast.backing", json.dumps(steps)),
            env=self.environment(mall),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        seen: dict[str, Any] = json.loads(done.stdout)
        return seen

    def yaksok(self, mall: str, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """The command, as a person types it, for one mall."""
        return subprocess.run(
            (sys.executable, "-m", "yaksok.cli.main", *words),
            env={**self.environment(mall), **more},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def restored(self, mall: str, *words: str) -> dict[str, Any]:
        """What a restore that goes well says."""
        done = self.yaksok(mall, "restore", *words, "--json")
        assert done.returncode == 0, done.stderr[-3000:]
        said: dict[str, Any] = json.loads(done.stdout)
        return said

    def remember(self, seen: dict[str, Any]) -> str:
        """Keep what one process saw for another one."""
        path = self.place / "seen.json"
        path.write_text(json.dumps(seen), encoding="utf-8")
        return str(path)


def made_stage() -> Stage:
    """A fresh place that PostgreSQL's user may reach."""
    place = Path(tempfile.mkdtemp(prefix="yaksok-backup-"))
    ServiceUser.choose().let_through(place)
    return Stage(place)


@pytest.fixture
def stage() -> Iterator[Stage]:
    made = made_stage()
    yield made
    shutil.rmtree(made.place, ignore_errors=True)


def test_old_data_and_the_newest_keys_bring_back_who_lives_and_nobody_else(stage: Stage) -> None:
    data, keys = str(stage.place / "data"), str(stage.place / "keys")
    gone = 20 if FULL else 4
    epochs = [step for _ in range(EPOCHS) for step in (["erase", gone], ["amend", gone], ["close"])]
    seen = stage.play(
        "mall",
        ["members", MEMBERS],
        ["signed_up", 3],
        ["orders", 5],
        ["erase", gone, "erased_before"],
        ["back_up", data],
        ["leave"],
        *epochs,
        ["newcomers", 3],
        ["back_up", keys, "keys"],
        ["erase", 2, "erased_late"],
        ["withdraw"],
    )
    assert seen["epoch"] == EPOCHS + 1

    began = time.monotonic()
    restored = stage.restored("new", data, "--keys", keys)
    seen["seconds"]["restore"] = round(time.monotonic() - began, 2)

    assert restored["epoch"] == EPOCHS + 1
    assert restored["replayed"] == 2, "only the ledger knew of those who went after the last keys"
    assert restored["newer"] == 3
    assert restored["people"] == EPOCHS * gone + 2 + 1
    assert restored["records"] == len(seen["people"]) + 2 + 2 * 5
    with_all = stage.remember({**seen, "people": dict(list(seen["people"].items())[-CHECKED:])})
    after = stage.play(
        "new", ["expected", with_all], ["check"], ["log_in_all"], ["again"], ["close"], ["check"]
    )
    assert after["checked"] == {
        "good": min(len(seen["people"]), CHECKED),
        "wrong": 0,
        "erased_living": 0,
        "erased_found": 0,
        "newcomers_living": 0,
        "orders": 5,
    }
    assert (after["logged_in"], after["left_logged_in"]) == (2, 0)
    assert len(after["came_again"]) == 1, "an id that was erased is free"
    if FULL:
        print(json.dumps({**seen["seconds"], **after["seconds"]}, indent=1), restored)


@pytest.fixture(scope="module")
def kept() -> Iterator[Stage]:
    """One mall of four members, backed up before and after its epoch was closed."""
    made = made_stage()
    steps = (["members", 4], ["back_up", made.at("old")], ["close"], ["back_up", made.at("kept")])
    seen = made.play("mall", *steps, ["erase", 1])
    made.remember(seen)
    yield made
    shutil.rmtree(made.place, ignore_errors=True)


def test_keys_of_a_destroyed_epoch_are_refused_before_anything_is_changed(kept: Stage) -> None:
    done = kept.yaksok("untouched", "restore", kept.at("old"))
    assert done.returncode == 1
    assert "nobody can open them any more" in done.stderr
    assert "cure: name the newest keys" in done.stderr
    assert not (kept.place / "untouched" / "postgres" / "data").exists()
    assert not (kept.place / "untouched" / "restore.unfinished").exists()


def test_a_damaged_backup_is_refused_before_anything_is_changed(kept: Stage) -> None:
    for name, harm in (
        ("mall.dump", lambda content: content[: len(content) // 2]),
        ("mall.dump", lambda content: content[:500] + b"\0\1" + content[502:]),
        ("vault_record_key.copy", lambda _: b""),
        ("manifest.json", lambda content: content.replace(b'"format": 1', b'"format": 2')),
        ("manifest.json", lambda content: content[:-3]),
    ):
        shutil.rmtree(kept.place / "harmed", ignore_errors=True)
        shutil.copytree(kept.at("kept"), kept.place / "harmed")
        (path,) = sorted((kept.place / "harmed").glob(f"*/{name}"))[-1:]
        path.write_bytes(harm(path.read_bytes()))
        done = kept.yaksok("untouched", "restore", kept.at("harmed"))
        assert done.returncode == 1, name
        assert path.name in done.stderr or "no whole backup" in done.stderr
        assert "cure: " in done.stderr
        assert "Traceback" not in done.stderr
        assert not (kept.place / "untouched" / "postgres" / "data").exists()


def test_the_root_keys_are_in_no_backup(kept: Stage) -> None:
    secret = b"".join(path.read_bytes() for path in (kept.place / "keyring").glob("root-*.key"))
    assert len(secret) == 32
    files = [path for path in Path(kept.at("kept")).rglob("*") if path.is_file()]
    assert len(files) > 8
    for path in files:
        content = path.read_bytes()
        assert secret not in content
        assert secret.hex().encode() not in content
        assert path.stat().st_mode & 0o077 == 0
    nowhere = kept.at("nowhere")
    done = kept.yaksok("untouched", "restore", kept.at("kept"), YAKSOK_KEYS=nowhere)
    assert done.returncode == 1
    assert "no backup holds it" in done.stderr


def test_a_restore_that_was_cut_short_keeps_the_mall_closed(kept: Stage) -> None:
    mark = kept.place / "new" / "restore.unfinished"
    (mark.parent / "postgres" / "data").mkdir(parents=True)
    mark.write_text("{}", encoding="utf-8")
    for words in (("run", "--port", "31877"), ("backup", kept.at("other"))):
        done = kept.yaksok("new", *words)
        assert done.returncode == 1
        assert "is not finished: erased persons may" in done.stderr
    assert kept.restored("new", kept.at("kept"))["records"] == 3
    assert not mark.exists()


def test_a_mall_that_is_there_is_replaced_only_when_told(kept: Stage) -> None:
    refused = kept.yaksok("mall", "restore", kept.at("kept"))
    assert refused.returncode == 1
    assert "there is a mall in" in refused.stderr
    asked = kept.yaksok("mall", "restore", kept.at("kept"), "--force")
    assert asked.returncode == 1, "nobody agreed"
    restored = kept.restored("mall", kept.at("kept"), "--force", "--yes")
    assert (restored["records"], restored["replayed"]) == (3, 1)
    assert not (kept.place / "mall" / "postgres.replaced").exists()
    checked = kept.play("mall", ["expected", kept.at("seen.json")], ["check"])["checked"]
    assert (checked["good"], checked["wrong"], checked["erased_living"]) == (3, 0, 0)


def test_closing_an_epoch_tries_a_backup_of_the_new_keys_first(kept: Stage) -> None:
    store = Path(kept.at("store"))
    seen = kept.play("second", ["members", 3], ["back_up", str(store)], ["close_rehearsed"])
    assert seen["rehearsed"] == [seen["epoch"], 3]
    assert len(list(store.glob("keys-*"))) == 2
    assert len(list(store.glob("data-*"))) == 1
    assert not (kept.place / "second" / "rehearsal").exists(), "nothing of it is left"
    said = kept.yaksok("second", "restore", "--rehearse", str(store))
    assert "the rehearsal passed" in said.stdout, said.stderr
