"""The command ``yaksok`` as a person types it."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from yaksok.database.service_user import ServiceUser

PLAIN = ("YAKSOK_TEST_RUN", "YAKSOK_DATA", "YAKSOK_KEYS", "DATABASE_URL")


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="yaksok-command-"))
    ServiceUser.choose().let_through(made)
    yield made / "mall"
    shutil.rmtree(made)


def yaksok(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "yaksok.cli.main", *words],
        env={name: value for name, value in os.environ.items() if name not in PLAIN},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_says_what_it_can_do() -> None:
    shown = yaksok("--help").stdout
    for command in ("run", "doctor", "migrate", "promises", "staff", "certificate"):
        assert command in shown


def test_promises_are_one_array(place: Path) -> None:
    rows = json.loads(yaksok("promises", "--json", "--data", str(place)).stdout)
    assert len(rows) == 104
    assert len({row["id"] for row in rows}) == 104
    for row in rows:
        assert {"id", "state", "rule", "proof", "probe"} <= set(row)
        assert row["state"] in {"proved", "declared"}
        if row["state"] == "proved":
            assert Path(row["proof"]).is_file()
            assert row["rule"]


@pytest.mark.parametrize("port", ["0", "32768", "99999"])
def test_a_port_beyond_the_range_has_its_cure(port: str, place: Path) -> None:
    outcome = yaksok("run", "--port", port, "--data", str(place))
    assert outcome.returncode == 1
    assert "cure: choose one" in outcome.stderr


def test_a_directory_that_cannot_be_made_has_its_cure(place: Path) -> None:
    blocked = place.parent / "file"
    blocked.touch()
    outcome = yaksok("run", "--port", "31999", "--data", str(blocked / "mall"))
    assert outcome.returncode == 1
    assert "cannot be used" in outcome.stderr
    assert "cure: name a directory" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_a_file_that_is_no_certificate(place: Path) -> None:
    file = place.parent / "forged.json"
    file.write_text('{"certificate": "mine"}', encoding="utf-8")
    outcome = yaksok("certificate", "verify", str(file), "--data", str(place))
    assert outcome.returncode == 1
    assert "proves nothing" in outcome.stderr
    missing = yaksok("certificate", "verify", str(place / "none"), "--data", str(place))
    assert missing.returncode == 1
    assert "cannot be read" in missing.stderr


def test_a_command_makes_no_mall_where_none_was_opened(place: Path) -> None:
    nowhere = place.parent / "forgotten"
    outcome = yaksok("staff", "demo", "--data", str(nowhere))
    assert outcome.returncode == 1
    assert "no mall was opened in" in outcome.stderr
    assert "cure: name your mall with --data" in outcome.stderr
    assert not nowhere.exists()


@pytest.fixture(scope="module")
def ready(place: Path) -> Path:
    made = yaksok("migrate", "--data", str(place))
    assert made.returncode == 0, made.stderr
    return place


@pytest.mark.timeout(180)
def test_staff_come_and_go_while_the_mall_is_closed(ready: Path) -> None:
    at = ("--data", str(ready))
    added = yaksok("staff", "add", "minji", "--role", "clerk", "--reason", "shipping", *at)
    assert added.returncode == 0, added.stderr
    assert re.search(r"^password  \S{16,}$", added.stdout, re.MULTILINE)
    assert "otpauth://totp/" in added.stdout
    again = yaksok("staff", "add", "minji", "--role", "clerk", "--reason", "shipping", *at)
    assert again.returncode == 1
    assert "is taken" in again.stderr
    king = yaksok("staff", "add", "sejong", "--role", "king", "--reason", "crown", *at)
    assert king.returncode == 1
    assert "king is no role of staff" in king.stderr
    assert yaksok("staff", "let-go", "minji", *at).returncode == 0
    gone = yaksok("staff", "train", "minji", *at)
    assert gone.returncode == 1
    assert "nobody has this staff ID" in gone.stderr


def test_the_demo_clerk_has_a_code(ready: Path) -> None:
    shown = yaksok("staff", "demo", "--data", str(ready)).stdout
    assert re.search(r"^code      \d{6} ", shown, re.MULTILINE)


def test_migrating_twice_does_nothing_the_second_time(ready: Path) -> None:
    at = ("--data", str(ready))
    assert yaksok("migrate", *at).stdout == "nothing to do\n"
