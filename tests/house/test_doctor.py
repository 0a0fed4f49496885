"""The doctor finds what is missing and says the cure."""

import json
import time
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from yaksok.cli import doctor
from yaksok.cli.main import app
from yaksok.database import binaries
from yaksok.database.service_user import ServiceUser
from yaksok.kernel import clock
from yaksok.privacy.vault.roots import unlocking

NEEDED = {
    "python",
    "postgresql",
    "user",
    "directory",
    "keys",
    "root",
    "disk",
    "clock",
    "policy",
    "migrations",
    "second wall",
    "epoch",
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("YAKSOK_KEYS")
    monkeypatch.setattr(ServiceUser, "barrier", lambda *_: None)
    return tmp_path


def found(root: Path) -> dict[str, doctor.Finding]:
    return {finding.name: finding for finding in doctor.examine(root)}


def test_a_machine_that_has_everything(place: Path) -> None:
    findings = found(place / "new")
    assert {name for name, one in findings.items() if one.needed} == NEEDED
    assert [one for one in findings.values() if one.needed and not one.ok] == []
    assert not (place / "new").exists()  # looking changes nothing


def test_an_epoch_that_was_not_closed_in_time(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = clock.now() - timedelta(days=3)
    monkeypatch.setattr(unlocking, "oldest", lambda _: (7, begun))
    finding = found(place)["epoch"]
    assert not finding.ok
    assert "the keys of epoch 7" in finding.seen
    assert "yaksok epoch close" in finding.cure
    monkeypatch.setattr(unlocking, "oldest", lambda _: (8, begun + timedelta(days=2)))
    assert found(place)["epoch"].ok


def test_no_postgresql(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "candidates", list)
    finding = found(place)["postgresql"]
    assert not finding.ok
    assert "apt install postgresql" in finding.cure


def test_data_made_by_a_version_that_is_gone(place: Path) -> None:
    (place / "postgres/data").mkdir(parents=True)
    (place / "postgres/data/PG_VERSION").write_text("9\n", encoding="ascii")
    finding = found(place)["postgresql"]
    assert not finding.ok
    assert "postgresql-9" in finding.cure


def test_an_open_directory(place: Path) -> None:
    place.chmod(0o755)
    finding = found(place)["directory"]
    assert not finding.ok
    assert f"chmod 700 {place}" in finding.cure


def test_a_key_that_others_can_read(place: Path) -> None:
    (place / "keys").mkdir(mode=0o700)
    (place / "keys/root.key").touch(mode=0o644)
    finding = found(place)["keys"]
    assert not finding.ok
    assert "chmod" in finding.cure


def test_a_full_disk(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LEAST_FREE_BYTES", 2**60)
    assert not found(place)["disk"].ok


def test_a_clock_that_was_never_set(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert not found(place)["clock"].ok


def test_a_broken_policy(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from yaksok.policy import in_force

    def broken() -> None:
        message = "policy.toml, line 3: no such purpose"
        raise ValueError(message)

    monkeypatch.setattr(in_force, "policy", broken)
    finding = found(place)["policy"]
    assert not finding.ok
    assert "line 3" in finding.seen


def test_the_command_says_by_its_status_whether_something_is_missing(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ["doctor", "--data", str(place / "new"), "--json"]
    fine = CliRunner().invoke(app, asked)
    assert fine.exit_code == 0
    assert {entry["name"] for entry in json.loads(fine.stdout)} >= NEEDED
    monkeypatch.setattr(binaries, "candidates", list)
    missing = CliRunner().invoke(app, ["doctor", "--data", str(place / "new")])
    assert missing.exit_code == 1
    assert "missing  postgresql" in missing.stdout
    assert "cure: " in missing.stdout


def test_corrections_that_did_not_reach_a_recipient(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def counted(_: object, query: str, *__: object) -> tuple[int, ...]:
        return (3, 2, 0, 0, 1, 4) if "'delivery'" in query else (2, 1)

    monkeypatch.setattr(doctor, "_asked", counted)
    couriers = found(place)["couriers"]
    assert not couriers.ok
    assert couriers.seen == (
        "3 parcels in files without the courier's number (oldest 2 days);"
        " 1 handovers given up (oldest 4 days)"
    )
    finding = found(place)["recipients"]
    assert not finding.ok
    assert "2 corrections or erasures given up, 1 overdue" in finding.seen
    assert "/console/sharing" in finding.cure
