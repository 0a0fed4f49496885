"""Going back to a moment: inside an epoch as it was then, across one with the newest keys."""

import shutil
from collections.abc import Iterator

import pytest

from tests.house.test_backup_story import Stage, made_stage

pytestmark = [
    pytest.mark.processes,
    pytest.mark.timeout(600),
    pytest.mark.xdist_group("backups"),
]


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    made = made_stage()
    monkeypatch.setattr(
        Stage,
        "environment",
        lambda self, mall, _as_it_was=Stage.environment: {
            **_as_it_was(self, mall),
            "YAKSOK_WAL": self.at("wal"),
        },
    )
    yield made
    shutil.rmtree(made.place, ignore_errors=True)


def test_a_moment_comes_back_without_whoever_was_erased_since(stage: Stage) -> None:
    store = stage.at("store")
    stage.play("mall", ["members", 2])
    made = stage.yaksok("mall", "backup", store, "--base")
    assert made.returncode == 0, made.stderr
    seen = stage.play("mall", ["members", 6], ["moment"], ["erase", 2], ["newcomers", 3])

    done = stage.yaksok("mall", "restore", store, "--until", seen["moment"], "--force", "--yes")

    assert done.returncode == 0, done.stderr
    assert "6 records live, every one was opened" in done.stdout
    assert "2 erasures came from the ledger" in done.stdout
    checked = stage.play("mall", ["expected", stage.remember(seen)], ["check"])["checked"]
    assert checked == {
        "good": 4,
        "wrong": 0,
        "erased_living": 0,
        "erased_found": 0,
        "newcomers_living": 0,
        "orders": 0,
    }

    across = stage.play(
        "mall",
        ["expected", stage.remember(seen)],
        ["amend", 1],
        ["close"],
        ["back_up", stage.at("keys"), "keys"],
    )
    words = ("restore", store, "--until", seen["moment"], "--force", "--yes")
    refused = stage.yaksok("mall", *words)
    assert refused.returncode == 1
    assert "the epoch of that moment was destroyed" in refused.stderr
    done = stage.yaksok("mall", *words, "--keys", stage.at("keys"))
    assert done.returncode == 0, done.stderr
    checked = stage.play("mall", ["expected", stage.remember(across)], ["check"])["checked"]
    assert (checked["good"], checked["wrong"], checked["erased_living"]) == (4, 0, 0)


def test_another_database_keeps_out_of_the_wal_of_this_one(stage: Stage) -> None:
    store = stage.at("store")
    stage.play("mall", ["members", 2], ["back_up", store])
    archive = stage.place / "wal"
    kept = {path: path.read_bytes() for path in archive.rglob("*") if path.is_file()}
    assert kept

    rehearsed = stage.yaksok("mall", "restore", "--rehearse", store)

    assert rehearsed.returncode == 0, rehearsed.stderr
    assert {path for path in archive.rglob("*") if path.is_file()} == set(kept)

    stage.restored("mall", store, "--force", "--yes")
    stage.play("mall", ["members", 1])

    after = {path: path.read_bytes() for path in archive.rglob("*") if path.is_file()}
    assert {path: after.get(path) for path in kept} == kept
    (mine,) = {path.parent for path in kept}
    (other,) = {path.parent for path in after} - {mine}
    assert other.parent == mine.parent == archive
    assert other.stat().st_mode & 0o077 == 0
    log = (stage.place / "mall" / "logs" / "postgresql.log").read_text("utf-8")
    assert "archive command failed" not in log
