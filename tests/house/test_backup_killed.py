"""kill -9 in a backup and in a restore, step by step: what has a name is whole, and calling again helps."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.test_backup_story import Stage, made_stage
from yaksok.database import manifest

pytestmark = [
    pytest.mark.processes,
    pytest.mark.timeout(600),
    pytest.mark.xdist_group("backups"),
]


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """A mall of six members, backed up."""
    made = made_stage()
    made.remember(made.play("mall", ["members", 6], ["back_up", made.at("kept")], ["erase", 1]))
    yield made
    shutil.rmtree(made.place, ignore_errors=True)


def killed(stage: Stage, mall: str, *words: str) -> None:
    done = subprocess.run(
        (sys.executable, "-m", "tests.cast.deadly", *words),
        env=stage.environment(mall),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr[-3000:]


@pytest.mark.parametrize(
    ("label", "after", "whole"),
    [
        ("keys", 0, []),
        ("keys", 2, []),
        ("finish", 0, []),
        ("data", 0, ["keys"]),
        ("data", 1, ["keys"]),
        ("pictures", 0, ["keys"]),
    ],
)
def test_a_backup_that_is_killed_leaves_nothing_that_looks_whole(
    stage: Stage, label: str, after: int, whole: list[str]
) -> None:
    place = Path(stage.at(f"store-{label}-{after}"))
    killed(stage, "mall", "backup", str(place), label, str(after))
    named = sorted(path.name.partition("-")[0] for path in place.glob("[!.]*"))
    assert named == whole
    for kind in whole:
        for folder in manifest.found(place, kind):
            folder.verify()


def test_the_next_backup_removes_what_was_cut_short(stage: Stage) -> None:
    place = Path(stage.at("again"))
    killed(stage, "mall", "backup", str(place), "data", "1")
    assert list(place.glob(f"{manifest.DRAFT}*"))
    done = stage.yaksok("mall", "backup", str(place))
    assert done.returncode == 0, done.stderr
    assert not list(place.glob(f"{manifest.DRAFT}*"))
    assert len(manifest.found(place, "data")) == 1


@pytest.mark.parametrize(
    ("label", "after"), [("checking", 1), ("loading", 0), ("loading", 1), ("opening", 1)]
)
def test_a_restore_that_is_killed_keeps_the_mall_closed_and_starts_over(
    stage: Stage, label: str, after: int
) -> None:
    mall, begun = f"new-{label}-{after}", label != "checking"
    killed(stage, mall, "restore", stage.at("kept"), label, str(after))
    assert (stage.place / mall / "restore.unfinished").exists() == begun
    if begun:
        refused = stage.yaksok(mall, "run", "--port", "31878")
        assert refused.returncode == 1
        assert "is not finished" in refused.stderr
    assert stage.restored(mall, stage.at("kept"))["records"] == 5
    checked = stage.play(mall, ["expected", stage.at("seen.json")], ["check"])["checked"]
    assert (checked["good"], checked["wrong"], checked["erased_living"]) == (5, 0, 0)


def test_a_replacement_that_is_killed_still_has_what_was_there(stage: Stage) -> None:
    killed(stage, "mall", "restore", stage.at("kept"), "loading", "1")
    assert (stage.place / "mall" / "postgres.replaced" / "PG_VERSION").exists()
    assert stage.restored("mall", stage.at("kept"))["records"] == 5
    assert not (stage.place / "mall" / "postgres.replaced").exists()
